package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for what happened to the signed header fields: tries usual changes, alone and together,
 * until one of them leads back to what was signed. A guess counts only if the signature fits it.
 */
final class HeaderSearch {

  /** Guesses that are also tried in pairs. */
  private static final int MOST_PAIRED = 24;

  /** Variants of one change that are also tried together with others. */
  private static final int MOST_VARIANTS = 4;

  /**
   * At more octets of signed fields nothing is guessed: making a guess costs more than trying it.
   */
  private static final int LARGEST = 256 * 1024;

  private final HeaderTrial trial;
  private final HeaderDraft now;
  private final List<HeaderChange> subjects;
  private final List<HeaderChange> added;
  private final List<HeaderChange> senders;

  private HeaderSearch(HeaderTrial trial, HeaderDraft now, List<HeaderChange> senders) {
    this.trial = trial;
    this.now = now;
    this.subjects = SubjectChanges.guesses(now);
    this.added = AddedFields.single(now);
    this.senders = senders;
  }

  /** What happened, in our words; empty if no guess was right, or the header is large. */
  static Optional<String> words(
      DkimSignature signature, byte[] message, HeaderFields headers, HeaderTrial trial) {
    HeaderDraft now = HeaderDraft.of(signature, message, headers);
    if (now.size() > LARGEST) {
      return Optional.empty();
    }
    HeaderSearch search = new HeaderSearch(trial, now, senders(now, message, headers));
    return search.misread().or(search::changed).or(search::severalChanged);
  }

  /** The signer itself did not do what c= says. */
  private Optional<String> misread() {
    return trial.signed(now.in(now.how().other()))
        ? Optional.of("the signer did not canonicalize header fields as c= says")
        : Optional.empty();
  }

  private Optional<String> changed() {
    return first(
        Stream.of(
                CopiedFields.differing(now).stream().toList(),
                subjects,
                added,
                senders,
                OtherChanges.encodedAnew(now),
                OtherChanges.foldedAnew(now),
                AddressChanges.writtenAnotherWay(now))
            .flatMap(List::stream));
  }

  /** What a mailing list does at once, then any two changes. */
  private Optional<String> severalChanged() {
    List<HeaderChange> list = AddedFields.ofLists(now).stream().toList();
    List<HeaderChange> visible = pairs(few(subjects), senders);
    List<HeaderChange> any =
        Stream.of(few(subjects), few(senders), OtherChanges.encodedAnew(now), added)
            .flatMap(List::stream)
            .limit(MOST_PAIRED)
            .toList();
    return first(
        Stream.of(
                list,
                pairs(subjects, list),
                pairs(senders, list),
                visible,
                pairs(visible, list),
                pairs(any))
            .flatMap(List::stream));
  }

  private static List<HeaderChange> few(List<HeaderChange> guesses) {
    return guesses.subList(0, Math.min(MOST_VARIANTS, guesses.size()));
  }

  /** From, and whatever else a gateway replaced and kept. */
  private static List<HeaderChange> senders(HeaderDraft now, byte[] message, HeaderFields headers) {
    List<FieldText> replyTo =
        headers.named("Reply-To").stream()
            .limit(2)
            .map(field -> new FieldText(message, field))
            .toList();
    List<HeaderChange> guesses = new ArrayList<>(OtherChanges.keptElsewhere(now, message, headers));
    guesses.addAll(AddressChanges.rewrittenFrom(now, replyTo));
    return guesses.subList(0, Math.min(MOST_PAIRED, guesses.size()));
  }

  private static List<HeaderChange> pairs(List<HeaderChange> some, List<HeaderChange> others) {
    List<HeaderChange> pairs = new ArrayList<>();
    for (HeaderChange one : some) {
      others.stream().filter(one::fits).map(one::and).forEach(pairs::add);
    }
    return pairs;
  }

  private static List<HeaderChange> pairs(List<HeaderChange> all) {
    List<HeaderChange> pairs = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      pairs.addAll(pairs(all.subList(i, i + 1), all.subList(i + 1, all.size())));
    }
    return pairs;
  }

  private Optional<String> first(Stream<HeaderChange> guesses) {
    return guesses
        .takeWhile(_ -> !trial.over())
        .filter(guess -> trial.signed(now.with(guess.before())))
        .map(HeaderChange::words)
        .findFirst();
  }
}
