package dev.postern.web;

import dev.postern.card.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Exceptions from the rules, and the form by which one is asked for.
 *
 * @param rows the newest request first
 * @param draft what the form shows
 * @param longest how long one may last, in hours
 * @param most how many messages one may decide about
 * @param said the answer to what was just sent
 * @param ok whether that came about
 * @param formToken against forged requests
 */
public record GrantScreen(
    List<Row> rows,
    Draft draft,
    long longest,
    int most,
    Optional<Notice> said,
    boolean ok,
    String formToken) {
  /** Copies the list, so that a screen never changes. */
  public GrantScreen {
    rows = List.copyOf(rows);
  }

  /**
   * One grant.
   *
   * @param id its name
   * @param caseId where people decide about it
   * @param state in a word
   * @param open whether it can be ended
   * @param kind {@code allow} or {@code block}
   * @param from whose mail
   * @param like what it must be like; empty for all of it
   * @param to for whom; empty for everybody
   * @param until when it ends
   * @param count how many of how many messages
   * @param proof what DMARC has to say, in words; empty of a block
   * @param owner who asked
   * @param reason why
   */
  public record Row(
      String id,
      String caseId,
      String state,
      boolean open,
      String kind,
      Piece from,
      Optional<Like> like,
      Optional<Piece> to,
      Instant until,
      String count,
      String proof,
      Piece owner,
      Piece reason) {}

  /**
   * The message that others must be like.
   *
   * @param caseId its case
   * @param subject its subject
   */
  public record Like(String caseId, Piece subject) {}

  /**
   * What the form says, as it was typed or is proposed.
   *
   * @param kind {@code allow} or {@code block}
   * @param from whose mail
   * @param ofKind whether only mail of the same kind as that of the case it is about
   * @param to for whom
   * @param hours for how long
   * @param most how many messages
   * @param unproved whether also what is not proved
   * @param reason why
   * @param about the case on whose page it was begun; empty without
   */
  public record Draft(
      String kind,
      String from,
      boolean ofKind,
      String to,
      String hours,
      String most,
      boolean unproved,
      String reason,
      String about) {}
}
