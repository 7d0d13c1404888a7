package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchEvidenceCommandTest {
  @TempDir private Path folder;

  @Test
  void evaluatesEachMessageAndPrintsOneLineOfFigures() throws IOException {
    Files.writeString(folder.resolve("a.eml"), "Subject: no author\r\n\r\nHello\r\n");
    Files.writeString(
        folder.resolve("manifest.tsv"),
        """
        id\tfile\tbytes\tip\thelo\tmail_from\trcpt\tclass
        1\ta.eml\t30\t127.0.0.1\tx\t<>\tb@here.example\tdirect
        """);
    ATerminal terminal = new ATerminal(folder);

    // Neither a name of one label nor a message without author makes anybody ask DNS.
    int exit = terminal.run(arguments("--passes", "2", "--warmup", "0", "--verdicts", "v.tsv"));

    assertThat(exit).isZero();
    assertThat(terminal.out()).startsWith("{\"name\":\"postern\"").contains("\"messages\":2,");
    assertThat(folder.resolve("v.tsv")).hasContent("1\tnone\t-\tpermerror\tnone\n");
  }

  @Test
  void namesTheRowThatIsWrong() throws IOException {
    Files.writeString(folder.resolve("manifest.tsv"), "id\n1\ta.eml\n");
    ATerminal terminal = new ATerminal(folder);

    assertThat(terminal.run(arguments())).isEqualTo(2);
    assertThat(terminal.err()).contains("manifest.tsv, line 2: 2 columns, not 8");
  }

  @Test
  void namesTheFileThatIsMissing() {
    ATerminal terminal = new ATerminal(folder);

    assertThat(terminal.run(arguments())).isEqualTo(2);
    assertThat(terminal.err()).contains("there is no file").contains("manifest.tsv");
  }

  private static String[] arguments(String... more) {
    String[] all = new String[6 + more.length];
    String[] first = {"bench", "evidence", "--corpus", ".", "--dns", "127.0.0.1:9"};
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }
}
