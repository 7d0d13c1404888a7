package dev.postern.card;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import dev.postern.approval.Tokens;
import java.time.Instant;
import java.util.Optional;

/** Draws the card of a row as its case stands now, with the token that its buttons carry. */
public final class Easel {
  private final CaseBook book;
  private final Tokens tokens;
  private final CardWriter writer;

  /** Takes its parts. */
  public Easel(CaseBook book, Tokens tokens, CardWriter writer) {
    this.book = book;
    this.tokens = tokens;
    this.writer = writer;
  }

  /** The card; empty where retention removed the case. */
  public Optional<CardView> draw(CardRow row, Instant now) {
    return book.find(row.caseId()).map(file -> draw(file, book.backstory(row.caseId()), row, now));
  }

  CardView draw(CaseFile file, Backstory before, CardRow row, Instant now) {
    Optional<TokenId> token = before.questionAt(row.place()).map(Testimony::id).or(row::token);
    return writer.write(file, before, row, token.map(tokens::seal), now);
  }
}
