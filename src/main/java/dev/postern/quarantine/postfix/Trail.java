package dev.postern.quarantine.postfix;

import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the log tells of one message. Its lines come in any order, since several processes write
 * them.
 */
final class Trail {
  private static final Pattern TAKEN_UP =
      Pattern.compile("from=<.*>, size=[0-9]+, nrcpt=([0-9]{1,6}) \\(queue active\\)");

  private final List<Delivery> deliveries = new ArrayList<>();
  private int recipients;
  private boolean ended;
  private boolean deleted;

  /** Reads lines of this message. */
  Trail follow(Collection<LogLine> lines) {
    lines.forEach(this::follow);
    return this;
  }

  private void follow(LogLine line) {
    switch (line.service()) {
      case "qmgr" -> {
        Matcher form = TAKEN_UP.matcher(line.text());
        if (form.matches()) {
          recipients = Math.max(recipients, Integer.parseInt(form.group(1)));
        }
        ended |= line.text().equals("removed");
      }
      case "postsuper" -> deleted |= line.text().equals("removed");
      default -> Delivery.parse(line.text()).ifPresent(deliveries::add);
    }
  }

  /** Whether Postfix began to deliver it. A message on hold never gets there. */
  boolean takenUp() {
    return recipients > 0;
  }

  /** Whether there is a word on each recipient that it had. */
  boolean complete() {
    return deliveries.stream().flatMap(one -> one.called().stream()).distinct().count()
        >= recipients;
  }

  /** Whether Postfix is done with it. */
  boolean ended() {
    return ended;
  }

  /** Whether somebody deleted it. */
  boolean deleted() {
    return deleted;
  }

  /** Whether there is a word on each of them. */
  boolean tellsOf(Collection<EmailAddress> recipients) {
    return recipients.stream().allMatch(r -> result(r).isPresent());
  }

  /**
   * What became of it for a recipient; empty where nothing is told. Where several deliveries were
   * made for one, since it is an alias for many, the worst is told, each of them by its newest try.
   */
  Optional<Result> result(EmailAddress recipient) {
    List<Delivery> newest = new ArrayList<>();
    for (Delivery one : deliveries) {
      if (one.isFor(recipient)) {
        newest.removeIf(earlier -> earlier.names().equals(one.names()));
        newest.add(one);
      }
    }
    return newest.stream()
        .max(Comparator.comparingInt(one -> gravity(one.kind())))
        .map(one -> new Result(recipient, one.kind(), one.words()));
  }

  private static int gravity(Kind kind) {
    return switch (kind) {
      case DELIVERED_TO_NEXT_HOP -> 0;
      case PERM_FAIL -> 2;
      default -> 1;
    };
  }
}
