package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the mail system proved that it did.
 *
 * @param results one per recipient that was asked for
 * @param leftover what of the held message is still to be taken away though nobody is to get it any
 *     more, in own words; empty where nothing is. Not kept: it is found out again
 */
public record Outcome(List<Result> results, Optional<String> leftover) {
  /** Nothing is left over. */
  public Outcome(List<Result> results) {
    this(results, Optional.empty());
  }

  /**
   * The result for one recipient.
   *
   * @param recipient who
   * @param kind what became of it
   * @param words the mail system's own words; hostile
   */
  public record Result(EmailAddress recipient, Kind kind, String words) {}

  /** Kinds of result. */
  public enum Kind {
    /** The next hop answered 250 after the message. */
    DELIVERED_TO_NEXT_HOP,
    /** The mail system took it and will deliver on its own. */
    ACCEPTED_ASYNC,
    /** It had been done before. */
    ALREADY_DONE,
    /** Deleted from the quarantine. */
    DISCARDED,
    /** The mail system does not know the message. */
    NOT_FOUND,
    /** Not now: try again. */
    TEMP_FAIL,
    /** Never. */
    PERM_FAIL,
    /** The connection broke after the message was sent: nobody knows. */
    UNCERTAIN;

    /** Whether this is proof that the wanted thing has happened. */
    public boolean proof() {
      return switch (this) {
        case DELIVERED_TO_NEXT_HOP, ACCEPTED_ASYNC, ALREADY_DONE, DISCARDED -> true;
        case NOT_FOUND, TEMP_FAIL, PERM_FAIL, UNCERTAIN -> false;
      };
    }
  }

  /** Copies the list, so that an outcome never changes. */
  public Outcome {
    results = List.copyOf(results);
  }

  /** Nothing yet. */
  public static Outcome none() {
    return new Outcome(List.of());
  }

  /** The same, where something of the held message could not be taken away yet. */
  public Outcome leaving(String what) {
    return new Outcome(results, Optional.of(what));
  }

  /** Only the results that are proof. */
  public Outcome proved() {
    return new Outcome(results.stream().filter(r -> r.kind().proof()).toList());
  }

  /** These results and newer ones, which replace those for the same recipients. */
  Outcome with(Outcome newer) {
    Map<EmailAddress, Result> merged = new LinkedHashMap<>();
    results.forEach(r -> merged.put(r.recipient(), r));
    newer.results.forEach(r -> merged.put(r.recipient(), r));
    return new Outcome(List.copyOf(merged.values()));
  }

  /** Only the result for this recipient. */
  public Outcome onlyFor(EmailAddress recipient) {
    return onlyFor(List.of(recipient));
  }

  /** Only the results for these recipients. */
  Outcome onlyFor(List<EmailAddress> recipients) {
    return new Outcome(results.stream().filter(r -> recipients.contains(r.recipient())).toList());
  }

  /** The same result for all. */
  public static Outcome forAll(List<EmailAddress> recipients, Kind kind, String words) {
    return new Outcome(recipients.stream().map(r -> new Result(r, kind, words)).toList());
  }
}
