package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Action;
import dev.postern.policy.Chain;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation.Context;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks people for grants, and ends these. A request is a case of its own: it has stages, votes, a
 * window and cards like any other, and skips the rules.
 */
public final class Petitions {
  private static final int MOST_WAITING = 20;
  private static final Duration SETTLING = Duration.ofSeconds(15);
  private static final DomainName NOWHERE = new DomainName("grant.invalid");

  private final Records records;
  private final Rules rules;
  private final Panel panel;
  private final Desk desk;
  private final Samples samples;
  private final boolean alone;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param rules say who decides about grants, and how far these may go
   * @param alone whether there is one person only, who then decides about own requests
   */
  public Petitions(
      Records records, Rules rules, Panel panel, Desk desk, boolean alone, InstantSource clock) {
    this.records = records;
    this.rules = rules;
    this.panel = panel;
    this.desk = desk;
    this.samples = new Samples(records, new Reading(records, desk::ballot));
    this.alone = alone;
    this.clock = clock;
  }

  /** What a request came to. */
  public sealed interface Answer {}

  /**
   * People are asked.
   *
   * @param grant as it stands
   * @param before whether just this was asked for before
   */
  public record Asked(Grant grant, boolean before) implements Answer {}

  /**
   * Nobody is asked.
   *
   * @param field what is wrong of the wish: {@code from}, {@code to}, {@code until}, {@code most},
   *     {@code reason}, {@code kindOf}, {@code evenUnproved}; empty where it is something else
   * @param words why, and how to mend it
   */
  public record Refused(String field, String words) implements Answer {}

  /** What became of a wish to end a grant. */
  public enum Ending {
    DONE,
    /** It was over before. */
    ALREADY,
    NOT_ALLOWED,
    UNKNOWN
  }

  /** What is asked for where somebody says no more, and how far it may go. */
  public GrantLaw law() {
    GrantLaw law = rules.grants();
    return alone ? law.withOwnRequests() : law;
  }

  /** Asks people for a grant. May ask chat platforms who is in groups: never in a transaction. */
  public Answer ask(Person person, Wish wish) {
    return switch (draft(person, wish)) {
      case Unfit(Refused why) -> why;
      case Fit(Petition petition) -> ask(person, petition);
    };
  }

  /** A wish as far as it can be told alone. */
  sealed interface Draft {}

  /** It can be asked for. */
  record Fit(Petition petition) implements Draft {}

  /** Something of it is wrong. */
  record Unfit(Refused why) implements Draft {}

  /** What a wish comes to: its terms, checked. */
  Draft draft(Person person, Wish wish) {
    if (!wish.ofKind()) {
      return draft(person, wish, Optional.empty());
    }
    return draft(person, wish, samples.of(person, wish));
  }

  /** The same about the kind of a message on which that person voted. */
  Draft draft(Person person, Wish wish, CaseFile sample) {
    return draft(person, wish, samples.of(sample, wish));
  }

  private Draft draft(Person person, Wish wish, Samples.Found found) {
    return switch (found) {
      case Samples.None(String field, String words) -> new Unfit(new Refused(field, words));
      case Samples.Sample(Party from, Like like) ->
          draft(person, wish.from(from.text()), Optional.of(like));
    };
  }

  private Draft draft(Person person, Wish wish, Optional<Like> like) {
    Instant now = clock.instant();
    GrantLaw law = law();
    Optional<Refused> wrong = wrong(wish, law, now);
    if (wrong.isPresent()) {
      return new Unfit(wrong.get());
    }
    return new Fit(
        new Petition(
            terms(wish, like, law, now),
            person.id(),
            person.name(),
            Brake.oneLine(wish.reason()),
            wish.about(),
            law.ownRequests()));
  }

  /** Asks people for what a draft came to. */
  Answer ask(Person person, Petition petition) {
    Instant now = clock.instant();
    GrantLaw law = law();
    Optional<Grant> known = records.grants().find(petition.id());
    if (known.isPresent()) {
      return known.get().petition().equals(petition)
          ? new Asked(known.get(), true)
          : new Refused("reason", "Say it in other words: by chance, another grant has this name.");
    }
    if (records.grants().waiting(person.id()) >= MOST_WAITING) {
      return new Refused(
          "", MOST_WAITING + " requests of yours wait for a decision. Take one back first.");
    }
    Chain chain = rules.chain(chain(law));
    if (!law.ownRequests() && !fillable(chain, person.id(), now)) {
      return new Refused(
          "",
          "Nobody could decide about it: chain "
              + chain.name()
              + " needs people besides you. In the policy, name another one under grants.chain, or"
              + " say own-requests: true there; or give its groups more people.");
    }
    Received received =
        records.open(
            hold(petition, now),
            Optional.empty(),
            (tx, it) -> begin(tx, it, petition, chain.name(), now));
    return new Asked(records.grants().find(petition.id()).orElseThrow(), received.duplicate());
  }

  /** Whether some stage could be filled without one person; also where it is not known yet. */
  private boolean fillable(Chain chain, String without, Instant now) {
    Electorate people = panel.electorate();
    return chain.stages().stream()
        .anyMatch(
            plan -> {
              List<String> asked = plan.asked().approvers();
              people.learn(asked);
              OptionalInt others = people.besides(asked, without, now);
              return others.isEmpty()
                  || others.getAsInt() >= plan.voting().quorum().among(others.getAsInt());
            });
  }

  /** The chain that decides about grants. */
  String chain(GrantLaw law) {
    return law.chain().isEmpty() ? rules.otherwise().name() : law.chain();
  }

  private static Optional<Refused> wrong(Wish wish, GrantLaw law, Instant now) {
    Optional<Party> from = Party.parse(wish.from());
    if (from.isEmpty()) {
      return wrong("from", "Name a mail address or a domain, such as brightwater.example.");
    }
    if (!wish.to().isBlank() && Party.parse(wish.to()).isEmpty()) {
      return wrong("to", "Name a mail address or a domain of yours, or nobody for all.");
    }
    Instant until = until(wish, law, now);
    if (until.isBefore(now.plus(1, ChronoUnit.MINUTES)) || until.isAfter(now.plus(law.longest()))) {
      return wrong(
          "until", "It ends at least a minute from now, and at most " + longest(law) + ".");
    }
    int most = most(wish, law);
    if (most < 1 || most > law.most()) {
      return wrong("most", "How many messages: a number from 1 to " + law.most() + ".");
    }
    return Brake.oneLine(wish.reason()).isEmpty()
        ? wrong("reason", "Say why: those who decide read it.")
        : Optional.empty();
  }

  private static Optional<Refused> wrong(String field, String words) {
    return Optional.of(new Refused(field, words));
  }

  private static String longest(GrantLaw law) {
    Duration longest = law.longest();
    return longest.toDays() > 0 ? longest.toDays() + " days" : longest.toMinutes() + " minutes";
  }

  private static GrantTerms terms(Wish wish, Optional<Like> like, GrantLaw law, Instant now) {
    return new GrantTerms(
        wish.kind(),
        Party.parse(wish.from()).orElseThrow(),
        Party.parse(wish.to()),
        until(wish, law, now),
        most(wish, law),
        wish.unproved() && wish.kind() == GrantTerms.Kind.ALLOW,
        like);
  }

  /** To the minute: whoever asks twice in one asks for the same. */
  private static Instant until(Wish wish, GrantLaw law, Instant now) {
    return wish.until().orElse(now.plus(law.usual(wish.kind()))).truncatedTo(ChronoUnit.MINUTES);
  }

  private static int most(Wish wish, GrantLaw law) {
    return wish.most().orElse(law.usualMost());
  }

  /** What stands for a message in lists and queries; nobody sends or gets anything. */
  private static Hold hold(Petition petition, Instant now) {
    GrantTerms terms = petition.terms();
    String id = petition.id().text();
    String what = terms.kind() == GrantTerms.Kind.ALLOW ? "Allow mail from " : "Block mail from ";
    String like = terms.like().map(it -> " like that of case " + it.caseId()).orElse("");
    String subject = what + terms.from().text() + like + " until " + terms.until();
    return new Hold(
        new HoldRef(Petition.SOURCE, id),
        new Envelope(
            Optional.empty(),
            List.of(new EmailAddress(id, NOWHERE)),
            InetAddress.getLoopbackAddress(),
            ""),
        Optional.empty(),
        new MessageSummary("", petition.name(), "", subject, "", "", 0, List.of(), List.of()),
        "Postern",
        now,
        "request");
  }

  private void begin(Tx tx, CaseFile it, Petition petition, String chain, Instant now) {
    Evidence evidence = petition.evidence(now);
    Digest digest = EvidenceJson.digest(evidence);
    tx.keepEvidence(evidence, digest, Context.at(now));
    tx.request(
        new Grant(
            petition.id(),
            petition,
            it.id(),
            Grant.State.REQUESTED,
            0,
            new Grant.Times(now, Optional.empty(), Optional.empty()),
            ""));
    tx.log(petition.owner(), "grant.requested", petition.facts() + " digest=" + digest.hex());
    Ruling asks = new Ruling(new Action.Ask(chain), Petition.SOURCE, "", "", List.of());
    tx.update(CaseUpdate.to(CaseState.ASKING).ruling(asks));
    panel.ask(tx, it.examined(evidence, digest), chain, digest, now);
  }

  /** Whether somebody may see and end any grant: whoever may decide about requests. */
  public boolean decides(Person person) {
    List<String> asked =
        rules.chain(chain(law())).stages().stream()
            .flatMap(plan -> plan.asked().approvers().stream())
            .toList();
    panel.electorate().learn(asked);
    return panel.electorate().names(asked, person, clock.instant());
  }

  /** Whether somebody may see and end this one. */
  public boolean mayEnd(Person person, Grant grant) {
    return grant.petition().owner().equals(person.id()) || decides(person);
  }

  /** The grant of that name, where this person may see it. */
  public Optional<Grant> find(Person person, GrantId id) {
    return records.grants().find(id).filter(it -> mayEnd(person, it));
  }

  /**
   * Those that this person may see, the newest request first.
   *
   * @param open only those that can still decide about mail
   */
  public List<Grant> list(Person person, boolean open, Optional<GrantId> after, int limit) {
    Optional<String> owner = decides(person) ? Optional.empty() : Optional.of(person.id());
    return records.grants().list(open, owner, after, limit);
  }

  /** Ends a grant early, or takes a request back: at once, on all replicas. */
  public Ending revoke(Person person, GrantId id) {
    Optional<Grant> found = records.grants().find(id);
    if (found.isEmpty()) {
      return Ending.UNKNOWN;
    }
    if (!mayEnd(person, found.get())) {
      return Ending.NOT_ALLOWED;
    }
    return records.grants().revoke(id, person.id(), clock.instant()) ? Ending.DONE : Ending.ALREADY;
  }

  /**
   * Ends a grant whose time is over, and has its case say of one that is over why.
   *
   * @return when to look again; empty when there is nothing left to do
   */
  public Optional<Duration> look(GrantId id) {
    Instant now = clock.instant();
    records.grants().expire(id, now);
    Optional<Grant> found = records.grants().find(id);
    if (found.isEmpty() || found.get().state() == Grant.State.REFUSED) {
      return Optional.empty();
    }
    Grant it = found.get();
    if (now.isBefore(it.terms().until())
        && (it.state().open() || it.state() == Grant.State.LAPSED)) {
      return Optional.of(Duration.between(now, it.terms().until()));
    }
    return over(it);
  }

  private Optional<Duration> over(Grant grant) {
    HoldRef hold = new HoldRef(Petition.SOURCE, grant.id().text());
    Optional<CaseId> id = desk.gone(hold, words(grant));
    return id.flatMap(
        caseId ->
            records.change(
                caseId,
                (tx, it) -> {
                  if (it.state() == CaseState.DECIDED) {
                    return Optional.of(SETTLING);
                  }
                  if (it.state() == CaseState.DONE && it.trouble().isEmpty()) {
                    tx.update(CaseUpdate.to(CaseState.DONE).trouble(words(grant)));
                  }
                  return Optional.empty();
                }));
  }

  private static String words(Grant grant) {
    return switch (grant.state()) {
      case REVOKED -> "Ended early by " + grant.endedBy() + ".";
      case USED_UP -> "Over: it decided about " + grant.terms().most() + " messages.";
      case ENDED -> "Over: its time has ended.";
      case LAPSED -> "Nobody decided before its time had ended.";
      case REQUESTED, ACTIVE, REFUSED -> "";
    };
  }
}
