package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.card.Cleaner;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the built-in next hop was given: the proof that a release really left Postern. */
final class MailboxPage {
  private static final int SHOWN_RECIPIENTS = 5;

  private final WebParts parts;
  private final Navigation navigation;
  private final Pages pages;

  MailboxPage(WebParts parts, Navigation navigation, Pages pages) {
    this.parts = parts;
    this.navigation = navigation;
    this.pages = pages;
  }

  void show(Context ctx, Reader reader) {
    List<MailboxLine> lines =
        parts
            .mailbox()
            .map(m -> m.delivered().stream().map(MailboxPage::line).toList())
            .orElse(List.of());
    Frame frame = pages.framed("Mailbox", navigation.at("mailbox", reader));
    pages.show(ctx, 200, "mailbox.jte", Map.of("frame", frame, "lines", lines));
  }

  private static MailboxLine line(Mailbox.Delivered d) {
    return new MailboxLine(
        d.queueId(),
        d.at(),
        d.mailFrom().isEmpty() ? Optional.empty() : Optional.of(address(d.mailFrom())),
        d.recipients().stream().limit(SHOWN_RECIPIENTS).map(MailboxPage::address).toList(),
        Math.max(0, d.recipients().size() - SHOWN_RECIPIENTS),
        Piece.of(Cleaner.clean(d.subject(), SUBJECT)),
        d.size(),
        d.sha256());
  }

  private static Piece address(String raw) {
    return Piece.of(Cleaner.clean(raw, ADDRESS));
  }
}
