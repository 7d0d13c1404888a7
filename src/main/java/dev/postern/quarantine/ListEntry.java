package dev.postern.quarantine;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.mail.EmailAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who could be put on a mail system's own list after a decision that people took. An address that
 * may be forged would be allowed for whoever forges it, or blocked for its owner, so there is only
 * an entry for a sender that the evidence proves.
 *
 * @param sender an address of letters, digits, and {@code . _ + -} only: nothing of it means
 *     anything in a shell, in PowerShell, in JSON or in an address of the web
 * @param recipient of the message, the same; the first of several
 * @param blocks whether it is to be blocked, or else allowed
 */
public record ListEntry(String sender, String recipient, boolean blocks) {
  private static final Pattern PLAIN =
      Pattern.compile(
          "[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@([A-Za-z0-9][A-Za-z0-9-]{0,62}\\.){1,8}[A-Za-z]{2,63}");

  /** The entry that a case suggests; empty where it suggests none. */
  public static Optional<ListEntry> of(CaseFile decided) {
    Optional<Choice> choice =
        decided
            .decision()
            .filter(it -> it.by() == Decision.By.PEOPLE && decided.state() == CaseState.DONE)
            .map(Decision::choice);
    boolean proved = decided.evidence().map(Evidence::dmarc).filter(ListEntry::passed).isPresent();
    String sender = decided.message().from();
    String recipient = decided.envelope().recipients().getFirst().toString();
    if (choice.isEmpty()
        || !proved
        || !plain(sender)
        || !plain(recipient)
        || own(sender, decided)) {
      return Optional.empty();
    }
    return Optional.of(new ListEntry(sender, recipient, choice.get() instanceof Choice.Discard));
  }

  private static boolean passed(DmarcFinding dmarc) {
    return dmarc.result() == DmarcResult.PASS;
  }

  /** Short enough to be shown whole: a command that is cut is a different one. */
  private static boolean plain(String address) {
    return address.length() <= 50 && PLAIN.matcher(address).matches();
  }

  /** Nobody blocks or allows their own house by a click. */
  private static boolean own(String sender, CaseFile decided) {
    String domain = domain(sender);
    return decided.envelope().recipients().stream()
        .map(EmailAddress::toString)
        .anyMatch(to -> domain(to).equals(domain));
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }
}
