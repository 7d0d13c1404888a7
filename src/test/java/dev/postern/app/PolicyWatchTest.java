package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Places;
import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.SettingsReader;
import dev.postern.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy file that changes while Postern runs. */
class PolicyWatchTest {
  private static final String CHAINS =
      "chains:\n  admins: {name: Admins, approvers: [kim], window: 4h}\n";
  private static final String BEFORE =
      CHAINS + "rules: [{name: before, when: computed, do: release}]\n";
  private static final String AFTER = CHAINS + "rules: [{include: more.yaml}]\n";

  @TempDir private Path folder;

  private AtomicReference<Policy> inForce = new AtomicReference<>();
  private PolicyWatch watch;

  @BeforeEach
  void start() throws Exception {
    write(
        "postern.conf",
        "policy.file = p.yaml\npeople.kim { name = Kim, email = \"kim@firm.example\" }\n");
    write("p.yaml", BEFORE);
    Settings settings =
        SettingsReader.read(Places.usual(folder, Optional.empty(), Map.of()), Settings.Mode.TRY);
    inForce = new AtomicReference<>(PolicyInForce.carried(settings));
    watch = new PolicyWatch(settings, inForce);
    watch.look();
  }

  @AfterEach
  void stop() {
    watch.close();
  }

  @Test
  void aFileThatLooksTheSameTwiceIsPutInForce() throws IOException {
    write("more.yaml", "rules: [{name: after, when: computed, do: release}]\n");
    write("p.yaml", AFTER);

    watch.look();
    assertThat(rules()).containsExactly("before");
    watch.look();

    assertThat(rules()).containsExactly("after");
    assertThat(watch.trouble()).isEmpty();
  }

  @Test
  void aFileThatIsIncludedIsWatched() throws IOException {
    write("more.yaml", "rules: [{name: after, when: computed, do: release}]\n");
    write("p.yaml", AFTER);
    twice();
    write("more.yaml", "rules: [{name: later, when: computed, do: release}]\n");
    twice();

    assertThat(rules()).containsExactly("later");
  }

  /** What an editor has written so far is a policy by itself, and not the one that is meant. */
  @Test
  void P9_aFileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
    String whole =
        CHAINS
            + "rules:\n- {name: a, when: uncertain, do: discard}\n- {name: b, when: computed, do: release}\n";
    for (int end = CHAINS.length(); end < whole.length(); end++) {
      write("p.yaml", whole.substring(0, end));
      watch.look();
      assertThat(rules()).containsExactly("before");
    }
    write("p.yaml", whole);
    twice();

    assertThat(rules()).containsExactly("a", "b");
  }

  @Test
  void aFileThatCannotBeUsedIsToldOfAndChangesNothing() throws IOException {
    write("p.yaml", BEFORE.replace("computed", "computd"));
    twice();

    assertThat(rules()).containsExactly("before");
    assertThat(watch.trouble().orElseThrow())
        .contains("version " + inForce.get().version() + " stays in force")
        .contains("p.yaml:3:")
        .contains("did you mean computed?");

    write("p.yaml", BEFORE.replace("kim", "lee"));
    twice();
    assertThat(watch.trouble().orElseThrow()).contains("people has 0");

    Files.delete(folder.resolve("p.yaml"));
    twice();
    assertThat(watch.trouble().orElseThrow()).contains("there is no readable policy file");
    assertThat(rules()).containsExactly("before");

    write("p.yaml", BEFORE);
    twice();
    assertThat(watch.trouble()).isEmpty();
  }

  private void twice() {
    watch.look();
    watch.look();
  }

  private List<String> rules() {
    return inForce.get().rules();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
