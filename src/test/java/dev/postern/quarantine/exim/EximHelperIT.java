package dev.postern.quarantine.exim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.Programs;
import java.io.IOException;
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

/** The only thing that runs as root at an Exim. */
class EximHelperIT {
  private static final String ABSENT = "1AAAAA-000000-00";
  private static final String MESSAGE = "X-Test: hold\r\nSubject: x\r\n\r\nhello\r\n";

  @TempDir static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static FrozenMail mail;

  @BeforeAll
  static void start() {
    mail = FrozenMail.start(folder);
  }

  @AfterAll
  static void stop() {
    mail.close();
  }

  private static Programs.Ran helper(String... arguments) {
    List<String> command = new ArrayList<>(List.of(mail.helper().toString()));
    command.addAll(List.of(arguments));
    return Programs.run(command);
  }

  @Test
  void eachVerbDoesItsOneThing() throws IOException {
    String id = mail.hold(MESSAGE, "a@partner.example", "bo@corp.example", "ed@corp.example");

    assertThat(helper("check").orFail())
        .startsWith("postern-exim-helper 1 " + mail.exim().program() + "\n")
        .contains("timeout_frozen_after = 0s\n");
    assertThat(helper("list").orFail()).contains(id + " <a@partner.example> *** frozen ***\n");
    assertThat(helper("look", id).orFail()).startsWith(id + "-H\n").contains("\n-frozen ");
    assertThat(helper("copy", id).orFail()).startsWith("Received: ").endsWith("\n\nhello\n");
    assertThat(helper("spare", id, "ed@corp.example").exit()).isZero();
    assertThat(helper("look", id).orFail()).contains("\nNN ed@corp.example\n");
    assertThat(helper("release", id).exit()).isZero();
    assertThat(mail.nextHop().taken().getLast().recipients()).containsExactly("bo@corp.example");
    assertThat(helper("look", id).exit()).isEqualTo(6);

    String unwanted = mail.hold(MESSAGE, "a@partner.example", "bo@corp.example");
    assertThat(helper("spare", unwanted, "stranger@corp.example").exit()).isEqualTo(4);
    assertThat(helper("discard", unwanted).exit()).isZero();
    assertThat(mail.frozen()).doesNotContain(unwanted);
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThat(helper("look", ABSENT).exit()).isEqualTo(6);
    assertThat(helper("copy", ABSENT).exit()).isEqualTo(4);
    assertThat(helper("discard", ABSENT).exit()).isEqualTo(4);
    assertThat(helper("release", ABSENT).exit()).isZero();
  }

  static List<String> hostileIds() {
    return List.of(
        "ALL",
        "",
        "-",
        "-Mrm",
        "--help",
        ABSENT + " " + ABSENT,
        ABSENT + "\n",
        "\n" + ABSENT,
        ABSENT + ";id",
        "1AAAAA-000000-0;",
        "1AAAAA-$(id)0-00",
        "??????-??????-??",
        "-AAAAA-000000-00",
        "1AAAAA-00-000-00",
        "../../x-000000-00",
        "1AAAAA-000000-000",
        "1AAAAA-00000000000-000",
        "1\u00c4AAAA-000000-00",
        "x".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("hostileIds")
  void whatIsNoMessageIdIsRunByNothing(String id) {
    for (String verb : List.of("look", "copy", "release", "discard")) {
      Programs.Ran ran = helper(verb, id);
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).isEqualTo("postern-exim-helper: not a message id\n");
    }
    assertThat(helper("spare", id, "bo@corp.example").exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bo",
        "@",
        "bo@",
        "@corp.example",
        "-Mrm@corp.example",
        "a b@corp.example",
        "a@b@corp.example",
        "\"x y\"@corp.example",
        "a@corp.example\nb@corp.example",
        "<a@corp.example>",
        "a;b@corp.example",
        "a\\b@corp.example",
        "(a)@corp.example",
        "\u00e4@corp.example"
      })
  void whatIsNoPlainAddressIsRunByNothing(String address) throws IOException {
    Programs.Ran ran = helper("spare", ABSENT, "bo@corp.example", address);

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).isEqualTo("postern-exim-helper: not a plain address\n");
  }

  @Test
  void thereIsNoListAndNoOption() {
    assertThat(Programs.run(List.of(mail.helper().toString())).exit()).isEqualTo(2);
    for (String verb : List.of("", "Release", "-M", "exim", "release " + ABSENT, "check\n")) {
      assertThat(helper(verb).exit()).isEqualTo(2);
      assertThat(helper(verb, ABSENT).exit()).isEqualTo(2);
    }
    assertThat(helper("release", ABSENT, ABSENT).exit()).isEqualTo(2);
    assertThat(helper("discard", "-C", "/tmp/x", ABSENT).exit()).isEqualTo(2);
    assertThat(helper("check", ABSENT).exit()).isEqualTo(2);
    assertThat(helper("spare", ABSENT).exit()).isEqualTo(2);
  }

  @Test
  void theCallersEnvironmentReachesNothing() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path seen = folder.resolve("seen");
    Path program =
        mail.script("program", "#!/bin/sh\n/usr/bin/env >" + seen + "\necho \"$@\" >>" + seen);
    Path helper = mail.script("elsewhere", FrozenMail.helper("exim=" + program + "\n"));

    Programs.run(
            List.of(
                "/usr/bin/env",
                "PATH=" + other,
                "EXIM_TEST=1",
                "IFS=-",
                "ENV=" + program,
                helper.toString(),
                "release",
                ABSENT),
            "ALL\n")
        .orFail();

    assertThat(Files.readString(seen))
        .doesNotContain("EXIM_TEST", other.toString())
        .endsWith("-M " + ABSENT + "\n");
    Path nowhere = mail.script("nowhere", FrozenMail.helper("exim=/nowhere/exim\n"));
    assertThat(Programs.run(List.of(nowhere.toString(), "check")).exit()).isEqualTo(3);
  }
}
