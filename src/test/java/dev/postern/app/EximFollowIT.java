package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.exim.FrozenMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Exim and Postern as a process, set up by the lines of docs/mail/exim.md: what is frozen
 * becomes a case, what is decided happens once, and the card says what happened.
 */
final class EximFollowIT {
  private static final String SENDER = "billing@shop.test";
  private static final String MESSAGE =
      """
      X-Test: hold
      From: Shop <billing@shop.test>
      To: you@corp.test
      Subject: Your  order

      Hello\s
      .dot
      \u00fc
      """
          .replace("\n", "\r\n");

  @TempDir Path folder;
  @TempDir Path eximFolder;

  @SuppressWarnings("NullAway.Init")
  private FrozenMail mail;

  @SuppressWarnings("NullAway.Init")
  private Child postern;

  @BeforeEach
  void start() {
    mail = FrozenMail.start(eximFolder);
  }

  @AfterEach
  void stop() throws IOException {
    Files.writeString(folder.resolve("gate"), "open");
    postern.close();
    mail.close();
  }

  private void follow(Path helper) throws IOException {
    Path conf = folder.resolve("postern.conf");
    Files.writeString(conf, mail.posternConf(helper));
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
    postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  /** The case of a held message, once people are asked. */
  private String caseOf(String id) throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + id, "\"state\":\"ASKING\"");
    return Child.values(found, "id").getFirst();
  }

  private void vote(String id, String choice, String more)
      throws IOException, InterruptedException {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    assertThat(
            postern
                .post(
                    "/v1/cases/" + id + "/votes",
                    "{\"choice\":\"%s\",\"token\":\"%s\",\"reason\":\"I know them\"%s}"
                        .formatted(choice, token, more))
                .statusCode())
        .isEqualTo(200);
  }

  private String done(String id) throws IOException, InterruptedException {
    return postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");
  }

  private List<NextHopServer.Taken> takenBy(String recipient) {
    return mail.nextHop().taken().stream()
        .filter(taken -> taken.recipients().contains(recipient))
        .toList();
  }

  private void assertGotOnce(String recipient) {
    assertThat(takenBy(recipient)).as("what %s got", recipient).hasSize(1);
    assertThat(new String(takenBy(recipient).getFirst().octets().octets(), ISO_8859_1))
        .startsWith("Received: ")
        .endsWith("\r\n" + MESSAGE);
  }

  @Test
  void whatIsFrozenIsAskedAboutAndGoesWhereItWasDecided() throws Exception {
    String all = mail.hold(MESSAGE, SENDER, "all@corp.test", "also@corp.test");
    String some = mail.hold(MESSAGE, SENDER, "some@corp.test", "other@corp.test");
    String nobody = mail.hold(MESSAGE, SENDER, "nobody@corp.test");
    mail.nextHop().answer("also@corp.test", "550 5.1.1 no such user");
    follow(mail.helper());

    String everybody = caseOf(all);
    vote(everybody, "release", "");
    assertThat(done(everybody)).contains("Ok: taken as").contains("550 5.1.1 no such user");
    String part = caseOf(some);
    vote(part, "release", ",\"recipients\":[\"some@corp.test\"]");
    assertThat(done(part)).contains("Ok: taken as");
    String discarded = caseOf(nobody);
    vote(discarded, "discard", "");
    assertThat(done(discarded)).contains("has been removed");

    assertGotOnce("all@corp.test");
    assertGotOnce("some@corp.test");
    assertThat(takenBy("other@corp.test")).isEmpty();
    assertThat(takenBy("nobody@corp.test")).isEmpty();
    assertThat(mail.frozen()).isEmpty();
    assertThat(postern.get("/readyz").body()).contains("mail exim: ok");
  }

  /** Killed before the release, behind it, and between the marks of a release to some and it. */
  @Test
  void P7_killNineBetweenIntentAndProofLosesNothingAndSendsNothingTwice() throws Exception {
    String before = mail.hold(MESSAGE, SENDER, "before@corp.test");
    String behind = mail.hold(MESSAGE, SENDER, "behind@corp.test");
    String some = mail.hold(MESSAGE, SENDER, "part@corp.test", "rest@corp.test");
    Path slow = folder.resolve("wrapper");
    Files.writeString(
        slow,
        """
        #!/bin/sh
        if [ "$1" = release ]; then
          [ "$2" != %1$s ] || %2$s "$@"
          echo "$1 $2" >>%3$s/calls
          while [ ! -e %3$s/gate ]; do sleep 0.1; done
          exit 1
        fi
        exec %2$s "$@"
        """
            .formatted(behind, mail.helper(), folder));
    Files.setPosixFilePermissions(slow, PosixFilePermissions.fromString("rwx------"));
    follow(slow);
    List<String> cases = List.of(caseOf(before), caseOf(behind), caseOf(some));
    vote(cases.get(0), "release", "");
    vote(cases.get(1), "release", "");
    vote(cases.get(2), "release", ",\"recipients\":[\"part@corp.test\"]");
    Programs.await(
        "three releases",
        Duration.ofSeconds(60),
        () ->
            Files.exists(folder.resolve("calls"))
                && Files.readAllLines(folder.resolve("calls")).size() >= 3);
    postern.kill();

    follow(mail.helper());

    for (String id : cases) {
      done(id);
    }
    assertGotOnce("before@corp.test");
    assertGotOnce("behind@corp.test");
    assertGotOnce("part@corp.test");
    assertThat(takenBy("rest@corp.test")).isEmpty();
    assertThat(mail.frozen()).isEmpty();
  }
}
