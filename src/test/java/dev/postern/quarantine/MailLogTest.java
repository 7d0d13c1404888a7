package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.MailSystemTrouble;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailLogTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path file;

  @BeforeEach
  void name() throws IOException {
    file = Files.createFile(folder.resolve("mail.log"));
  }

  private static String line(String text) {
    return "Nov 23 23:39:49 mx postfix/qmgr[1]: 4jYMqT6jjCzJdNd: " + text + "\n";
  }

  private static String text(String line) {
    return line.replaceFirst(".*: ", "");
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private List<String> since(Instant then) {
    return new MailLog(file, "mail.log.here")
        .since(then, line -> line.contains("4jYMqT6jjCzJdNd")).stream()
            .map(MailLogTest::text)
            .toList();
  }

  @Test
  void piecesThatWereStillWrittenThenAreReadOldestFirst() throws IOException {
    Path packed = folder.resolve("mail.log.2.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(line("second").getBytes(StandardCharsets.US_ASCII));
    }
    Files.setLastModifiedTime(packed, FileTime.from(MONDAY));
    Path older = Files.writeString(folder.resolve("mail.log.1"), line("third"));
    Files.setLastModifiedTime(older, FileTime.from(TUESDAY));
    Path oldest = Files.writeString(folder.resolve("mail.log.3"), line("first"));
    Files.setLastModifiedTime(oldest, FileTime.from(MONDAY.minusSeconds(1)));
    Files.writeString(folder.resolve("mail.log.sed"), line("none"));
    write(line("fourth"));

    assertThat(since(MONDAY)).containsExactly("second", "third", "fourth");
    assertThat(since(TUESDAY.plusSeconds(1))).containsExactly("fourth");
  }

  @Test
  void aPieceThatCannotBeReadIsTroubleAndNotAnAnswer() throws IOException {
    Files.writeString(folder.resolve("mail.log.1.zst"), "x");

    assertThatThrownBy(() -> since(MONDAY))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("mail.log.1.zst");
  }

  @Test
  void onlyWhatComesAfterwardsIsFollowedInWholeLines() throws IOException {
    write(line("before"));
    LogTail tail = new MailLog(file, "mail.log.here").tail();
    assertThat(tail.more()).isEmpty();

    write(line("one") + line("two").substring(0, 30));
    assertThat(tail.more()).extracting(MailLogTest::text).containsExactly("one");

    write(line("two").substring(30));
    assertThat(tail.more()).extracting(MailLogTest::text).containsExactly("two");
  }

  @Test
  void aLogThatIsBegunAnewIsFollowedFromItsBeginning() throws IOException {
    write(line("before") + line("more"));
    LogTail tail = new MailLog(file, "mail.log.here").tail();

    Files.move(file, folder.resolve("mail.log.1"));
    assertThat(tail.more()).isEmpty();
    Files.writeString(file, line("anew"));
    assertThat(tail.more()).extracting(MailLogTest::text).containsExactly("anew");

    Files.writeString(file, "");
    assertThat(tail.more()).isEmpty();
    Files.writeString(file, line("x"));
    assertThat(tail.more()).extracting(MailLogTest::text).containsExactly("x");
  }

  @Test
  void aLogThatCannotBeReadSaysSo() {
    assertThat(new MailLog(folder.resolve("nothing"), "mail.log.here").trouble().orElseThrow())
        .contains("mail.log.here");
    assertThat(new MailLog(file, "mail.log.here").trouble()).isEmpty();
  }
}
