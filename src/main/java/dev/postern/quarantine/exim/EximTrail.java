package dev.postern.quarantine.exim;

import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the main log tells of one message. */
final class EximTrail {
  /** The zone, milliseconds and the process stand there where log_selector asks for them. */
  private static final Pattern LINE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?(?: [+-][0-9]{4})?"
              + "(?: \\[[0-9]+\\])? ("
              + EximId.FORM
              + ") (.*)");

  /** By {@code exim -Mmd}; the address as the envelope writes it. */
  private static final Pattern MARK =
      Pattern.compile("address <([^<>\\s]*)> marked delivered by .*");

  private final List<EximDelivery> deliveries = new ArrayList<>();
  private final Set<String> marked = new HashSet<>();
  private boolean completed;
  private boolean removed;
  private boolean kept;

  private EximTrail() {}

  /** Reads lines of the log; those of other messages are passed over. */
  static EximTrail of(EximId id, Collection<String> lines) {
    EximTrail trail = new EximTrail();
    for (String line : lines) {
      Matcher form = LINE.matcher(line);
      if (form.matches() && form.group(1).equals(id.text())) {
        trail.follow(form.group(2));
      }
    }
    return trail;
  }

  private void follow(String text) {
    completed |= text.equals("Completed") || text.startsWith("Completed QT=");
    removed |= text.startsWith("removed by ");
    // Nobody can be told of mail without a sender, so Exim keeps it.
    kept |= text.startsWith("Frozen (delivery error message)");
    Matcher mark = MARK.matcher(text);
    if (mark.matches()) {
      marked.add(mark.group(1));
    }
    EximDelivery.parse(text).ifPresent(deliveries::add);
  }

  /** Whether it left the spool since it was delivered, to somebody at least. */
  boolean went() {
    return completed
        && !removed
        && deliveries.stream().anyMatch(one -> one.kind() == Kind.DELIVERED_TO_NEXT_HOP);
  }

  /** Whether anybody was delivered to. */
  boolean delivered() {
    return deliveries.stream().anyMatch(one -> one.kind() == Kind.DELIVERED_TO_NEXT_HOP);
  }

  /** Whether Exim is done with it. */
  boolean completed() {
    return completed;
  }

  /** Whether somebody deleted it. */
  boolean removed() {
    return removed;
  }

  /** Whether somebody had Exim count this one as delivered, and nothing proves that it was. */
  boolean spares(EmailAddress recipient) {
    return !proves(recipient)
        && marked.stream().flatMap(m -> EmailAddress.parse(m).stream()).anyMatch(recipient::equals);
  }

  /** Whether the log proves that this one has it. */
  boolean proves(EmailAddress recipient) {
    return result(recipient).filter(r -> r.kind() == Kind.DELIVERED_TO_NEXT_HOP).isPresent();
  }

  /**
   * What became of it for a recipient; empty where nothing is told. Of several deliveries for one,
   * since it is an alias for many, the worst is told, each of them by its newest try.
   */
  Optional<Result> result(EmailAddress recipient) {
    List<EximDelivery> newest = new ArrayList<>();
    for (EximDelivery one : deliveries) {
      if (one.names().contains(recipient)) {
        newest.removeIf(earlier -> earlier.names().equals(one.names()));
        newest.add(one);
      }
    }
    return newest.stream()
        .max(Comparator.comparingInt(one -> gravity(one.kind())))
        .map(one -> new Result(recipient, one.kind(), words(one)));
  }

  private String words(EximDelivery one) {
    if (one.kind() != Kind.PERM_FAIL) {
      return one.words();
    }
    return (kept
            ? "Exim keeps it frozen, since it has no sender to return it to: "
            : "Exim returned it to the sender: ")
        + one.words();
  }

  private static int gravity(Kind kind) {
    return switch (kind) {
      case DELIVERED_TO_NEXT_HOP -> 0;
      case PERM_FAIL -> 2;
      default -> 1;
    };
  }
}
