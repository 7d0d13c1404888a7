package dev.postern.web;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardView;
import java.util.Optional;

/** The card of a case as the console words it. */
final class CaseCards {
  private final WebParts parts;

  CaseCards(WebParts parts) {
    this.parts = parts;
  }

  /** The card for reading: nothing on it can be clicked. */
  CardView toRead(CaseFile file) {
    return write(file, Optional.empty());
  }

  /** The card for somebody who may vote with this token. */
  CardView toDecide(CaseFile file, String token) {
    return write(file, Optional.of(token));
  }

  private CardView write(CaseFile file, Optional<String> token) {
    Backstory before = parts.cases().backstory(file.id());
    return parts.cards().write(file, before, row(file), token, parts.clock().instant());
  }

  /** The console draws cards at the moment they are read, so its row needs no keeping. */
  private static CardRow row(CaseFile file) {
    int revision = Math.toIntExact(Math.max(1, Math.min(file.version(), Integer.MAX_VALUE)));
    return new CardRow(
        "web-" + file.id(),
        file.id(),
        CardPlace.WEB,
        Optional.empty(),
        Optional.empty(),
        revision,
        revision);
  }
}
