package dev.postern.quarantine.mailbox;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import jakarta.mail.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.angus.mail.imap.IMAPFolder;

/** Looks over an IMAP server, and says what to mend. Changes nothing. */
final class ImapCheck {
  private final ImapLink link;
  private final MailboxSettings.Folders folders;
  private final Predicate<IMAPFolder> keepsMarks;

  ImapCheck(ImapLink link, MailboxSettings.Folders folders, Predicate<IMAPFolder> keepsMarks) {
    this.link = link;
    this.folders = folders;
    this.keepsMarks = keepsMarks;
  }

  List<Finding> look(boolean marks) {
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(capability("MOVE"));
      findings.add(capability("UIDPLUS"));
    } catch (MailSystemTrouble trouble) {
      return List.of(
          Finding.wrong(
              trouble.words(),
              "Postern does not see what is held, and releases nothing.",
              "see mail.mailbox.imap, .tls, .user and .password"));
    }
    findings.add(held(marks));
    findings.add(there(folders.released()));
    folders.discarded().ifPresent(name -> findings.add(there(name)));
    return findings;
  }

  private Finding capability(String name) {
    return link.talk(store -> store.hasCapability(name))
        ? Finding.well("the server offers " + name)
        : Finding.wrong(
            "the server does not offer " + name,
            "Without it a message could be moved twice, or others deleted with it.",
            "use a server that does: Dovecot, Cyrus, Exchange and Gmail do");
  }

  private Finding held(boolean marks) {
    try {
      return link.in(
          folders.held(),
          Folder.READ_WRITE,
          folder ->
              marks && !keepsMarks.test(folder)
                  ? Finding.wrong(
                      "folder " + folders.held() + " keeps no keywords",
                      "After a crash nobody would know whether a message was sent.",
                      "allow keywords, or release by moving: leave mail.mailbox.reinject out")
                  : Finding.well(
                      "folder " + folders.held() + " holds " + folder.getMessageCount()));
    } catch (MailSystemTrouble trouble) {
      return missing(trouble);
    }
  }

  private Finding there(String name) {
    try {
      return link.in(
          name, Folder.READ_ONLY, folder -> Finding.well("folder " + name + " is there"));
    } catch (MailSystemTrouble trouble) {
      return missing(trouble);
    }
  }

  private static Finding missing(MailSystemTrouble trouble) {
    return Finding.wrong(
        trouble.words(),
        "Messages cannot be taken from there, or moved there.",
        "make the folder, or set mail.mailbox.folder, .released or .discarded to the right one");
  }
}
