package dev.postern.approval.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine;
import dev.postern.approval.history.Step.Mood;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A mail system with moods, which notices when it is told something twice. */
final class MoodyMail implements Quarantine {
  private Mood mood = Mood.WILLING;

  /** How often it was asked to do something. */
  int calls;

  /** Which decision it is told of. */
  int decision;

  private Standing standing = Standing.UNKNOWN;
  private final Set<String> sent = new HashSet<>();
  private final Set<EmailAddress> acknowledged = new HashSet<>();

  /** What a process that dies throws. */
  static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1;

    Died() {
      super("the process dies here");
    }
  }

  void mood(Mood next) {
    mood = next;
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    calls++;
    assertThat(held.state()).as("told to release").isEqualTo(CaseState.DECIDED);
    assertThat(to).as("told to release to somebody").isNotEmpty();
    assertThat(acknowledged).as("released before").doesNotContainAnyElementsOf(to);
    return answer(to, Kind.DELIVERED_TO_NEXT_HOP);
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    calls++;
    assertThat(held.state()).as("told to discard").isEqualTo(CaseState.DECIDED);
    return answer(held.envelope().recipients(), Kind.DISCARDED);
  }

  private Outcome answer(List<EmailAddress> to, Kind done) {
    return switch (mood) {
      case WILLING -> carriedOut(to, done);
      case BUSY, BUSY_FOR_HOURS -> Outcome.forAll(to, Kind.TEMP_FAIL, "451 later");
      case HALF_BUSY -> half(to, done);
      case REFUSING -> Outcome.forAll(to, Kind.PERM_FAIL, "550 no");
      case FORGETFUL -> Outcome.forAll(to, Kind.NOT_FOUND, "unknown");
      case SILENT -> Outcome.forAll(to, Kind.UNCERTAIN, "");
      case CRASH_BEFORE, CRASH_AFTER, CRASH_UNKNOWN -> {
        standing =
            switch (mood) {
              case CRASH_AFTER -> Standing.RELEASED;
              case CRASH_UNKNOWN -> Standing.UNKNOWN;
              default -> Standing.HELD;
            };
        if (mood != Mood.CRASH_BEFORE) {
          send(to);
        }
        throw new Died();
      }
    };
  }

  private Outcome half(List<EmailAddress> to, Kind done) {
    if (done == Kind.DISCARDED) {
      return carriedOut(to, done);
    }
    List<Outcome.Result> results = new ArrayList<>();
    results.addAll(carriedOut(to.subList(0, 1), done).results());
    results.addAll(Outcome.forAll(to.subList(1, to.size()), Kind.TEMP_FAIL, "451 later").results());
    return new Outcome(results);
  }

  private Outcome carriedOut(List<EmailAddress> to, Kind done) {
    send(to);
    if (done == Kind.DELIVERED_TO_NEXT_HOP) {
      acknowledged.addAll(to);
    }
    return Outcome.forAll(to, done, "250 ok");
  }

  private void send(List<EmailAddress> to) {
    for (EmailAddress recipient : to) {
      String once = "decision " + decision + " for " + recipient;
      assertThat(sent.add(once)).as("told once: %s", once).isTrue();
    }
  }

  @Override
  public Standing standing(CaseFile held) {
    return standing;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.allOf(Ability.class);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }
}
