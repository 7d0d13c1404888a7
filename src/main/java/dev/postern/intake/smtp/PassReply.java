package dev.postern.intake.smtp;

import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.intake.SmtpReply;
import dev.postern.mail.EmailAddress;
import java.util.List;

/**
 * The one reply that DATA has, for a message that the next hop answered per recipient.
 *
 * <ul>
 *   <li>All took it: 250 with the next hop's words.
 *   <li>One may yet take it: 451, and the client comes again. Who has it already is remembered, so
 *       that the next attempt leaves them out.
 *   <li>None took it and none will: 5xx with the next hop's words.
 *   <li>Some took it and the others never will: 250. A 5xx would make the client report a failure
 *       to everybody, and a 451 would repeat in vain. The reply and a line in the log name who was
 *       refused. A front MTA that hands over one recipient per transaction never gets here.
 * </ul>
 *
 * @param reply what the client is told
 * @param delivered who has the message
 * @param undelivered who has not
 */
record PassReply(SmtpReply reply, List<EmailAddress> delivered, List<EmailAddress> undelivered) {

  static PassReply of(Outcome outcome) {
    List<Outcome.Result> good = outcome.results().stream().filter(r -> r.kind().proof()).toList();
    List<Outcome.Result> bad = outcome.results().stream().filter(r -> !r.kind().proof()).toList();
    return new PassReply(reply(good, bad), recipients(good), recipients(bad));
  }

  /** Whether the client will come again. */
  boolean retry() {
    return reply.code() / 100 == 4;
  }

  /** Whether the client was told that not everybody got it. */
  boolean clientKnows() {
    return reply.code() / 100 != 2;
  }

  private static SmtpReply reply(List<Outcome.Result> good, List<Outcome.Result> bad) {
    var later = bad.stream().filter(r -> mayYet(r.kind())).findFirst();
    if (later.isPresent() || (good.isEmpty() && bad.isEmpty())) {
      String words = later.map(Outcome.Result::words).orElse("nobody was asked");
      return SmtpReply.passOn(words, new SmtpReply(451, "4.4.0 next hop, try again later"));
    }
    if (bad.isEmpty()) {
      return SmtpReply.passOn(good.getFirst().words(), new SmtpReply(250, "2.0.0 next hop"));
    }
    if (good.isEmpty()) {
      return SmtpReply.passOn(bad.getFirst().words(), new SmtpReply(554, "5.0.0 next hop"));
    }
    return new SmtpReply(
        250,
        "2.0.0 delivered to "
            + good.size()
            + ", refused for "
            + recipients(bad)
            + ": "
            + bad.getFirst().words());
  }

  /**
   * What is uncertain counts as not delivered: a second copy is a nuisance, a lost message a harm
   * (RFC 5321 §4.5.3.2.6).
   */
  private static boolean mayYet(Kind kind) {
    return switch (kind) {
      case TEMP_FAIL, UNCERTAIN -> true;
      case DELIVERED_TO_NEXT_HOP, ACCEPTED_ASYNC, ALREADY_DONE, DISCARDED, NOT_FOUND, PERM_FAIL ->
          false;
    };
  }

  private static List<EmailAddress> recipients(List<Outcome.Result> results) {
    return results.stream().map(Outcome.Result::recipient).toList();
  }
}
