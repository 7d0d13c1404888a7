package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code postern doctor} promises of every chat platform. */
abstract class ChatDoctorContract {
  @TempDir private Path folder;

  ATerminal terminal;

  /** The platform's name on the command line. */
  abstract String name();

  /** What leads to a platform that there is nothing wrong with. */
  abstract Map<String, String> settings();

  abstract int messages();

  /** What of the settings must never be shown. */
  abstract String secret();

  /** Words about the sign-in that is well. */
  abstract String signedIn();

  /** The one channel there is. */
  abstract String channel();

  /** Something wrong: a setting, its value, and the line that tells of it. */
  abstract Wrong wrong();

  /** The same where the platform cannot be reached. */
  abstract Wrong unreachable();

  /** What is said where the platform is off. */
  abstract String off();

  abstract void closePlatform();

  record Wrong(String key, String value, String line) {}

  @BeforeEach
  void open() {
    terminal = new ATerminal(folder);
    configure(Map.of());
  }

  @AfterEach
  void close() {
    closePlatform();
  }

  final void configure(Map<String, String> others) {
    Map<String, String> all = new TreeMap<>(settings());
    all.putAll(others);
    terminal.file(
        "postern.conf",
        all.entrySet().stream()
            .map(entry -> entry.getKey() + " = \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining()));
  }

  @Test
  void whereNothingIsWrongItExitsWithZeroAndPostsNothing() {
    assertThat(terminal.run("doctor", name())).as(terminal.out() + terminal.err()).isZero();

    assertThat(terminal.out())
        .contains("well     " + signedIn())
        .contains("advice   http.public-url is not set")
        .contains("         Mend: ")
        .doesNotContain(secret());
    assertThat(messages()).isZero();
  }

  @Test
  void theTestCardIsPostedWhenItIsAskedFor() {
    assertThat(terminal.run("doctor", name(), "--card")).isZero();

    assertThat(terminal.out()).contains("A test card stands in channel " + channel());
    assertThat(messages()).isEqualTo(1);
  }

  @Test
  void somethingWrongIsOne() {
    configure(Map.of(wrong().key(), wrong().value()));

    assertThat(terminal.run("doctor", name())).isEqualTo(Exit.NO);
    assertThat(terminal.out())
        .contains("wrong    " + wrong().line())
        .doesNotContain(wrong().value());
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void aPlatformThatCannotBeReachedIsThree() {
    configure(Map.of(unreachable().key(), unreachable().value()));

    assertThat(terminal.run("doctor", name())).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.out()).contains("unknown  " + unreachable().line());
  }

  @Test
  void whereItIsOffThereIsNothingToLookAt() {
    terminal.file("postern.conf", "");

    assertThat(terminal.run("doctor", name())).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains(off());
  }

  @Test
  void machinesReadJson() throws Exception {
    assertThat(terminal.run("doctor", name(), "--json")).isZero();

    JsonNode answer = Json.read(terminal.out());
    assertThat(answer.path("ok").asBoolean()).isTrue();
    assertThat(answer.at("/findings/0/grade").asText()).isEqualTo("well");
    assertThat(answer.at("/findings/0/what").asText()).contains(signedIn());
    assertThat(terminal.out()).matches("\\A\\p{ASCII}*\\z");
  }
}
