package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.postfix.HeldMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Postfix and Postern as a process, set up by the lines of docs/mail/postfix.md: what is
 * held becomes a case, what is decided happens once, and the card says what happened.
 */
final class PostfixFollowIT extends FollowStory {
  @TempDir Path postfixFolder;

  @SuppressWarnings("NullAway.Init")
  private HeldMail mail;

  @BeforeEach
  void start() {
    mail = HeldMail.start(postfixFolder);
  }

  @AfterEach
  void stop() throws IOException {
    endPostern();
    mail.close();
  }

  private void follow(Path helper) throws IOException {
    follow(helper, "");
  }

  private void follow(Path helper, String more) throws IOException {
    follow(mail.posternConf(helper) + more);
  }

  private String hold(String... recipients) throws IOException {
    return mail.hold(MESSAGE, "billing@shop.test", recipients);
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
    assertGotOnce(mail.nextHop(), "all@corp.test");

    mail.postfix().kill();
    mail.postfix().start();
    String part = caseOf(some);
    vote(part, "release", ",\"recipients\":[\"some@corp.test\"]");
    assertThat(done(part)).contains("Ok: taken as");
    assertGotOnce(mail.nextHop(), "some@corp.test");

    String discarded = caseOf(nobody);
    vote(discarded, "discard", "");
    assertThat(done(discarded)).contains("removed");

    assertThat(takenBy(mail.nextHop(), "other@corp.test")).isEmpty();
    assertThat(takenBy(mail.nextHop(), "nobody@corp.test")).isEmpty();
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
    assertThat(takenBy(mail.nextHop(), "a@in.test")).hasSize(1);
    assertThat(takenBy(mail.nextHop(), "b@in.test")).hasSize(1);
    assertThat(takenBy(mail.nextHop(), "other@corp.test")).isEmpty();
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
  void P7_aHeldOneThatCouldNotBeDeletedAfterAHandBackIsDeletedLaterAndNothingGoesTwice()
      throws Exception {
    String held = hold("some@corp.test", "other@corp.test");
    Path flaky =
        wrapper(
            mail.helper(),
            """
            [ "$1" = discard ] && [ ! -e %s/gate ] && { echo 'sudo: a password is required' >&2; exit 1; }
            """
                .formatted(folder));
    follow(flaky);
    String id = caseOf(held);
    vote(id, "release", ",\"recipients\":[\"some@corp.test\"]");
    assertThat(postern.await("/v1/cases/" + id, "the held one is not deleted yet"))
        .contains("\"state\":\"DECIDED\"", "Ok: taken as");
    assertThat(mail.onHold()).contains(held);

    Files.writeString(folder.resolve("gate"), "open");

    assertThat(done(id)).contains("Ok: taken as");
    assertThat(mail.onHold()).isEmpty();
    assertGotOnce(mail.nextHop(), "some@corp.test");
    assertThat(takenBy(mail.nextHop(), "other@corp.test")).isEmpty();
  }

  @Test
  void aHelperThatSudoRefusesIsSaidOnTheCardAndTheMailStays() throws Exception {
    String held = hold("kept@corp.test");
    Path flaky =
        wrapper(
            mail.helper(),
            "[ \"$1\" = release ] && { echo 'sudo: a password is required' >&2; exit 1; }");
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
            mail.helper(),
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
    assertGotOnce(mail.nextHop(), "before@corp.test");
    assertGotOnce(mail.nextHop(), "behind@corp.test");
    assertGotOnce(mail.nextHop(), "part@corp.test");
    assertThat(takenBy(mail.nextHop(), "rest@corp.test")).isEmpty();
    assertThat(mail.onHold()).isEmpty();
  }
}
