package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests ask for what the code calls and hears: nothing is missing, nothing too much. */
class ManifestTest {
  private static final String HTTP = "manifests/slack.json";
  private static final String SOCKET = "manifests/slack-socket.json";
  private static final Path CODE = Path.of("src/main/java/dev/postern/slack");

  private static JsonNode manifest(String file) throws IOException {
    return Samples.parse(Files.readString(Path.of(file)));
  }

  private static Set<String> words(JsonNode list) {
    Set<String> words = new TreeSet<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Set<String> inCode(String expression) throws IOException {
    Pattern pattern = Pattern.compile(expression);
    try (Stream<Path> files = Files.list(CODE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> pattern.matcher(read(file)).results().map(found -> found.group(1)))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, SOCKET})
  void theScopesAreThoseOfTheTable(String file) throws IOException {
    JsonNode scopes = manifest(file).at("/oauth_config/scopes");

    assertThat(words(scopes.path("bot")))
        .containsExactlyInAnyOrderElementsOf(Scopes.ALL.stream().map(s -> s.name()).toList());
    assertThat(scopes.has("user")).isFalse();
  }

  @Test
  void everyMethodThatIsCalledIsInTheTableAndNoOther() throws IOException {
    Set<String> called =
        inCode("(?:(?:call|booked)\\(\\s*|(?:HISTORY|METHOD) = )\"([a-z]+[.][A-Za-z.]+)\"");
    Set<String> told = new TreeSet<>(Scopes.FREE);
    Scopes.ALL.forEach(scope -> told.addAll(scope.methods()));

    assertThat(called).isEqualTo(told);
  }

  @Test
  void theFakeSlackAsksForTheScopesOfTheTable() {
    for (Scopes.Scope scope : Scopes.ALL) {
      for (String method : scope.methods()) {
        // users:read.email opens a field of a method, not the method.
        if (!scope.name().equals("users:read.email")) {
          assertThat(SlackMethods.missingScope(method, java.util.Map.of(), Set.of(scope.name())))
              .as(method + " with " + scope.name())
              .isEmpty();
        }
        assertThat(SlackMethods.missingScope(method, java.util.Map.of(), Set.of())).isNotEmpty();
      }
    }
    for (String method : Scopes.FREE) {
      assertThat(SlackMethods.missingScope(method, java.util.Map.of(), Set.of())).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {HTTP, SOCKET})
  void theEventsAreThoseThatAreHeard(String file) throws IOException {
    JsonNode settings = manifest(file).path("settings");

    assertThat(words(settings.at("/event_subscriptions/bot_events"))).isEqualTo(Reception.EVENTS);
    assertThat(settings.at("/interactivity/is_enabled").asBoolean()).isTrue();
  }

  @Test
  void theManifestsDifferOnlyInWhoOpensTheConnection() throws IOException {
    ObjectNode http = (ObjectNode) manifest(HTTP);
    ObjectNode socket = (ObjectNode) manifest(SOCKET);
    assertThat(socket.toString()).doesNotContain("https://");
    assertThat(http.at("/settings/socket_mode_enabled").asBoolean()).isFalse();
    assertThat(socket.at("/settings/socket_mode_enabled").asBoolean()).isTrue();

    http.withObject("/settings").remove("socket_mode_enabled");
    socket.withObject("/settings").remove("socket_mode_enabled");
    ((ObjectNode) http.at("/features/slash_commands/0")).remove("url");
    http.withObject("/settings/event_subscriptions").remove("request_url");
    http.withObject("/settings/interactivity").remove("request_url");
    assertThat(http).isEqualTo(socket);
  }
}
