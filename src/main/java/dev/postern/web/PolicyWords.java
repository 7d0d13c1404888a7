package dev.postern.web;

import dev.postern.policy.Agreement;
import dev.postern.policy.Precedent.People;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;

/** The words of the page of the policy. */
public final class PolicyWords {
  private PolicyWords() {}

  /** {@code released}; a dash where people decided nothing. */
  public static String people(People people) {
    return switch (people) {
      case RELEASED -> "released";
      case DISCARDED -> "discarded";
      case NOBODY -> "–";
    };
  }

  /** With commas between thousands. */
  public static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 14 of 15, at least 70 %}. */
  public static String agreement(Agreement it) {
    return it.decided() == 0
        ? "–"
        : it.with() + " of " + it.decided() + ", at least " + it.percent() + " %";
  }

  /** The day; that it is not known where it is not. */
  public static String day(Optional<Instant> at) {
    return at.map(it -> it.atOffset(ZoneOffset.UTC).toLocalDate().toString()).orElse("not known");
  }
}
