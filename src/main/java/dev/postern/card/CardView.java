package dev.postern.card;

import java.util.List;
import java.util.Optional;

/**
 * One worded view of a case. Slack, Teams and the web page only lay it out; no renderer adds, drops
 * or rewords a row.
 *
 * @param state a slug such as {@code pending}, {@code released}, {@code release-failed}
 * @param caseId as people read it, {@code PN-7F3K-2QXD}
 * @param rev the card's revision, part of every Slack {@code block_id}
 * @param title own text, at most 150 characters
 * @param verdict how bad it is and why, on cards that ask
 * @param lead what happened, on cards that tell
 * @param groups blocks of facts
 * @param actions buttons, at most 5; none where nothing can be decided any more
 * @param recipients choices of a release to some, at most 25
 * @param evidence what "More evidence" shows
 * @param footer case and evidence number
 * @param fallback for notifications and screen readers, at most 300 characters
 */
public record CardView(
    String state,
    String caseId,
    int rev,
    String title,
    Optional<Verdict> verdict,
    List<List<Run>> lead,
    List<Group> groups,
    List<CardAction> actions,
    List<Foreign> recipients,
    List<Group> evidence,
    String footer,
    String fallback) {

  /** How bad it looks. */
  public enum Level {
    HIGH,
    MEDIUM,
    LOW,
    UNKNOWN
  }

  /**
   * The verdict line.
   *
   * @param level how bad
   * @param reason one sentence that names the contradiction
   */
  public record Verdict(Level level, List<Run> reason) {}

  /**
   * A label and what stands behind it.
   *
   * @param label own text
   * @param value a line
   */
  public record Row(String label, List<Run> value) {}

  /**
   * A block of facts.
   *
   * @param id letters and digits, at most 20
   * @param title own text, may be empty
   * @param rows the facts
   */
  public record Group(String id, String title, List<Row> rows) {}

  /**
   * A button.
   *
   * @param id {@code pn.release}, {@code pn.discard}, {@code pn.evidence}
   * @param label at most 30 characters; ends in … where a form follows
   * @param token what the button carries, {@code pn1.…}
   * @param style emphasis
   * @param say label for screen readers, at most 75 characters
   * @param confirm question asked before it acts
   */
  public record CardAction(
      String id, String label, String token, Style style, String say, Optional<Confirm> confirm) {}

  /** Emphasis of a button. */
  public enum Style {
    PLAIN,
    PRIMARY,
    DANGER
  }

  /**
   * A question before an action.
   *
   * @param title at most 100 characters
   * @param text at most 300
   * @param yes at most 30
   * @param no at most 30
   */
  public record Confirm(String title, String text, String yes, String no) {}
}
