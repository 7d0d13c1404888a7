package dev.postern.quarantine.exim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Lines of the main log, as Exim writes them. */
class EximTrailTest {
  private static final EximId ID = new EximId("1xVdvj-0001fq-08");
  private static final String HOP = " R=sink T=sink_smtp H=127.0.0.1 [127.0.0.1] ";

  private static EximTrail trail(String... texts) {
    return EximTrail.of(
        ID, Arrays.stream(texts).map(text -> "2026-11-23 23:58:44 " + ID + " " + text).toList());
  }

  private static Optional<String> of(EximTrail trail, String recipient) {
    return trail
        .result(EmailAddress.parse(recipient).orElseThrow())
        .map((Result r) -> r.kind() + " " + r.words());
  }

  @Test
  void eachRecipientHasItsLine() {
    EximTrail trail =
        trail(
            "Unfrozen by forced delivery",
            "=> ap@corp.example" + HOP + "C=\"250 2.0.0 Ok: sunk as 000003\"",
            "-> cfo@corp.example" + HOP + "C=\"250 2.0.0 Ok: sunk as 000003\"",
            "== x@corp.example" + HOP + "defer (-44) H=h [127.0.0.1]: 451 4.3.0 try later",
            "** y@corp.example" + HOP + ": 550 5.1.1 no such user",
            "** z@corp.example: Unrouteable address",
            "Completed");

    assertThat(of(trail, "ap@corp.example"))
        .contains("DELIVERED_TO_NEXT_HOP 250 2.0.0 Ok: sunk as 000003");
    assertThat(of(trail, "cfo@corp.example"))
        .contains("DELIVERED_TO_NEXT_HOP 250 2.0.0 Ok: sunk as 000003");
    assertThat(of(trail, "x@corp.example").orElseThrow())
        .startsWith("ACCEPTED_ASYNC Exim tries again by itself: ")
        .endsWith("451 4.3.0 try later");
    assertThat(of(trail, "y@corp.example").orElseThrow())
        .startsWith("PERM_FAIL Exim returned it to the sender: ")
        .endsWith("550 5.1.1 no such user");
    assertThat(of(trail, "z@corp.example"))
        .contains("PERM_FAIL Exim returned it to the sender: Unrouteable address");
    assertThat(of(trail, "it@corp.example")).isEmpty();
    assertThat(trail.went()).isTrue();
  }

  @Test
  void anAliasIsToldByTheWorstOfWhatItStandsForAndByItsNewestTry() {
    EximTrail trail =
        trail(
            "=> a@in.example <team@corp.example>" + HOP + "C=\"250 ok\"",
            "== b@in.example (list) <team@corp.example>" + HOP + "defer (-44): 451 later");
    assertThat(of(trail, "team@corp.example").orElseThrow()).startsWith("ACCEPTED_ASYNC");

    EximTrail later =
        trail(
            "=> a@in.example <team@corp.example>" + HOP + "C=\"250 ok\"",
            "== b@in.example <team@corp.example>" + HOP + "defer (-44): 451 later",
            "=> b@in.example <team@corp.example>" + HOP + "C=\"250 ok then\"");
    assertThat(of(later, "team@corp.example").orElseThrow()).startsWith("DELIVERED_TO_NEXT_HOP");
  }

  @Test
  void localDeliveriesAndBlackHoles() {
    EximTrail trail =
        trail(
            "=> kim <kim@corp.example> R=local_user T=maildir_home",
            "=> :blackhole: <lee@corp.example> R=system_aliases");

    assertThat(of(trail, "kim@corp.example"))
        .contains("DELIVERED_TO_NEXT_HOP R=local_user T=maildir_home");
    assertThat(of(trail, "lee@corp.example"))
        .contains("ACCEPTED_ASYNC Exim took it for :blackhole:");
  }

  @Test
  void theNextHopsWordsProveNothingButWhatTheyAreAbout() {
    EximTrail trail =
        trail(
            "== x@corp.example" + HOP + "defer (-44): 451 => victim@corp.example R=a T=b C=\"250\"",
            "=> ap@corp.example" + HOP + "C=\"250 \\\"quoted\\\" Completed\"");

    assertThat(of(trail, "victim@corp.example")).isEmpty();
    assertThat(of(trail, "ap@corp.example").orElseThrow()).contains("250 \\\"quoted\\\" Completed");
    assertThat(trail.completed()).isFalse();
  }

  @Test
  void whatIsOfAnotherMessageOrSelectedOtherwise() {
    EximTrail trail =
        EximTrail.of(
            ID,
            List.of(
                "2026-11-23 23:58:44 1xVdvj-0001fq-09 => other@corp.example R=a T=b C=\"250\"",
                "2026-11-23 23:58:44.123 +0100 [77] "
                    + ID
                    + " => ap@corp.example R=a T=b C=\"250 x\"",
                "nonsense " + ID + " => no@corp.example R=a T=b C=\"250\""));

    assertThat(of(trail, "ap@corp.example")).contains(Kind.DELIVERED_TO_NEXT_HOP + " 250 x");
    assertThat(of(trail, "other@corp.example")).isEmpty();
    assertThat(of(trail, "no@corp.example")).isEmpty();
  }

  /** As in a main log of Exim 4.96. */
  @Test
  void aRecipientThatIsMarkedAsDeliveredDidNotGetIt() {
    EximTrail trail =
        trail(
            "address <it@corp.example> marked delivered by root",
            "address <ap@corp.example> marked delivered by root",
            "Unfrozen by forced delivery",
            "=> ap@corp.example" + HOP + "C=\"250 2.0.0 Ok: sunk as 000003\"",
            "Completed");
    EmailAddress spared = EmailAddress.parse("it@corp.example").orElseThrow();
    EmailAddress delivered = EmailAddress.parse("ap@corp.example").orElseThrow();

    assertThat(trail.spares(spared)).isTrue();
    assertThat(trail.spares(delivered)).isFalse();
    Function<EmailAddress, Result> untold = r -> new Result(r, Kind.ACCEPTED_ASYNC, "done");
    assertThat(EximRelease.told(trail, true, List.of(delivered, spared), untold).results())
        .extracting(Result::kind)
        .containsExactly(Kind.DELIVERED_TO_NEXT_HOP, Kind.PERM_FAIL);
  }

  @Test
  void whatHasNoSenderIsNotReturned() {
    EximTrail trail =
        trail("** y@corp.example" + HOP + ": 550 no", "Frozen (delivery error message)");

    assertThat(of(trail, "y@corp.example").orElseThrow())
        .startsWith("PERM_FAIL Exim keeps it frozen, since it has no sender to return it to: ");
  }

  @Test
  void whatSomebodyDeletedDidNotGo() {
    EximTrail trail =
        trail("=> ap@corp.example" + HOP + "C=\"250 ok\"", "removed by root", "Completed");

    assertThat(trail.removed()).isTrue();
    assertThat(trail.went()).isFalse();
    assertThat(trail("Completed").went()).isFalse();
  }
}
