package dev.postern.mailsystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Who follows both pages for Postfix has each port once, and one next hop. */
class PagesAgreeTest {
  private final DocumentedLines hold = DocumentedLines.of("postfix.md");
  private final DocumentedLines milter = DocumentedLines.of("milter.md");

  private static List<String> nextHop(DocumentedLines page) {
    return page.linesFor("postern.conf")
        .lines()
        .filter(line -> line.startsWith("mail.smtp.next-hop"))
        .toList();
  }

  @Test
  void theServiceForReleasedMailIsTheSameOnBothPages() {
    assertThat(milter.linesFor("master.cf")).startsWith("127.0.0.1:10028 ");
    assertThat(hold.linesFor("master.cf")).endsWith(milter.linesFor("master.cf"));
  }

  @Test
  void theNextHopIsTheSameOnBothPages() {
    assertThat(nextHop(hold)).hasSize(1).isEqualTo(nextHop(milter));
  }
}
