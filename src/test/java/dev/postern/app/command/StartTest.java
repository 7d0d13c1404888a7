package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.SettingsReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartTest {
  private static final String WHOLE =
      """
      mail.smtp.next-hop = "127.0.0.1:10025"
      people.kim.groups = [admins]
      """;

  @TempDir private Path folder;
  private final List<Settings> started = new ArrayList<>();
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder);
    terminal.starter =
        (settings, policy, mode) -> {
          started.add(settings);
          terminal.environment.put("mode", mode.name() + policy.otherwise().name());
          return Exit.OK;
        };
  }

  @Test
  void tryStartsWithoutAnySettings() {
    assertThat(terminal.run("try")).isZero();
    assertThat(started.getFirst().people()).containsExactly(SettingsReader.OPERATOR);
    assertThat(terminal.environment).containsEntry("mode", Mode.TRY + "admins");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void serveStartsWithTheSettingsOfTheNamedFile() {
    terminal.file("other.conf", WHOLE + "http.port = 1\n");

    assertThat(terminal.run("serve", "--config", "other.conf")).isZero();
    assertThat(started.getFirst().http().port()).isEqualTo(1);
    assertThat(terminal.environment).containsEntry("mode", Mode.SERVE + "admins");
  }

  @Test
  void serveDoesNotStartWithWrongSettings() {
    terminal.file("postern.conf", WHOLE + "http.prot = 1\nlog.format = x\n");

    assertThat(terminal.run("serve")).isEqualTo(Exit.USAGE);
    assertThat(started).isEmpty();
    assertThat(terminal.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("postern.conf:"));
    assertThat(terminal.out()).isEmpty();
  }

  @Test
  void serveDoesNotStartWithAWrongPolicy() {
    terminal.file("p.yaml", "chains: {}\nruls: []\n");
    terminal.file("postern.conf", WHOLE + "policy.file = p.yaml\n");

    assertThat(terminal.run("serve")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("p.yaml:2:1: ").contains("did you mean rules?");
    assertThat(started).isEmpty();
  }

  @Test
  void serveDoesNotStartWhereNobodyCouldDecide() {
    terminal.file("postern.conf", WHOLE.replace("admins", "finance"));

    assertThat(terminal.run("serve")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("policy: chain admins needs 1 of group:admins");
  }

  @Test
  void aStartThatFailsSaysWhyInOneSentence() {
    terminal.starter =
        (_, _, _) -> {
          throw CommandFailure.unavailable("port 8080 is taken");
        };

    assertThat(terminal.run("try")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err()).isEqualTo("port 8080 is taken\n");
  }

  @Test
  void aDefectOfOursShowsItsStack() {
    terminal.starter =
        (_, _, _) -> {
          throw new IllegalStateException("ours");
        };

    assertThat(terminal.run("try")).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.err())
        .contains("a defect of its own", "IllegalStateException: ours", "at ");
  }

  @Test
  void wrongUsageIsToldShortlyWithTheRightWord() {
    assertThat(terminal.run("evalute")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("Did you mean: postern evaluate")
        .contains("See \"postern --help\".")
        .doesNotContain("Usage:");
    assertThat(terminal.run()).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Which command?");
    assertThat(terminal.run("case")).isEqualTo(Exit.USAGE);
    assertThat(terminal.run("serve", "--prot", "1")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("See \"postern serve --help\".");
    assertThat(terminal.run("case", "release")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("Missing required parameter: 'CASE'");
  }
}
