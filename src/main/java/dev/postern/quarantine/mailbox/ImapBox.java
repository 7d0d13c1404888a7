package dev.postern.quarantine.mailbox;

import dev.postern.approval.CaseFile;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.card.Finding;
import dev.postern.mail.RawMessage;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.angus.mail.imap.AppendUID;
import org.eclipse.angus.mail.imap.IMAPFolder;
import org.eclipse.angus.mail.imap.IMAPMessage;

/**
 * A folder of an IMAP server. Moves by MOVE (RFC 6851), which is one step, and deletes by UID
 * EXPUNGE (RFC 4315), which takes nothing else with it; a server without them is refused.
 */
final class ImapBox implements Box {
  /** A keyword, which goes with a message when it is moved. */
  private static final Flags MARK = new Flags("$Postern");

  private final ImapLink link;
  private final MailboxSettings.Folders folders;
  private final MailboxSettings.Fields fields;

  ImapBox(ImapLink link, MailboxSettings.Folders folders, MailboxSettings.Fields fields) {
    this.link = link;
    this.folders = folders;
    this.fields = fields;
  }

  @Override
  public List<String> ids() {
    return link.in(
        folders.held(),
        Folder.READ_ONLY,
        folder -> {
          long validity = folder.getUIDValidity();
          List<String> ids = new ArrayList<>();
          // The last one comes always, also where it is below the first (RFC 9051 §6.4.9).
          for (Message message : folder.getMessagesByUID(1, UIDFolder.LASTUID)) {
            long uid = folder.getUID(message);
            if (uid > 0) {
              ids.add(new ImapId(folders.held(), validity, uid).toString());
            }
          }
          return ids;
        });
  }

  @Override
  public Optional<Letter> read(String id, int largest) {
    return link.in(
        folders.held(),
        Folder.READ_ONLY,
        folder -> {
          Optional<IMAPMessage> found = find(folder, id);
          return found.isEmpty()
              ? Optional.<Letter>empty()
              : Optional.of(letter(found.get(), largest));
        });
  }

  private static Letter letter(IMAPMessage message, int largest)
      throws MessagingException, IOException {
    try (InputStream in = message.getMimeStream()) {
      byte[] octets = in.readNBytes(largest);
      boolean whole = octets.length < largest || in.read() < 0;
      return new Letter(RawMessage.of(octets), whole, message.getReceivedDate().toInstant());
    }
  }

  @Override
  public Place place(String id) {
    return link.in(
        folders.held(),
        Folder.READ_ONLY,
        folder -> {
          if (!current(folder, id)) {
            return Place.RENUMBERED;
          }
          Optional<IMAPMessage> found = find(folder, id);
          if (found.isEmpty()) {
            return Place.AWAY;
          }
          return found.get().getFlags().contains(MARK) ? Place.MARKED : Place.HERE;
        });
  }

  @Override
  public boolean mark(String id) {
    boolean kept =
        link.in(
            folders.held(),
            Folder.READ_WRITE,
            folder -> {
              Optional<IMAPMessage> found = find(folder, id);
              if (found.isEmpty() || !keepsMarks(folder)) {
                return false;
              }
              found.get().setFlags(MARK, true);
              return true;
            });
    // Asked again, as what a server said it stored it may not have.
    return kept && place(id) == Place.MARKED;
  }

  @Override
  public void unmark(String id) {
    var _ =
        link.in(
            folders.held(),
            Folder.READ_WRITE,
            folder -> {
              Optional<IMAPMessage> found = find(folder, id);
              if (found.isPresent()) {
                found.get().setFlags(MARK, false);
              }
              return found.isPresent();
            });
  }

  @Override
  public Optional<String> move(String id, String target) {
    require("MOVE");
    return link.in(
        folders.held(),
        Folder.READ_WRITE,
        folder -> {
          Optional<IMAPMessage> found = find(folder, id);
          if (found.isEmpty()) {
            return Optional.<String>empty();
          }
          if (keepsMarks(folder)) {
            found.get().setFlags(MARK, true);
          }
          AppendUID[] moved =
              folder.moveUIDMessages(
                  new Message[] {found.get()}, folder.getStore().getFolder(target));
          return Optional.of(movedTo(target, moved));
        });
  }

  private String movedTo(String target, AppendUID[] moved) {
    return moved != null && moved.length == 1 && moved[0] != null
        ? "moved to " + target + " as " + moved[0].uidvalidity + ";" + moved[0].uid
        : "moved to " + target;
  }

  @Override
  public Optional<String> delete(String id) {
    require("UIDPLUS");
    return link.in(
        folders.held(),
        Folder.READ_WRITE,
        folder -> {
          Optional<IMAPMessage> found = find(folder, id);
          if (found.isEmpty()) {
            return Optional.<String>empty();
          }
          found.get().setFlag(Flags.Flag.DELETED, true);
          folder.expunge(new Message[] {found.get()});
          return find(folder, id).isPresent()
              ? Optional.empty()
              : Optional.of("deleted from " + folders.held());
        });
  }

  @Override
  public boolean has(String target, CaseFile held) {
    List<RawMessage> like =
        link.in(
            target,
            // Read-only, a server does not say whether it keeps keywords.
            Folder.READ_WRITE,
            folder -> new ImapSearch(folder).like(held, keepsMarks(folder) ? MARK : new Flags()));
    // More than one, and nobody can tell whether one of them is this one.
    return like.stream()
            .filter(it -> Wrapping.of(it, fields).isFor(held.envelope().recipients(), fields))
            .count()
        == 1;
  }

  private void require(String capability) {
    if (!link.talk(store -> store.hasCapability(capability))) {
      throw new MailSystemTrouble(
          "the server does not offer "
              + capability
              + ", without which nothing is moved or deleted");
    }
  }

  private static boolean current(IMAPFolder folder, String id) throws MessagingException {
    Optional<ImapId> parsed = ImapId.parse(id);
    return parsed.isPresent()
        && parsed.get().folder().equals(folder.getFullName())
        && parsed.get().validity() == folder.getUIDValidity();
  }

  private static Optional<IMAPMessage> find(IMAPFolder folder, String id)
      throws MessagingException {
    if (!current(folder, id)) {
      return Optional.empty();
    }
    Message found = folder.getMessageByUID(ImapId.parse(id).orElseThrow().uid());
    return Optional.ofNullable((IMAPMessage) found).filter(it -> !it.isExpunged());
  }

  private static boolean keepsMarks(IMAPFolder folder) {
    Flags kept = folder.getPermanentFlags();
    return kept != null && (kept.contains(Flags.Flag.USER) || kept.contains(MARK));
  }

  @Override
  public List<Finding> look(boolean marks) {
    return new ImapCheck(link, folders, ImapBox::keepsMarks).look(marks);
  }
}
