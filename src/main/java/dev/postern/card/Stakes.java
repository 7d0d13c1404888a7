package dev.postern.card;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Petition;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Stake;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantTerms.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What hangs on a vote, and what a form of it comes to: the same on every surface. */
public final class Stakes {
  private static final String PASSES =
      "Mail that fits these terms is then let through without asking, unless a rule says otherwise."
          + " Anybody who may approve can end it. Your name is recorded.";
  private static final String DELETES =
      "Mail that fits these terms is then deleted without asking. Anybody who may approve can end"
          + " it. Your name is recorded.";
  private static final String REFUSES = "No such grant begins.";

  private Stakes() {}

  /** Of a vote to release, or to approve; of no reason where nobody is asked any more. */
  public static Stake ofRelease(CaseFile it) {
    Optional<Petition> petition = it.petition();
    if (petition.isPresent()) {
      boolean allow = petition.get().terms().kind() == Kind.ALLOW;
      return stake(allow ? PASSES : DELETES, it, new Choice.ReleaseAll());
    }
    return ofRelease(it, Optional.empty());
  }

  /** The same of a vote on a set. */
  static Stake ofRelease(CaseFile it, Optional<SetCard> set) {
    int quorum = it.openStage().map(Stage::quorum).orElse(1);
    String what = set.map(all -> "all " + all.messages() + " are").orElse("it is");
    String delivered = what + " delivered at once and cannot be recalled.";
    String consequence =
        quorum == 1
            ? delivered.substring(0, 1).toUpperCase(Locale.ROOT)
                + delivered.substring(1)
                + " Your name is recorded."
            : "This is vote %d of %d. Once %d people agree %s"
                .formatted(Math.min(it.votes().size() + 1, quorum), quorum, quorum, delivered);
    return new Stake(
        consequence,
        reasonNeeded(it, new Choice.ReleaseAll()),
        set.flatMap(all -> later(all, new Choice.ReleaseAll())));
  }

  /** Of a vote to discard a set. */
  static Stake ofDiscard(CaseFile it, Optional<SetCard> set) {
    Choice choice = new Choice.Discard();
    return set.map(all -> new Stake(all.deleted(), reasonNeeded(it, choice), later(all, choice)))
        .orElseGet(() -> ofDiscard(it));
  }

  /** Of a vote to discard, or to refuse; of no reason where nobody is asked any more. */
  public static Stake ofDiscard(CaseFile it) {
    String consequence =
        it.petition().isPresent() ? REFUSES : deleted(it.envelope().recipients().size());
    return stake(consequence, it, new Choice.Discard());
  }

  private static Stake stake(String consequence, CaseFile it, Choice choice) {
    return new Stake(consequence, reasonNeeded(it, choice), Optional.empty());
  }

  /** What the set's terms say of later ones after such a decision. */
  private static Optional<String> later(SetCard set, Choice choice) {
    boolean discard = choice instanceof Choice.Discard;
    return set.all()
        .campaign()
        .offer()
        .filter(offer -> discard || offer.pass().isPresent())
        .map(
            offer ->
                (discard
                        ? "Delete later ones like these, too"
                        : "Let later ones like these pass, too")
                    + ": for "
                    + lasting(offer.length(choice))
                    + ", at most "
                    + offer.most());
  }

  /** A length as people say it: {@code 24 hours}, {@code 30 days}. */
  public static String lasting(Duration length) {
    if (length.toDays() > 1 && length.toHoursPart() == 0) {
      return length.toDays() + " days";
    }
    return length.toMinutesPart() == 0
        ? Wording.count(length.toHours(), "hour")
        : Wording.count(length.toMinutes(), "minute");
  }

  private static boolean reasonNeeded(CaseFile it, Choice choice) {
    return it.openStage().filter(stage -> stage.needsReason(choice)).isPresent();
  }

  static String deleted(int recipients) {
    String who = recipients == 1 ? "its recipient" : "all " + recipients + " recipients";
    return "It is deleted from quarantine for "
        + who
        + ". The sender is not told. It cannot be undone.";
  }

  /**
   * The release that a form asks for; empty where it names somebody who is no recipient.
   *
   * @param chosen positions in the envelope, from 1; none from a form without that choice
   */
  public static Optional<Choice> release(List<Integer> chosen, List<EmailAddress> recipients) {
    if (chosen.stream().anyMatch(n -> n < 1 || n > recipients.size())) {
      return Optional.empty();
    }
    List<EmailAddress> to =
        chosen.stream().distinct().sorted().map(n -> recipients.get(n - 1)).toList();
    return Optional.of(
        to.isEmpty() || to.size() == recipients.size()
            ? new Choice.ReleaseAll()
            : new Choice.ReleaseTo(to));
  }
}
