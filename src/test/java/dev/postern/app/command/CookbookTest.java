package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies of the documentation do what their tests say, by the command that firms run. */
class CookbookTest {
  private static final Path FOLDER = Path.of("docs/policies");
  private static final String TEST = ".policy-test.yaml";
  private static final int FEWEST_CASES = 6;

  @ParameterizedTest(name = "{0}")
  @MethodSource("tests")
  void thePolicyDoesAsItsTestsSay(String file) throws JsonProcessingException {
    ATerminal terminal = new ATerminal(FOLDER.toAbsolutePath());

    assertThat(terminal.run("policy", "test", file)).as(terminal.out() + terminal.err()).isZero();
    terminal.run("policy", "test", file, "--json");
    JsonNode report = Json.read(terminal.out());
    assertThat(report.path("cases").asInt()).isGreaterThanOrEqualTo(FEWEST_CASES);
    assertThat(report.path("files").get(0).path("untested"))
        .as("rules that no case of %s reaches", file)
        .isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void everyPolicyIsTestedAndListed(String file) throws IOException {
    String name = file.replace(".yaml", "");

    assertThat(FOLDER.resolve(name + TEST)).exists();
    assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("[" + name + "](" + file);
  }

  @Test
  void thereAreFifteen() throws IOException {
    assertThat(policies()).hasSize(15);
  }

  /** Whoever copies one must find said what each release without proof costs. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void aReleaseThatNothingProvesSaysWhatItGivesUp(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    for (String rule : text.substring(text.indexOf("\nrules:")).split("\n\n", -1)) {
      boolean releases = rule.contains("do: release") && !rule.contains("shadow: true");
      if (releases && !rule.contains("dmarc.result == 'pass'")) {
        assertThat(rule).as("a rule of " + file).contains("What it gives up:").contains("limit:");
      }
    }
  }

  /** In their order, with what each catches and misses. */
  @Test
  void theDocumentationExplainsEveryRuleOfTheBuiltInPolicy() throws IOException {
    String table = Files.readString(Path.of("docs/policy.md"));
    table = table.substring(table.indexOf("## The built-in policy"));
    table = table.substring(0, table.indexOf("## What a rule can say"));

    assertThat(
            table
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", -1)[1]))
        .containsExactlyElementsOf(Policy.builtIn().rules());
  }

  static List<String> tests() throws IOException {
    return named(name -> name.endsWith(TEST));
  }

  static List<String> policies() throws IOException {
    return named(name -> name.endsWith(".yaml") && !name.endsWith(TEST));
  }

  private static List<String> named(Predicate<String> wanted) throws IOException {
    try (Stream<Path> all = Files.list(FOLDER)) {
      return all.map(path -> path.getFileName().toString()).filter(wanted).sorted().toList();
    }
  }
}
