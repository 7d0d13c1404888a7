package dev.postern.quarantine.postfix;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Program;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * What only root may do at Postfix, by {@code postern-postfix-helper}. Postfix ends with 0 also
 * when it did nothing, so what counts is the line for the message and the sum below it, word for
 * word; everything else is looked up in the queue.
 */
final class FixedVerbs {
  private static final int MOST_PRINTED = 4096;
  private static final int WRONG_CALL = 2;
  private static final int NO_POSTFIX = 3;
  private static final int NOT_ASKED_TO_DELIVER = 5;
  private static final int NOT_HELD = 6;

  private final Program helper;

  /** Takes the helper with what comes before its arguments, such as sudo. */
  FixedVerbs(Program helper) {
    this.helper = helper;
  }

  /** Takes a message off hold and asks for its delivery. */
  Deed release(QueueId id) {
    return tell("release", id, id + ": released from hold", "Released from hold: ");
  }

  /** Deletes a message that is on hold. */
  Deed discard(QueueId id) {
    return tell("discard", id, id + ": removed", "Deleted: ");
  }

  /**
   * A held message as it is in the queue; empty where it is not on hold.
   *
   * @param most octets of content that are read
   * @throws MailSystemTrouble when it cannot be had
   */
  Optional<QueueFile> copy(QueueId id, int most) {
    Program.Ran<Optional<QueueFile>> ran =
        helper.run(printed -> read(printed, id, most), "copy", id.text());
    if (ran.exit() == 0 && ran.result().isPresent()) {
      return ran.result();
    }
    if (ran.exit() == NOT_HELD) {
      return Optional.empty();
    }
    throw new MailSystemTrouble("message " + id + " cannot be copied: " + why(ran));
  }

  private static Optional<QueueFile> read(InputStream printed, QueueId id, int most)
      throws IOException {
    return QueueFile.read(printed, id, most);
  }

  /** What keeps the helper from working; empty when nothing does. */
  Optional<String> trouble() {
    try {
      Program.Ran<String> ran = helper.run(MOST_PRINTED, "check");
      boolean fits = ran.exit() == 0 && ran.result().startsWith("postern-postfix-helper 1 ");
      return fits ? Optional.empty() : Optional.of("the helper does not work: " + why(ran));
    } catch (MailSystemTrouble trouble) {
      return Optional.of(trouble.words());
    }
  }

  private Deed tell(String verb, QueueId id, String line, String sum) {
    Program.Ran<String> ran;
    try {
      ran = helper.run(MOST_PRINTED, verb, id.text());
    } catch (MailSystemTrouble trouble) {
      return new Deed.Unsure(trouble.words());
    }
    List<String> said = ran.complaints().lines().toList();
    boolean named = said.contains("postsuper: " + line);
    boolean whole = ran.exit() == 0 || ran.exit() == NOT_ASKED_TO_DELIVER;
    if (whole && named && said.contains("postsuper: " + sum + "1 message")) {
      return new Deed.Done(ran.exit() == 0, line);
    }
    // postsuper renames the file, says so, and only then finds that nobody writes the log.
    if (named && ran.lastWord().contains("postsuper: fatal: open logfile")) {
      return new Deed.Done(false, line);
    }
    if (whole && !named && said.contains("postsuper: " + sum + "0 messages")) {
      return new Deed.Nothing();
    }
    boolean postfixSpoke = ran.complaints().contains("postsuper: ");
    return ran.exit() <= NO_POSTFIX && ran.exit() > 0 && !postfixSpoke
        ? new Deed.Refused(why(ran))
        : new Deed.Unsure(why(ran));
  }

  private String why(Program.Ran<?> ran) {
    String hint =
        switch (ran.exit()) {
          case 1, 126, 127 -> " (may the user of Postern run " + helper.name() + "?)";
          case WRONG_CALL, NO_POSTFIX -> " (is it the helper of this Postern?)";
          default -> "";
        };
    return ran.lastWord() + hint;
  }
}
