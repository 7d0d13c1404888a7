package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.postfix.HeldMail;
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
 * A real Postfix and Postern as a process, set up by the lines of docs/mail/postfix.md: what is
 * held becomes a case, what is decided happens once, and the card says what happened.
 */
final class PostfixFollowIT {
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
  @TempDir Path postfixFolder;

  @SuppressWarnings("NullAway.Init")
  private HeldMail mail;

  @SuppressWarnings("NullAway.Init")
  private Child postern;

  @BeforeEach
  void start() {
    mail = HeldMail.start(postfixFolder);
  }

  @AfterEach
  void stop() throws IOException {
    Files.writeString(folder.resolve("gate"), "open");
    postern.close();
    mail.close();
  }

  private void follow(Path helper) throws IOException {
    follow(helper, "");
  }

  private void follow(Path helper, String more) throws IOException {
    Path conf = folder.resolve("postern.conf");
    Files.writeString(conf, mail.posternConf(helper) + more);
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
    postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private String hold(String... recipients) throws IOException {
    return mail.hold(MESSAGE, "billing@shop.test", recipients);
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
  void whatIsHeldIsAskedAboutAndGoesWhereItWasDecided() throws Exception {
    String all = hold("all@corp.test", "also@corp.test");
    String some = hold("some@corp.test", "other@corp.test");
    String nobody = hold("nobody@corp.test");
    mail.nextHop().answer("also@corp.test", "550 5.1.1 no such user");
    follow(mail.helper());

    String everybody = caseOf(all);
    vote(everybody, "release", "");
    assertThat(done(everybody)).contains("Ok: taken as").contains("550 5.1.1 no such user");
    assertGotOnce("all@corp.test");

    mail.postfix().kill();
    mail.postfix().start();
    String part = caseOf(some);
    vote(part, "release", ",\"recipients\":[\"some@corp.test\"]");
    assertThat(done(part)).contains("Ok: taken as");
    assertGotOnce("some@corp.test");

    String discarded = caseOf(nobody);
    vote(discarded, "discard", "");
    assertThat(done(discarded)).contains("removed");

    assertThat(takenBy("other@corp.test")).isEmpty();
    assertThat(takenBy("nobody@corp.test")).isEmpty();
    assertThat(mail.onHold()).isEmpty();
    assertThat(postern.get("/readyz").body()).contains("mail postfix: ok");
    assertThat(postern.get("/metrics").body()).contains("postern_mail_held{source=\"postfix\"}");
  }

  /** The milter knows recipients as the client said them, the queue as an alias rewrote them. */
  @Test
  void whatTheMilterHoldsIsOneCaseAndReleasedFromTheQueueAlsoToAnAlias() throws Exception {
    int port = Programs.freePort();
    follow(mail.helper(), "mail.milter { listen = \"127.0.0.1:%d\" }\n".formatted(port));
    mail.postfix()
        .command(
            "postconf",
            "-e",
            "smtpd_milters = inet:127.0.0.1:" + port,
            "virtual_alias_maps = inline:{ { team@corp.test = a@in.test, b@in.test } }")
        .orFail();
    mail.postfix().stop();
    mail.postfix().start();
    String held =
        mail.hold(
            MESSAGE.replace("X-Test: hold", "X-Test: none"),
            "billing@shop.test",
            "team@corp.test",
            "other@corp.test");
    String id = caseOf(held);

    vote(id, "release", ",\"recipients\":[\"team@corp.test\"]");

    assertThat(done(id)).contains("Ok: taken as");
    assertThat(takenBy("a@in.test")).hasSize(1);
    assertThat(takenBy("b@in.test")).hasSize(1);
    assertThat(takenBy("other@corp.test")).isEmpty();
    assertThat(mail.onHold()).isEmpty();
    assertThat(Child.values(postern.get("/v1/cases?q=" + held).body(), "id")).hasSize(1);
  }

  @Test
  void whatSomebodyDeletedInPostfixIsWithdrawn() throws Exception {
    String old = mail.age(hold("gone@corp.test"));
    follow(mail.helper());
    String id = caseOf(old);

    mail.postfix().command("postsuper", "-d", old).orFail();

    assertThat(postern.await("/v1/cases/" + id, "\"state\":\"WITHDRAWN\"")).isNotEmpty();
  }

  @Test
  void aHelperThatSudoRefusesIsSaidOnTheCardAndTheMailStays() throws Exception {
    String held = hold("kept@corp.test");
    Path flaky =
        wrapper("[ \"$1\" = release ] && { echo 'sudo: a password is required' >&2; exit 1; }");
    follow(flaky);
    String id = caseOf(held);

    vote(id, "release", "");

    assertThat(postern.await("/v1/cases/" + id, "sudo: a password is required"))
        .contains("\"state\":\"DECIDED\"");
    assertThat(mail.onHold()).contains(held);
  }

  /**
   * Killed before the release, behind it, and between a release to some and the end of the held
   * message.
   */
  @Test
  void P7_killNineBetweenIntentAndProofLosesNothingAndSendsNothingTwice() throws Exception {
    String before = hold("before@corp.test");
    String behind = hold("behind@corp.test");
    String some = hold("part@corp.test", "rest@corp.test");
    String gate = "while [ ! -e %s/gate ]; do sleep 0.1; done".formatted(folder);
    Path slow =
        wrapper(
            """
            case $1 in
              copy|check) ;;
              *)
                echo "$1 $2" >>%2$s/calls
                if [ "$2" != %1$s ]; then %3$s "$@"; fi
                %4$s
                exit 1 ;;
            esac
            """
                .formatted(before, folder, mail.helper(), gate));
    follow(slow);
    List<String> cases = List.of(caseOf(before), caseOf(behind), caseOf(some));
    vote(cases.get(0), "release", "");
    vote(cases.get(1), "release", "");
    vote(cases.get(2), "release", ",\"recipients\":[\"part@corp.test\"]");
    awaitCalls(3);
    postern.kill();

    follow(mail.helper());

    for (String id : cases) {
      done(id);
    }
    assertGotOnce("before@corp.test");
    assertGotOnce("behind@corp.test");
    assertGotOnce("part@corp.test");
    assertThat(takenBy("rest@corp.test")).isEmpty();
    assertThat(mail.onHold()).isEmpty();
  }

  private void awaitCalls(int count) {
    Programs.await(
        count + " calls of the helper",
        Duration.ofSeconds(30),
        () ->
            Files.exists(folder.resolve("calls"))
                && Files.readAllLines(folder.resolve("calls")).size() >= count);
  }

  /** A program that does this first, and then what the helper does. */
  private Path wrapper(String lines) throws IOException {
    Path wrapper = folder.resolve("wrapper");
    Files.writeString(wrapper, "#!/bin/sh\n" + lines + "\nexec " + mail.helper() + " \"$@\"\n");
    return Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
  }
}
