package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.quarantine.exim.FrozenMail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Exim and Postern as a process, set up by the lines of docs/mail/exim.md: what is frozen
 * becomes a case, what is decided happens once, and the card says what happened.
 */
final class EximFollowIT extends FollowStory {
  private static final String SENDER = "billing@shop.test";

  @TempDir Path eximFolder;

  @SuppressWarnings("NullAway.Init")
  private FrozenMail mail;

  @BeforeEach
  void start() {
    mail = FrozenMail.start(eximFolder);
  }

  @AfterEach
  void stop() throws IOException {
    endPostern();
    mail.close();
  }

  private void follow(Path helper) throws IOException {
    follow(mail.posternConf(helper));
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

    assertGotOnce(mail.nextHop(), "all@corp.test");
    assertGotOnce(mail.nextHop(), "some@corp.test");
    assertThat(takenBy(mail.nextHop(), "other@corp.test")).isEmpty();
    assertThat(takenBy(mail.nextHop(), "nobody@corp.test")).isEmpty();
    assertThat(mail.frozen()).isEmpty();
    assertThat(postern.get("/readyz").body()).contains("mail exim: ok");
  }

  /** Killed before the release, behind it, and between the marks of a release to some and it. */
  @Test
  void P7_killNineBetweenIntentAndProofLosesNothingAndSendsNothingTwice() throws Exception {
    String before = mail.hold(MESSAGE, SENDER, "before@corp.test");
    String behind = mail.hold(MESSAGE, SENDER, "behind@corp.test");
    String some = mail.hold(MESSAGE, SENDER, "part@corp.test", "rest@corp.test");
    Path slow =
        wrapper(
            mail.helper(),
            """
        if [ "$1" = release ]; then
          [ "$2" != %1$s ] || %2$s "$@"
          echo "$1 $2" >>%3$s/calls
          while [ ! -e %3$s/gate ]; do sleep 0.1; done
          exit 1
        fi
        """
                .formatted(behind, mail.helper(), folder));
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
    assertThat(mail.frozen()).isEmpty();
  }
}
