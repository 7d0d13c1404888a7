package dev.postern.quarantine.exim;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.CrlfContent;
import dev.postern.quarantine.Program;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What only root, or an admin user of Exim, may do: by {@code postern-exim-helper}. Exim ends with
 * 0 whether it delivered, deferred, or had no such message, so what a call came to is looked up in
 * the log and in the spool.
 */
final class EximVerbs {
  private static final int MOST_PRINTED = 64 * 1024;

  /** Envelopes have no bound in Exim; a thousand recipients take less than a megabyte. */
  private static final int MOST_HEADER = 16 * 1024 * 1024;

  private static final int AT_ONCE = 100;
  private static final int WRONG_CALL = 2;
  private static final int NO_EXIM = 3;
  private static final int ABSENT = 6;

  private final Program helper;
  private final Program delivering;

  /**
   * @param helper with what comes before its arguments, such as sudo
   * @param delivering the same with patience for a whole delivery
   */
  EximVerbs(Program helper, Program delivering) {
    this.helper = helper;
    this.delivering = delivering;
  }

  /**
   * Everything that is frozen.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  List<EximId> frozen() {
    Program.Ran<List<EximId>> ran = helper.run(Listing::frozen, "list");
    if (ran.exit() != 0) {
      throw new MailSystemTrouble("the queue of Exim cannot be listed: " + why(ran));
    }
    return ran.result();
  }

  /**
   * A message, frozen or not; empty where Exim has it no more. Its file is replaced when something
   * about it changes, so absence is looked at twice.
   *
   * @throws MailSystemTrouble when it cannot be told
   */
  Optional<Spooled> look(EximId id) {
    return lookOnce(id).or(() -> lookOnce(id));
  }

  private Optional<Spooled> lookOnce(EximId id) {
    // An octet is a character here: lengths in the header count octets.
    Program.Ran<String> ran =
        helper.run(
            printed -> new String(printed.readNBytes(MOST_HEADER), StandardCharsets.ISO_8859_1),
            "look",
            id.text());
    if (ran.exit() == ABSENT) {
      return Optional.empty();
    }
    if (ran.exit() != 0) {
      throw new MailSystemTrouble("message " + id + " cannot be looked at: " + why(ran));
    }
    return Optional.of(
        SpoolHeader.read(ran.result(), id)
            .orElseThrow(
                () -> new MailSystemTrouble("exim -Mvh " + id + " printed no spool header")));
  }

  /**
   * The octets of a message; empty where Exim has it no more.
   *
   * @param most octets that are read
   * @throws MailSystemTrouble when they cannot be had
   */
  Optional<CrlfContent> copy(EximId id, int most) {
    Program.Ran<CrlfContent> ran =
        helper.run(printed -> CrlfContent.read(printed, most), "copy", id.text());
    if (ran.exit() == 0) {
      return Optional.of(ran.result());
    }
    if (look(id).isEmpty()) {
      return Optional.empty();
    }
    throw new MailSystemTrouble("message " + id + " cannot be copied: " + why(ran));
  }

  /** Has these recipients counted as delivered to; whether that was done, the spool says. */
  void spare(EximId id, List<String> recipients) {
    for (int from = 0; from < recipients.size(); from += AT_ONCE) {
      List<String> call = new ArrayList<>(List.of("spare", id.text()));
      call.addAll(recipients.subList(from, Math.min(recipients.size(), from + AT_ONCE)));
      Program.Ran<String> ran = helper.run(MOST_PRINTED, call.toArray(String[]::new));
      if (ran.exit() != 0) {
        throw new MailSystemTrouble("Exim cannot leave recipients out: " + why(ran));
      }
    }
  }

  /** Has it delivered now; returns what went wrong with the call, if anything did. */
  Optional<String> release(EximId id) {
    return told(delivering, "release", id);
  }

  /** Has it deleted; returns what went wrong, if anything did. */
  Optional<String> discard(EximId id) {
    return told(helper, "discard", id);
  }

  private static Optional<String> told(Program program, String verb, EximId id) {
    try {
      Program.Ran<String> ran = program.run(MOST_PRINTED, verb, id.text());
      return ran.exit() == 0 ? Optional.empty() : Optional.of(why(program, ran));
    } catch (MailSystemTrouble trouble) {
      return Optional.of(trouble.words());
    }
  }

  /**
   * Which Exim it is and how it is set up: its version, and settings as {@code exim -bP} prints
   * them.
   *
   * @throws MailSystemTrouble when the helper does not work
   */
  List<String> check() {
    Program.Ran<String> ran = helper.run(MOST_PRINTED, "check");
    if (ran.exit() != 0 || !ran.result().startsWith("postern-exim-helper 1 ")) {
      throw new MailSystemTrouble("the helper does not work: " + why(ran));
    }
    return ran.result().lines().toList();
  }

  private String why(Program.Ran<?> ran) {
    return why(helper, ran);
  }

  private static String why(Program program, Program.Ran<?> ran) {
    String hint =
        switch (ran.exit()) {
          case 1, 126, 127 -> " (may the user of Postern run " + program.name() + "?)";
          case WRONG_CALL, NO_EXIM -> " (is it the helper of this Postern?)";
          default -> "";
        };
    return ran.lastWord() + hint;
  }
}
