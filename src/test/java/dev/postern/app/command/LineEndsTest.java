package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineEndsTest {
  private static final int MOST = 1_000_000;

  private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

  @Test
  void aFileOfBareLineFeedsIsReadAsItWasSent() throws IOException {
    assertThat(read("a\nb\n\n")).isEqualTo("a\r\nb\r\n\r\n");
    assertThat(read("\n")).isEqualTo("\r\n");
    assertThat(notes.toString(StandardCharsets.UTF_8)).contains("LF line ends");
  }

  @Test
  void aFileThatHasSomeOfTheWireIsLeftAsItIs() throws IOException {
    for (String text : List.of("", "a", "a\r\nb\n", "\n\r\n", "a\rb\r", "a\r\n")) {
      assertThat(read(text)).isEqualTo(text);
    }
    assertThat(notes.size()).isZero();
  }

  @Test
  void lineEndsAreSeenAcrossThePiecesInWhichAFileIsRead() throws IOException {
    for (int before = 65_534; before <= 65_537; before++) {
      String head = "x".repeat(before);
      assertThat(read(head + "\r\ny\n")).isEqualTo(head + "\r\ny\n");
      assertThat(read(head + "\ny\n")).isEqualTo(head + "\r\ny\r\n");
    }
  }

  @Test
  void aFileThatIsTooLargeComesOutLongerThanTheMost() throws IOException {
    assertThat(read("\n".repeat(MOST))).hasSize(2 * MOST);
    assertThat(read("x\n".repeat(MOST))).hasSize(MOST + 1);
  }

  @Test
  void aFileThatChangesMeanwhileIsNotEvaluated() {
    for (List<String> states : List.of(List.of("a\nb\n", "a\n"), List.of("a\r\n", "a\r\nb"))) {
      Iterator<String> next = states.iterator();
      assertThatThrownBy(() -> read(() -> stream(next.next())))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("changed");
    }
  }

  private String read(String file) throws IOException {
    return read(() -> stream(file));
  }

  private String read(LineEnds.Source file) throws IOException {
    PrintStream out = new PrintStream(notes, true, StandardCharsets.UTF_8);
    return new String(LineEnds.ofTheWire(file, MOST, out), StandardCharsets.ISO_8859_1);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
