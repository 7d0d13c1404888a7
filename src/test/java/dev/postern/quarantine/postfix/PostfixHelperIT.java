package dev.postern.quarantine.postfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The only thing of Postern that runs as root, at a real Postfix. */
class PostfixHelperIT {
  private static final String ABSENT = "4jYMb95xx6zJMPY";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static PostfixServer postfix;

  @SuppressWarnings("NullAway.Init")
  private static Path helper;

  @BeforeAll
  static void start() {
    postfix = PostfixServer.with().holdingAll().start();
    helper = HelperScript.in(folder, postfix);
  }

  @AfterAll
  static void stop() {
    postfix.close();
  }

  private static Programs.Ran helper(String... arguments) {
    List<String> command = new ArrayList<>(List.of(helper.toString()));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }

  private static String held() throws IOException {
    try (RawSmtpClient client = postfix.client()) {
      return client
          .begin("a@partner.example", "bo@corp.example")
          .data("Subject: x\r\n\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII))
          .replaceFirst(".* ", "");
    }
  }

  private static List<String> onHold() {
    return postfix.queue().stream().filter(line -> line.contains("\"hold\"")).toList();
  }

  @Test
  void releaseDeliversAtOnce() throws IOException {
    String id = held();
    int before = postfix.nextHop().taken().size();

    Programs.Ran ran = helper("release", id);

    assertThat(ran.exit()).isZero();
    assertThat(ran.err().lines())
        .containsExactly(
            "postsuper: " + id + ": released from hold",
            "postsuper: Released from hold: 1 message");
    postfix.nextHop().await(before + 1);
  }

  @Test
  void discardDeletesWhatIsOnHoldAndNothingElse() throws IOException {
    String id = held();
    Programs.Ran ran = helper("discard", id);
    assertThat(ran.exit()).isZero();
    assertThat(ran.err().lines())
        .containsExactly("postsuper: " + id + ": removed", "postsuper: Deleted: 1 message");

    String released = held();
    postfix.nextHop().answer("bo@corp.example", "451 4.3.0 later");
    helper("release", released);
    postfix.awaitLog(released + ": to=<bo@corp.example>.*status=deferred");
    postfix.nextHop().answer("bo@corp.example", "250 2.1.5 Ok");

    assertThat(helper("discard", released).err()).isEqualTo("postsuper: Deleted: 0 messages\n");
    assertThat(String.join("", postfix.queue())).contains(released);
    postfix.command("postsuper", "-d", released).orFail();
  }

  @Test
  void copyPrintsWhatIsOnHoldAndNothingElse() throws IOException {
    String id = held();
    Programs.Ran ran = helper("copy", id);
    assertThat(ran.exit()).isZero();
    assertThat(ran.out())
        .startsWith("*** ENVELOPE RECORDS hold/" + id + " ***\n")
        .contains("\nrecipient: bo@corp.example\n", "*** MESSAGE FILE END hold/" + id + " ***\nRec")
        .endsWith("\nSubject: x\n\nhello\n");

    postfix.nextHop().answer("bo@corp.example", "451 4.3.0 later");
    helper("release", id);
    postfix.awaitLog(id + ": to=<bo@corp.example>.*status=deferred");
    postfix.nextHop().answer("bo@corp.example", "250 2.1.5 Ok");

    Programs.Ran notHeld = helper("copy", id);
    assertThat(notHeld.exit()).isEqualTo(6);
    assertThat(notHeld.out()).isEmpty();
    postfix.command("postsuper", "-d", id).orFail();
  }

  @Test
  void whatIsNotThereIsNothingAndNoError() {
    assertThat(helper("release", ABSENT).err())
        .isEqualTo("postsuper: Released from hold: 0 messages\n");
    assertThat(helper("discard", ABSENT).err()).isEqualTo("postsuper: Deleted: 0 messages\n");
    assertThat(helper("copy", ABSENT).exit()).isEqualTo(4);
  }

  static List<String> hostile() {
    return List.of(
        "ALL",
        "",
        "-",
        "-d",
        "--help",
        "4jYMb95xx6zJMPY deferred",
        "4jYMb95xx6zJMPY\n4jYMb95xx6zJMPZ",
        "4jYMb95xx6zJMPY\n",
        "\n4jYMb95xx6zJMPY",
        "4jYMb95xx6zJMPY;id",
        "$(id)4jYMb9zJMPY",
        "`id`",
        "*",
        "??????????z????",
        "../../etc/passwd",
        "4jYMb95xx6",
        "4jYMb95xx6z",
        "4jYMb95xx6JMPY1",
        "4jYMb95xx6zJzPY",
        "4jAMb95xx6zJMPY",
        "4jYMb95xx6zJMPYJMPYJMPYJM",
        "7A41F2C0D",
        "\u00e4jYMb95xx6zJMPY",
        "4jYMb95xx6z\u0416",
        "x".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whatIsNoLongQueueIdIsRunByNothing(String id) throws IOException {
    String safe = held();
    for (String verb : List.of("release", "discard", "copy")) {
      Programs.Ran ran = helper(verb, id);
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).isEqualTo("postern-postfix-helper: not a long queue id\n");
    }
    assertThat(String.join("", onHold())).contains(safe);
    assertThat(postfix.logged("postsuper.*ALL")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Release", "-H", "postsuper", "release 4jYMb95xx6zJMPY", "check\n"})
  void thereAreFourVerbs(String verb) {
    assertThat(helper(verb, ABSENT).exit()).isEqualTo(2);
    assertThat(helper(verb).exit()).isEqualTo(2);
  }

  @Test
  void thereIsNoListAndNoOption() {
    assertThat(Programs.run(List.of(helper.toString())).exit()).isEqualTo(2);
    assertThat(helper("release").exit()).isEqualTo(2);
    assertThat(helper("release", ABSENT, ABSENT).exit()).isEqualTo(2);
    assertThat(helper("release", "-c", "/tmp", ABSENT).exit()).isEqualTo(2);
    assertThat(helper("check", ABSENT).exit()).isEqualTo(2);
  }

  /** The kernel takes no argument of more than 128 KiB; nothing is started. */
  @Test
  void anArgumentOfAMegabyteReachesNobody() {
    assertThatThrownBy(() -> helper("release", "4".repeat(1 << 20)))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void theCallersEnvironmentAndInputReachNothing() throws IOException {
    String id = held();
    Path other = Files.createDirectories(folder.resolve("other"));
    Path posing = Files.writeString(other.resolve("postsuper"), "#!/bin/sh\necho posing >&2\n");
    posing.toFile().setExecutable(true);
    List<String> command =
        List.of(
            "/usr/bin/env",
            "PATH=" + other,
            "MAIL_CONFIG=" + other,
            "MAIL_DEBUG=1",
            "LC_ALL=tr_TR.UTF-8",
            "IFS=4",
            "ENV=" + posing,
            "CDPATH=" + other,
            helper.toString(),
            "release",
            id);

    Programs.Ran ran = Programs.run(command, "ALL\n" + ABSENT + "\n");

    assertThat(ran.err().lines())
        .containsExactly(
            "postsuper: " + id + ": released from hold",
            "postsuper: Released from hold: 1 message");
  }

  @Test
  void checkSaysWhichPostfixItIs() throws IOException {
    assertThat(helper("check").orFail())
        .isEqualTo("postern-postfix-helper 1 " + postfix.config() + "\n");
    Path elsewhere =
        HelperScript.in(Files.createDirectories(folder.resolve("none")), "config=/nowhere\n");
    assertThat(Programs.run(List.of(elsewhere.toString(), "check")).exit()).isEqualTo(3);
  }

  @Test
  void aStoppedPostfixReleasesAndSaysSo() throws IOException {
    DebianPackage.rootNeeded();
    String id = held();
    postfix.stop();
    try {
      Programs.Ran ran = helper("release", id);

      assertThat(ran.exit()).isIn(4, 5);
      assertThat(ran.err()).contains("postsuper: " + id + ": released from hold");
    } finally {
      postfix.start();
    }
    postfix.awaitLog(id + ": removed");
  }
}
