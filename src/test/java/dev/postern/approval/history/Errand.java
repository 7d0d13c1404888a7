package dev.postern.approval.history;

import dev.postern.approval.Choice;
import dev.postern.approval.history.Step.Mood;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The model of a decision on its way to the mail system. */
final class Errand {
  /** After so many calls and look-ups people are asked again. */
  private static final int PATIENCE = 14;

  enum Fate {
    DONE,
    LATER,
    REFUSED,
    GONE
  }

  private final boolean discard;

  /** Who has got the message for certain, whatever decision it was for. */
  private final Set<EmailAddress> got;

  private final List<EmailAddress> wanted;
  private final List<EmailAddress> open;
  private int attempts;
  private Optional<Mood> died = Optional.empty();

  Errand(Choice choice, List<EmailAddress> recipients, Set<EmailAddress> got) {
    this.discard = choice instanceof Choice.Discard;
    this.got = got;
    this.wanted = choice instanceof Choice.ReleaseTo some ? some.recipients() : recipients;
    this.open = new ArrayList<>(wanted);
    open.removeAll(got);
  }

  /** Whether the mail system is told next: not where it is asked, nor where everybody has it. */
  boolean calls() {
    return died.isEmpty() && !open.isEmpty();
  }

  /** One call, or one look where a call was interrupted. */
  Fate tell(Mood mood) {
    attempts++;
    if (open.isEmpty()) {
      return Fate.DONE;
    }
    if (died.isPresent()) {
      Mood how = died.get();
      died = Optional.empty();
      return switch (how) {
        case CRASH_AFTER -> done();
        case CRASH_UNKNOWN -> Fate.REFUSED;
        default -> later();
      };
    }
    return switch (mood) {
      case WILLING -> done();
      case BUSY, BUSY_FOR_HOURS -> later();
      case HALF_BUSY -> half();
      // Where some whom it was decided for have it, that is what became of the decision.
      case REFUSING -> wanted.stream().noneMatch(got::contains) ? Fate.REFUSED : Fate.DONE;
      case FORGETFUL -> Fate.GONE;
      case SILENT -> Fate.REFUSED;
      case CRASH_BEFORE, CRASH_AFTER, CRASH_UNKNOWN -> {
        died = Optional.of(mood);
        yield Fate.LATER;
      }
    };
  }

  private Fate half() {
    if (discard || open.size() == 1) {
      return done();
    }
    got.add(open.removeFirst());
    return later();
  }

  private Fate done() {
    if (!discard) {
      got.addAll(open);
    }
    open.clear();
    return Fate.DONE;
  }

  private Fate later() {
    return attempts < PATIENCE ? Fate.LATER : Fate.REFUSED;
  }
}
