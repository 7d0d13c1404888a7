package dev.postern.approval;

import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Fingerprint;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import java.util.Optional;

/**
 * Messages of cases as samples of their kinds: whoever asks for a grant for a kind names a case,
 * and never a hash (docs/decisions/075-grants-for-a-kind-of-message.md).
 */
final class Samples {
  private static final String SUCH_AS = "Name the case of a message that you may read.";

  private final Records records;
  private final Reading reading;

  Samples(Records records, Reading reading) {
    this.records = records;
    this.reading = reading;
  }

  /** What a case is a sample of. */
  sealed interface Found {}

  /**
   * A kind of message.
   *
   * @param from the From domain, which is part of the kind
   * @param like what others must be like
   */
  record Sample(Party from, Like like) implements Found {}

  /**
   * None.
   *
   * @param field what to say otherwise
   * @param words why
   */
  record None(String field, String words) implements Found {}

  /** The kind that a wish is about, for somebody who may read that case. */
  Found of(Person person, Wish wish) {
    Optional<CaseFile> found =
        wish.about()
            .flatMap(id -> reading.find(id.text(), person))
            .filter(it -> it.petition().isEmpty());
    return found.isEmpty() ? new None("kindOf", SUCH_AS) : of(found.get(), wish);
  }

  /** The same of a case that somebody may read, or has voted on. */
  Found of(CaseFile it, Wish wish) {
    Optional<Evidence> evidence = it.evidence();
    Optional<Party> from =
        EmailAddress.parse(it.message().from()).map(sender -> Party.of(sender.domain()));
    Optional<Fingerprint> kind = records.kind(it);
    if (evidence.isEmpty() || from.isEmpty() || kind.isEmpty()) {
      return new None(
          "kindOf",
          "Of case "
              + it.id()
              + " it cannot be told what is of its kind: it names no one From domain, mail software"
              + " may read it in several ways, or it is not kept whole. Name its sender instead.");
    }
    return wish.kind() == Kind.ALLOW
        ? allowable(it, evidence.get(), wish.unproved())
            .<Found>map(none -> none)
            .orElseGet(() -> sample(it, evidence.get(), from.get(), kind.get()))
        : sample(it, evidence.get(), from.get(), kind.get());
  }

  private static Sample sample(CaseFile it, Evidence evidence, Party from, Fingerprint kind) {
    return new Sample(from, Likeness.sample(it, evidence, kind));
  }

  /** A grant that could never let anything pass is not worth anybody's vote. */
  private static Optional<None> allowable(CaseFile it, Evidence evidence, boolean unproved) {
    if (!(evidence.origin() instanceof Origin.Computed) || evidence.uncertain()) {
      return Optional.of(
          new None(
              "kindOf",
              "What was found of case " + it.id() + " is not certain: nothing can be like it."));
    }
    return evidence.dmarc().result() == DmarcResult.PASS || unproved
        ? Optional.empty()
        : Optional.of(
            new None(
                "evenUnproved",
                "DMARC does not prove case "
                    + it.id()
                    + ", and so no message like it. Ask for what is not proved, too, if you must."));
  }
}
