package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.approval.Quarantine;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.ListEntry;
import dev.postern.quarantine.OpenDeletion;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The quarantine of Microsoft 365. What counts as proof is what it says of the message afterwards:
 * the state of its release, and who has it. That Microsoft delivered it nobody can see, so a
 * release is told as taken, never as delivered.
 */
public final class M365Quarantine implements Quarantine {
  private static final String NAME = "Microsoft 365";
  private static final String RELEASED = "released by Microsoft 365";
  private static final String DELETED = "deleted from the quarantine of Microsoft 365";

  private final M365Parts parts;

  /** Takes the way to the organisation. */
  public M365Quarantine(M365Parts parts) {
    this.parts = parts;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    return acting(held, to, id -> release(id, to, mandate));
  }

  private Outcome release(MessageIdentity id, List<EmailAddress> to, Mandate mandate) {
    Optional<Row> found = parts.cmdlets().find(id);
    if (found.isEmpty()) {
      return absent(to);
    }
    Row before = found.get();
    List<EmailAddress> open =
        to.stream().filter(one -> !before.releasedTo(one) && !before.deletedFor(one)).toList();
    if (open.isEmpty()) {
      return told(to, open, before, "");
    }
    if (!mandate.stands()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over");
    }
    boolean everybody = open.size() == before.recipients().size();
    Supplier<Said<JsonNode>> order =
        () -> everybody ? parts.cmdlets().releaseToAll(id) : parts.cmdlets().release(id, open);
    String trouble = ordered(order);
    return parts
        .cmdlets()
        .find(id)
        .map(after -> told(to, open, after, trouble))
        .orElseGet(() -> vanished(to, trouble));
  }

  /** What was released should stay listed. */
  private static Outcome vanished(List<EmailAddress> to, String trouble) {
    return trouble.isEmpty()
        ? Outcome.forAll(
            to, Kind.UNCERTAIN, "Microsoft 365 took the release, and does not list it any more")
        : Outcome.forAll(to, Kind.TEMP_FAIL, trouble);
  }

  /** Carries a cmdlet out; returns what went wrong with it, empty where nothing did. */
  private static String ordered(Supplier<Said<JsonNode>> order) {
    try {
      return switch (order.get()) {
        case Said.Rows<JsonNode> _ -> "";
        case Said.Missing<JsonNode> _ -> "Microsoft 365 does not find it";
        case Said.Refused<JsonNode> refused -> refused.words();
        case Said.Forbidden<JsonNode> forbidden -> forbidden.words();
      };
    } catch (MailSystemTrouble unanswered) {
      // It may have been done: what the quarantine says next decides.
      return unanswered.words();
    }
  }

  private static Outcome told(
      List<EmailAddress> to, List<EmailAddress> open, Row after, String trouble) {
    String state = " (" + after.text("ReleaseStatus").replaceAll("[^A-Za-z]", "") + ")";
    String late = trouble.isEmpty() ? "Microsoft 365 does not show it as released yet" : trouble;
    return new Outcome(
        to.stream()
            .map(
                one ->
                    after.deletedFor(one)
                        ? new Result(one, Kind.PERM_FAIL, "deleted in Microsoft 365 for this one")
                        : !open.contains(one)
                            ? new Result(one, Kind.ALREADY_DONE, RELEASED + " before")
                            : after.releasedTo(one)
                                ? new Result(one, Kind.ACCEPTED_ASYNC, RELEASED + state)
                                : new Result(one, Kind.TEMP_FAIL, late))
            .toList());
  }

  private static Outcome absent(List<EmailAddress> to) {
    return Outcome.forAll(
        to, Kind.NOT_FOUND, "Microsoft 365 does not have it in quarantine any more");
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    List<EmailAddress> all = held.envelope().recipients();
    Outcome outcome = acting(held, all, id -> discard(id, held, all, mandate));
    return OpenDeletion.goneOn(held, NAME, outcome);
  }

  private Outcome discard(
      MessageIdentity id, CaseFile held, List<EmailAddress> all, Mandate mandate) {
    Optional<Row> found = parts.cmdlets().find(id);
    if (found.isEmpty()) {
      return OpenDeletion.on(held, NAME)
          ? Outcome.forAll(all, Kind.DISCARDED, DELETED)
          : absent(all);
    }
    if (all.stream().allMatch(found.get()::releasedTo)) {
      return Outcome.forAll(all, Kind.NOT_FOUND, RELEASED + " before");
    }
    if (found.get().waiting().isEmpty()) {
      return discarded(all, found.get());
    }
    if (!mandate.stands()) {
      return Outcome.forAll(all, Kind.TEMP_FAIL, "another process has taken this over");
    }
    return deleted(id, all, found.get());
  }

  private Outcome deleted(MessageIdentity id, List<EmailAddress> all, Row before) {
    Said<JsonNode> said;
    try {
      said = parts.cmdlets().delete(id);
    } catch (MailSystemTrouble unanswered) {
      return lookedUp(id, before, all, unanswered.words());
    }
    return switch (said) {
      case Said.Rows<JsonNode> _ -> lookedUp(id, before, all, "it is still in quarantine");
      case Said.Missing<JsonNode> _ -> lookedUp(id, before, all, "Microsoft 365 does not find it");
      case Said.Refused<JsonNode> refused -> Outcome.forAll(all, Kind.TEMP_FAIL, refused.words());
      case Said.Forbidden<JsonNode> forbidden ->
          Outcome.forAll(all, Kind.TEMP_FAIL, forbidden.words());
    };
  }

  /** What a deletion came to that may have been carried out. */
  private Outcome lookedUp(MessageIdentity id, Row before, List<EmailAddress> all, String words) {
    try {
      return parts
          .cmdlets()
          .find(id)
          .map(
              after ->
                  after.waiting().isEmpty()
                      ? discarded(all, after)
                      : OpenDeletion.of(all, NAME, words))
          .orElseGet(() -> discarded(all, before));
    } catch (MailSystemTrouble away) {
      return OpenDeletion.of(all, NAME, words);
    }
  }

  /** It waits for nobody any more; whoever got it before keeps it. */
  private static Outcome discarded(List<EmailAddress> all, Row row) {
    return new Outcome(
        all.stream()
            .map(
                one ->
                    row.releasedTo(one)
                        ? new Result(one, Kind.PERM_FAIL, RELEASED + " to this one before")
                        : new Result(one, Kind.DISCARDED, DELETED))
            .toList());
  }

  private interface Deed {
    Outcome with(MessageIdentity id);
  }

  /** Trouble on the way to the order, or after it: the next attempt asks first. */
  private static Outcome acting(CaseFile held, List<EmailAddress> to, Deed deed) {
    Optional<MessageIdentity> id = MessageIdentity.parse(held.hold().id());
    if (id.isEmpty()) {
      return Outcome.forAll(to, Kind.PERM_FAIL, "it has no identity of Microsoft 365");
    }
    try {
      return deed.with(id.get());
    } catch (MailSystemTrouble trouble) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, trouble.words());
    }
  }

  @Override
  public Standing standing(CaseFile held) {
    Optional<MessageIdentity> id = MessageIdentity.parse(held.hold().id());
    if (id.isEmpty()) {
      return Standing.UNKNOWN;
    }
    Optional<Choice> decided = held.decision().map(Decision::choice);
    boolean discarding = decided.filter(c -> c instanceof Choice.Discard).isPresent();
    boolean releasing = decided.isPresent() && !discarding;
    Optional<Row> found = parts.cmdlets().find(id.get());
    if (found.isEmpty()) {
      // What was released stays listed, so what is not there was deleted, or its time was over.
      return releasing ? Standing.UNKNOWN : Standing.GONE;
    }
    Row row = found.get();
    boolean went =
        decided
            .map(choice -> wanted(choice, held).stream().allMatch(row::releasedTo))
            // Who let his own copy go has said nothing of the others'.
            .orElseGet(() -> row.waiting().isEmpty());
    if (!went) {
      return row.status() == Row.Status.UNKNOWN ? Standing.UNKNOWN : Standing.HELD;
    }
    return discarding ? Standing.UNKNOWN : Standing.RELEASED;
  }

  private static List<EmailAddress> wanted(Choice choice, CaseFile held) {
    return choice instanceof Choice.ReleaseTo some
        ? some.recipients()
        : held.envelope().recipients();
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.PARTIAL_RELEASE, Ability.DISCARD);
  }

  /** Microsoft wants allow entries to be made by submissions, so none is suggested as a command. */
  @Override
  public Optional<String> suggestion(CaseFile decided) {
    return ListEntry.of(decided)
        .map(
            entry ->
                entry.blocks()
                    ? "New-TenantAllowBlockListItems -ListType Sender -Block -Entries \"%s\""
                        .formatted(entry.sender())
                    : "Microsoft Defender portal, Submissions, Emails: submit it as clean, and allow"
                        + " "
                        + entry.sender());
  }

  @Override
  public Optional<String> trouble() {
    return parts.cmdlets().trouble().or(parts.coverage()::trouble);
  }
}
