package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file {@code .env.example} that people copy. */
class EnvExampleTest {
  private static final Path EXAMPLE = Path.of(".env.example");

  @TempDir Path folder = Path.of("");

  private static List<String> lines() throws IOException {
    return Files.readAllLines(EXAMPLE).stream().filter(line -> line.contains("POSTERN_")).toList();
  }

  @Test
  void asItIs_itSetsNothing() throws IOException {
    assertThat(lines()).isNotEmpty().allMatch(line -> line.startsWith("#"));
  }

  @Test
  void withEveryLineSwitchedOnAndEverySecretFilledIn_aServiceCouldStart() throws Exception {
    String filled =
        lines().stream()
            .filter(line -> line.startsWith("#POSTERN_"))
            .map(line -> line.substring(1).replaceFirst("(=|xoxb-|xapp-)$", "$1" + "k".repeat(32)))
            .map(line -> line.replace("policy.yaml", policy().toString()))
            .collect(Collectors.joining("\n", "", "\n"));
    Settings settings = new AHome(folder).dotEnv(filled).forServe();
    assertThat(settings.people()).singleElement().extracting(p -> p.name()).isEqualTo("Kim Doe");
    assertThat(settings.slack()).isPresent();
    assertThat(settings.teams()).isPresent();
  }

  private static Path policy() {
    return Path.of("src/main/resources/policy/default.yaml").toAbsolutePath();
  }
}
