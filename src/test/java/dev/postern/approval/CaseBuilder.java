package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.Home;
import dev.postern.evidence.Signal;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation.Context;
import dev.postern.policy.StagePlan.ReasonRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Case files for tests: by default a message of a supplier, checked, with one stage open for two
 * people.
 *
 * <pre>
 * {@code aCase().evidence(aSpoof()).quorum(2).voted("kim", "Kim Park", release(), "called them")}
 * </pre>
 */
public final class CaseBuilder {
  /** When the message was held. */
  public static final Instant HELD = Instant.parse("2026-11-24T06:46:00Z");

  private CaseId id = new CaseId("PN-7F3K-2QXD");
  private CaseState state = CaseState.ASKING;
  private List<EmailAddress> recipients =
      List.of(address("dispatch@corp.example"), address("lee@corp.example"));
  private Optional<EmailAddress> mailFrom = Optional.of(address("marta@supplier.example"));
  private String mailFromSaid = "";
  private MessageSummary message =
      new MessageSummary(
          "marta@supplier.example",
          "Marta Nowak",
          "",
          "Macro template for week 48",
          "<20261124.77@supplier.example>",
          "Tue, 24 Nov 2026 06:45:58 +0000",
          131_072,
          List.of(),
          List.of());
  private Optional<Evidence> evidence = Optional.of(EvidenceBuilder.anEvidence().build());
  private Optional<Ruling> ruling = Optional.of(asked("macros need a person"));
  private int quorum = 1;
  private ReasonRule reason = ReasonRule.NEVER;
  private Stage.State stage = Stage.State.OPEN;
  private boolean staged = true;
  private Optional<Stage> newest = Optional.empty();
  private final List<Vote> votes = new ArrayList<>();
  private Optional<Decision> decision = Optional.empty();
  private Optional<Outcome> outcome = Optional.empty();
  private String trouble = "";
  private Instant changedAt = HELD.plusSeconds(4);
  private Optional<GatewayReport> report = Optional.empty();
  private Optional<Context> context = Optional.empty();

  private CaseBuilder() {}

  /** A case with one open stage. */
  public static CaseBuilder aCase() {
    return new CaseBuilder();
  }

  /** An address that is known to be one. */
  public static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  /** A vote for everyone. */
  public static Choice release() {
    return new Choice.ReleaseAll();
  }

  /** A vote for some. */
  public static Choice releaseTo(String... recipients) {
    return new Choice.ReleaseTo(List.of(recipients).stream().map(CaseBuilder::address).toList());
  }

  /** A vote against. */
  public static Choice discard() {
    return new Choice.Discard();
  }

  public CaseBuilder id(CaseId other) {
    id = other;
    return this;
  }

  public CaseBuilder state(CaseState now) {
    state = now;
    return this;
  }

  /** Who the message says it is from: address, name shown, Reply-To. */
  public CaseBuilder from(String from, String name, String replyTo) {
    message = summary(from, name, replyTo, message.subject());
    return this;
  }

  public CaseBuilder subject(String subject) {
    message = summary(message.from(), message.fromName(), message.replyTo(), subject);
    return this;
  }

  public CaseBuilder message(MessageSummary whole) {
    message = whole;
    return this;
  }

  /** Files and hosts of links. */
  public CaseBuilder content(List<MessageSummary.Attachment> files, String... linkHosts) {
    MessageSummary m = message;
    message =
        new MessageSummary(
            m.from(),
            m.fromName(),
            m.replyTo(),
            m.subject(),
            m.messageId(),
            m.date(),
            m.size(),
            files,
            List.of(linkHosts));
    return this;
  }

  public CaseBuilder to(String... addresses) {
    recipients = List.of(addresses).stream().map(CaseBuilder::address).toList();
    return this;
  }

  /** The reverse-path; empty text for the null sender, and what is no address for one unread. */
  public CaseBuilder mailFrom(String address) {
    mailFrom = EmailAddress.parse(address);
    mailFromSaid = address;
    return this;
  }

  public CaseBuilder evidence(EvidenceBuilder found) {
    evidence = Optional.of(found.build());
    return this;
  }

  public CaseBuilder evidence(Evidence found) {
    evidence = Optional.of(found);
    return this;
  }

  public CaseBuilder unexamined() {
    state = CaseState.RECEIVED;
    evidence = Optional.empty();
    ruling = Optional.empty();
    staged = false;
    return this;
  }

  /** The rule's words for the card. */
  public CaseBuilder because(String words) {
    ruling = Optional.of(asked(words));
    return this;
  }

  public CaseBuilder quorum(int people) {
    quorum = people;
    return this;
  }

  public CaseBuilder reasons(ReasonRule rule) {
    reason = rule;
    return this;
  }

  public CaseBuilder stage(Stage.State now) {
    stage = now;
    return this;
  }

  /** Another stage than the only one of a chain. */
  public CaseBuilder at(Stage is) {
    newest = Optional.of(is);
    return this;
  }

  public CaseBuilder voted(String person, String name, Choice choice, String words) {
    Instant at = HELD.plus(Duration.ofMinutes(17)).plusSeconds(votes.size() * 60L);
    votes.add(new Vote(1, person, name, choice, words, digest(), "slack", at));
    changedAt = at;
    return this;
  }

  /** Decided by those who voted; the mail system has not answered. */
  public CaseBuilder decided(Choice choice) {
    List<String> names = votes.stream().map(Vote::personName).toList();
    Instant at = HELD.plus(Duration.ofMinutes(23));
    decision = Optional.of(new Decision(choice, Decision.By.PEOPLE, String.join(", ", names), at));
    state = CaseState.DECIDED;
    stage = Stage.State.CARRIED;
    changedAt = at;
    return this;
  }

  /** Decided by a rule, nobody was asked. */
  public CaseBuilder decidedByRule(Choice choice, String rule) {
    Action action = choice instanceof Choice.Discard ? new Action.Discard() : new Action.Release();
    ruling = Optional.of(new Ruling(action, rule, "known partner", "0123456789ab", List.of()));
    decision = Optional.of(new Decision(choice, Decision.By.RULE, rule, HELD.plusSeconds(3)));
    staged = false;
    state = CaseState.DECIDED;
    changedAt = HELD.plusSeconds(3);
    return this;
  }

  /** People are asked again: the votes so far were those of an earlier stage. */
  public CaseBuilder votesOfEarlierStage() {
    votes.clear();
    return this;
  }

  /** The mail system proved it for all. */
  public CaseBuilder done(Outcome.Kind kind, String words) {
    List<EmailAddress> to =
        decision.map(Decision::choice).orElseThrow() instanceof Choice.ReleaseTo some
            ? some.recipients()
            : recipients;
    return outcome(CaseState.DONE, Outcome.forAll(to, kind, words).results());
  }

  /** What the mail system said per recipient. */
  public CaseBuilder outcome(CaseState now, List<Outcome.Result> results) {
    state = now;
    outcome = Optional.of(new Outcome(results));
    changedAt = HELD.plus(Duration.ofMinutes(23)).plusSeconds(43);
    return this;
  }

  /** What a gateway said of it. */
  public CaseBuilder reported(GatewayReport word) {
    report = Optional.of(word);
    return this;
  }

  /** What was known of the From domain and address when the policy ruled. */
  public CaseBuilder sender(SenderHistory domain, SenderHistory address) {
    context =
        Optional.of(new Context(HELD.atZone(ZoneOffset.UTC), Optional.empty(), domain, address));
    return this;
  }

  public CaseBuilder trouble(String words) {
    trouble = words;
    return this;
  }

  public CaseFile build() {
    Envelope envelope =
        new Envelope(mailFrom, recipients, clientIp(), "mta7.bulkhost.example")
            .withSender(mailFromSaid);
    return new CaseFile(
        id,
        state,
        1 + votes.size(),
        new HoldRef("smtp", "hold-1"),
        "smtp",
        HELD,
        envelope,
        message,
        true,
        evidence.map(e -> e.signals().isEmpty() ? withSignals(e, envelope) : e),
        evidence.map(_ -> digest()),
        ruling,
        newest.or(() -> staged ? Optional.of(openedStage()) : Optional.empty()),
        votes,
        decision,
        outcome,
        trouble,
        "",
        changedAt,
        report,
        context);
  }

  /** What the message itself shows, as an examination finds it. */
  private Evidence withSignals(Evidence e, Envelope envelope) {
    List<Signal> signals =
        new Signals(Home.unknown(), Acquaintance.withEverybody()).of(envelope, message, e.dmarc());
    return new Evidence(
        e.origin(),
        e.at(),
        e.spf(),
        e.helo(),
        e.dkim(),
        e.arc(),
        e.dmarc(),
        e.reported(),
        signals,
        e.dns());
  }

  private Stage openedStage() {
    return new AStage(
            1,
            "Mail on-call",
            List.of("kim", "noor"),
            quorum,
            reason,
            HELD.plusSeconds(4),
            HELD.plus(Duration.ofHours(2)))
        .in(stage);
  }

  private static Ruling asked(String words) {
    return new Ruling(new Action.Ask("on-call"), "ask-on-call", words, "0123456789ab", List.of());
  }

  private MessageSummary summary(String from, String name, String replyTo, String subject) {
    MessageSummary m = message;
    return new MessageSummary(
        from,
        name,
        replyTo,
        subject,
        m.messageId(),
        m.date(),
        m.size(),
        m.attachments(),
        m.linkHosts());
  }

  private static Digest digest() {
    return Digest.of("{}");
  }

  private static InetAddress clientIp() {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 45});
    } catch (UnknownHostException fourOctetsAreAnAddress) {
      throw new IllegalStateException(fourOctetsAreAnAddress);
    }
  }
}
