package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stranger reads first. The texts stand in files, so that a change is seen as it reads. */
class HelpTest {
  private static final Path TEXTS = Path.of("src/test/resources/dev/postern/app/command/help");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postern",
        "postern serve",
        "postern try",
        "postern evaluate",
        "postern check",
        "postern doctor",
        "postern doctor slack",
        "postern doctor teams",
        "postern case",
        "postern case ls",
        "postern case show",
        "postern case release",
        "postern case discard",
        "postern case withdraw",
        "postern case step-aside",
        "postern case take-out",
        "postern case hand-over",
        "postern teams",
        "postern teams package",
        "postern grant",
        "postern grant allow",
        "postern grant block",
        "postern grant ls",
        "postern grant show",
        "postern grant revoke",
        "postern freeze",
        "postern unfreeze",
        "postern policy",
        "postern policy check",
        "postern policy test",
        "postern policy explain",
        "postern policy simulate",
        "postern policy promote",
        "postern policy shadow",
        "postern policy suggest",
        "postern config",
        "postern config check",
        "postern audit",
        "postern audit export",
        "postern audit verify",
        "postern audit prove",
        "postern backup",
        "postern restore",
        "postern bench evidence",
        "postern bench clicks"
      })
  void helpReadsAsItStandsInItsFile(String command) throws IOException {
    ATerminal terminal = new ATerminal(folder);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.removeFirst();
    arguments.add("--help");

    assertThat(terminal.run(arguments.toArray(String[]::new))).isZero();
    assertThat(terminal.out())
        .isEqualTo(Files.readString(TEXTS.resolve(command.replace(' ', '-') + ".txt")))
        .contains("Example", "postern ");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    ATerminal terminal = new ATerminal(folder);

    assertThat(terminal.run("--version")).isZero();
    assertThat(terminal.out())
        .matches("postern [0-9]+\\.[0-9]+\\.[0-9]+\\S* \\(Java 25\\S*\\)\n")
        .doesNotContain("$");
  }
}
