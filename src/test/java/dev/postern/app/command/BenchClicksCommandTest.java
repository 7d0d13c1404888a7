package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchClicksCommandTest {
  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  private int run(String... more) {
    terminal = new ATerminal(folder);
    List<String> arguments = new ArrayList<>(List.of("bench", "clicks", "--folder", "."));
    arguments.addAll(List.of(more));
    return terminal.run(arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--scenario wrong | Invalid value for option '--scenario'",
        "--cases 0        | must be at least 1",
        "--connections 0  | must be at least 1",
        "--rate -1        | --rate not below 0",
        "--store mysql    | --store is h2 or begins with jdbc:postgresql:"
      })
  void refusesWhatCannotBeMeasured(String arguments, String complaint) {
    assertThat(run(arguments.split(" "))).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains(complaint);
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void namesTheFolderThatIsMissing() {
    terminal = new ATerminal(folder);

    assertThat(terminal.run("bench", "clicks", "--folder", "nowhere")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--folder: there is no folder");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsToldInOneSentence() {
    int exit = run("--scenario", "wide", "--store", "jdbc:postgresql://127.0.0.1:9/nothing");

    assertThat(exit).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).contains("127.0.0.1:9").doesNotContain("\tat ");
    assertThat(folder).isEmptyDirectory();
  }
}
