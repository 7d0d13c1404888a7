package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Decision;
import dev.postern.approval.Grant;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.approval.Petitions;
import dev.postern.approval.Wish;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Action;
import dev.postern.policy.GrantTerms.Kind;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Exceptions for messages of one kind, as those like a held one, on any store. */
abstract class GrantKindContract extends OnGrants {
  /** Beyond a greeting, every word counts. */
  private static final String OTHER = "Hello\r\n\r\nPay to our new account";

  private static Wish like(CaseId sample, Kind kind, int most, boolean unproved) {
    return new Wish(
        kind,
        "",
        "",
        Optional.empty(),
        Optional.of(most),
        unproved,
        "more of these will come",
        Optional.of(sample),
        true);
  }

  static Wish allow(CaseId sample) {
    return like(sample, Kind.ALLOW, 100, false);
  }

  /** The usual message with other words, from somebody else, or by another client. */
  private Message mail(String id, String from, String text, String helo) {
    String raw =
        "From: Eve <"
            + from
            + ">\r\nTo: anna@corp.example\r\nSubject: Subject "
            + id
            + "\r\nMessage-ID: <1@evil.example>\r\n\r\n"
            + text
            + "\r\n";
    return new Message(
        new HoldRef("smtp", id),
        new Envelope(
            EmailAddress.parse("eve@evil.example"),
            List.of(World.address("anna@corp.example"), World.address("bo@corp.example")),
            InetAddress.ofLiteral("192.0.2.1"),
            helo),
        RawMessage.of(raw.getBytes(StandardCharsets.US_ASCII)),
        world.now);
  }

  private boolean passes(Message message) {
    return world.desk.judge(message) instanceof Judgement.Pass;
  }

  @Test
  void messagesOfTheKindPassAndOthersOfTheSenderDoNot() {
    Grant grant = granted(allow(world.held("m0")));

    assertThat(passes("m1")).isTrue();
    assertThat(passes(mail("m2", "adam@evil.example", "Hello", "mx.evil.example")))
        .as("another address of the domain, which the kind covers")
        .isTrue();
    assertThat(passes(mail("m3", "eve@evil.example", OTHER, "mx.evil.example"))).isFalse();
    assertThat(passes(mail("m4", "eve@other.example", "Hello", "mx.evil.example"))).isFalse();
    assertThat(find(grant).used()).isEqualTo(2);
  }

  @Test
  void aForgedSenderIsNotLetPass() {
    Grant grant = granted(allow(world.held("m0")));
    proves = false;

    assertThat(passes("m1")).isFalse();
    assertThat(find(grant).used()).isZero();
  }

  @Test
  void whatIsFoundOfItMustBeTheSameToo() {
    Grant grant = granted(allow(world.held("m0")));

    assertThat(passes(mail("m1", "eve@evil.example", "Hello", "evil.example")))
        .as("proved as well, and by another client")
        .isFalse();
    assertThat(find(grant).used()).isZero();
  }

  @Test
  void whatDmarcDoesNotProvePassesOnlyIfItWasAskedFor() {
    proves = false;
    CaseId sample = world.held("m0");
    assertThat(refused(allow(sample)).field()).isEqualTo("evenUnproved");

    granted(like(sample, Kind.ALLOW, 100, true));

    assertThat(passes("m1")).isTrue();
    assertThat(passes(mail("m2", "eve@evil.example", OTHER, "mx.evil.example"))).isFalse();
  }

  @Test
  void P4_racersPassNoMoreMessagesOfAKindThanTheGrantSays() throws Exception {
    Grant grant = granted(like(world.held("m0"), Kind.ALLOW, 7, false));

    List<Boolean> passed = atOnce(40, n -> passes("m" + (n + 1)));

    assertThat(passed).filteredOn(it -> it).hasSize(7);
    assertThat(find(grant).state()).isEqualTo(Grant.State.USED_UP);
  }

  @Test
  void P4_noneOfTheKindPassesOnceItIsRevoked() {
    Grant grant = granted(allow(world.held("m0")));
    assertThat(passes("m1")).isTrue();
    world.petitions.revoke(person("kim"), grant.id());

    assertThat(passes("m2")).isFalse();
    assertThat(find(grant).used()).isEqualTo(1);
  }

  @Test
  void itEndsOnTime() {
    Grant grant = granted(allow(world.held("m0")));
    world.now = grant.terms().until();

    assertThat(passes("m1")).isFalse();
  }

  @Test
  void aFreezeAndARuleThatDiscardsAreStronger() {
    Grant grant = granted(allow(world.held("m0")));
    world.brake.freeze(person("kim"), "");
    assertThat(passes("m1")).isFalse();
    world.brake.unfreeze(person("kim"));
    world.action = new Action.Discard();
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Reject.class);
    assertThat(find(grant).used()).isZero();
  }

  @Test
  void aBlockDiscardsTheKindHoweverItComes() {
    proves = false;
    Grant grant = granted(like(world.held("m0"), Kind.BLOCK, 100, false));
    assertThat(world.desk.judge(world.message("m1"))).isInstanceOf(Judgement.Reject.class);
    proves = true;
    assertThat(world.desk.judge(world.message("m2"))).isInstanceOf(Judgement.Reject.class);
    assertThat(world.desk.judge(mail("m3", "eve@evil.example", OTHER, "mx.evil.example")))
        .isInstanceOf(Judgement.Held.class);
    assertThat(find(grant).used()).isEqualTo(2);
  }

  @Test
  void P10_aHeldMessageThatItLetsPassNamesTheGrantAndTheCaseThatItIsLike() {
    CaseId sample = world.held("m0");
    Grant grant = granted(allow(sample));
    CaseId id = world.desk.receive(world.hold("h1")).caseId();
    world.desk.examine(id);

    CaseFile it = world.find(id);
    assertThat(it.state()).isEqualTo(CaseState.DECIDED);
    assertThat(it.decision().orElseThrow().by()).isEqualTo(Decision.By.GRANT);
    var by = it.ruling().orElseThrow().notes().granted().orElseThrow();
    assertThat(by.terms()).isEqualTo(grant.terms());
    assertThat(by.terms().like().orElseThrow().caseId()).isEqualTo(sample.text());
    assertThat(world.records.history(id).toString()).contains("grant=" + grant.id());
  }

  @Test
  void P11_theKindIsPartOfWhatIsVotedOn() {
    CaseId sample = world.held("m0");
    Grant grant = asked(allow(sample));
    assertThat(world.find(grant.caseId()).petition()).contains(grant.petition());
    assertThat(find(grant)).isEqualTo(grant);
    assertThat(grant.terms().from().text()).isEqualTo("evil.example");
    assertThat(grant.terms().like().orElseThrow().subject()).isEqualTo("Subject m0");

    CaseId other =
        ((Judgement.Held)
                world.desk.judge(mail("m1", "eve@evil.example", OTHER, "mx.evil.example")))
            .caseId();
    assertThat(asked(allow(other)).id()).isNotEqualTo(grant.id());
  }

  @Test
  void aCaseThatSomebodyMayNotReadLooksLikeOneThatIsNotThere() {
    people.and("pat", "others");
    CaseId sample = world.held("m0");

    var hidden = (Petitions.Refused) world.petitions.ask(person("pat"), allow(sample));
    var absent =
        (Petitions.Refused) world.petitions.ask(person("pat"), allow(new CaseId("PN-0000-0000")));

    assertThat(hidden.field()).isEqualTo("kindOf");
    assertThat(hidden).isEqualTo(absent);
  }

  @Test
  void whatHasNoKindIsNoSample() {
    CaseId many =
        ((Judgement.Held)
                world.desk.judge(
                    mail("m1", "eve@evil.example>, <x@y.example", "Hello", "mx.evil.example")))
            .caseId();
    assertThat(refused(allow(many)).field()).isEqualTo("kindOf");
    Grant grant = asked(wish(Kind.ALLOW, "a.example"));
    assertThat(refused(allow(grant.caseId())).words()).contains("case of a message");
  }

  private Petitions.Refused refused(Wish wish) {
    return (Petitions.Refused) world.petitions.ask(person("kim"), wish);
  }
}
