package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.SmtpNextHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases a message by SMTP, and moves it then. The message is marked right before the final dot:
 * who finds the mark after a crash knows that it may have gone, and who finds none knows that it
 * has not.
 */
final class SendOn {
  private static final Logger LOG = LoggerFactory.getLogger(SendOn.class);

  private final MailboxParts parts;
  private final SmtpNextHop hop;

  SendOn(MailboxParts parts, SmtpNextHop hop) {
    this.parts = parts;
    this.hop = hop;
  }

  Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    String id = held.hold().id();
    Optional<EmailAddress> own = parts.settings().fields().own();
    if (to.stream().anyMatch(recipient -> Wrapping.sameAs(recipient, own))) {
      return Outcome.forAll(
          to,
          Kind.PERM_FAIL,
          "nobody knows whom it was for, so it cannot be sent on: move it by hand");
    }
    Optional<Box.Letter> letter = parts.box().read(id, parts.settings().largest());
    if (letter.isEmpty()) {
      return Outcome.forAll(to, Kind.NOT_FOUND, "the mailbox does not have it any more");
    }
    if (!letter.get().whole()) {
      return Outcome.forAll(
          to,
          Kind.PERM_FAIL,
          "it has more than " + parts.settings().largest() + " octets (mail.smtp.max-size)");
    }
    if (!Wrapping.of(letter.get().raw(), parts.settings().fields()).senderTold()) {
      return Outcome.forAll(
          to, Kind.PERM_FAIL, "nobody knows who sent it (mail.mailbox.sender-fields)");
    }
    if (!mandate.stands()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "another process has taken this over");
    }
    // What earlier tries came to is in the case by now: only this one is to be told by the mark.
    if (parts.box().place(id) == Box.Place.MARKED) {
      parts.box().unmark(id);
    }
    return sent(held, to, letter.get().raw(), mandate);
  }

  private Outcome sent(CaseFile held, List<EmailAddress> to, RawMessage raw, Mandate mandate) {
    String id = held.hold().id();
    AtomicReference<String> obstacle = new AtomicReference<>("");
    Mandate marking =
        new Mandate(
            mandate.attempt(), () -> mandate.stands() && marked(id, obstacle) && mandate.stands());
    RawMessage content = Wrapping.unwrapped(raw, parts.settings().fields());
    Outcome said = hop.send(held.envelope(), to, content, marking);
    if (!obstacle.get().isEmpty()) {
      return Outcome.forAll(to, Kind.TEMP_FAIL, "not sent: " + obstacle.get());
    }
    boolean refused =
        said.results().stream().noneMatch(r -> r.kind().proof() || r.kind() == Kind.UNCERTAIN);
    if (refused && mandate.stands()) {
      forget(id);
    }
    return ended(held, said);
  }

  /** A mark that stays only has people asked once more than is needed. */
  private void forget(String id) {
    try {
      parts.box().unmark(id);
    } catch (MailSystemTrouble stays) {
      // as said
    }
  }

  private boolean marked(String id, AtomicReference<String> obstacle) {
    try {
      boolean marked = parts.box().mark(id);
      if (!marked) {
        obstacle.set("it is not there any more, or the folder keeps no marks");
      }
      return marked;
    } catch (MailSystemTrouble trouble) {
      obstacle.set(trouble.words());
      return false;
    }
  }

  /** Once nobody is to get it any more, the held one goes. */
  private Outcome ended(CaseFile held, Outcome outcome) {
    List<Result> results = new ArrayList<>(outcome.results());
    boolean settled =
        results.stream().allMatch(r -> r.kind().proof() || r.kind() == Kind.PERM_FAIL);
    held.outcome().ifPresent(earlier -> results.addAll(earlier.results()));
    boolean anybody = results.stream().anyMatch(r -> r.kind().proof());
    if (!settled || !anybody) {
      return outcome;
    }
    return tidied(held, outcome);
  }

  /** Moves the held one, whose recipients have it; this can be repeated. */
  Outcome tidied(CaseFile held, Outcome outcome) {
    String released = parts.settings().folders().released();
    try {
      return parts
          .box()
          .move(held.hold().id(), released)
          .map(_ -> outcome)
          .orElseGet(() -> remarked(outcome, "the held one was gone before"));
    } catch (MailSystemTrouble trouble) {
      LOG.warn("case={} is not moved to {} yet: {}", held.id(), released, trouble.words());
      return outcome.leaving("the held one is not moved to " + released + " yet");
    }
  }

  private static Outcome remarked(Outcome outcome, String remark) {
    return new Outcome(
        outcome.results().stream()
            .map(r -> new Result(r.recipient(), r.kind(), r.words() + " (" + remark + ")"))
            .toList());
  }
}
