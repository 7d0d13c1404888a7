package dev.postern.card;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One worded view of a case. Slack, Teams and the web page only lay it out; no renderer adds, drops
 * or rewords a row.
 *
 * @param kind what it is about
 * @param state a slug: {@code pending}, {@code voted}, {@code releasing}, {@code released}, {@code
 *     discarding}, {@code discarded}, {@code expired}, {@code escalated}, {@code superseded},
 *     {@code failed}, {@code lookup}, {@code found}, {@code check}, {@code home}, {@code help}
 * @param caseId as people read it, {@code PN-7F3K-2QXD}; empty on cards that are about no case
 * @param rev the card's revision, at least 1, part of every Slack {@code block_id}
 * @param title own text, at most 150 characters
 * @param verdict how bad it is and why, on cards that ask
 * @param lead what happened, on cards that tell
 * @param groups blocks of facts
 * @param actions buttons, at most 5; none where nothing can be decided any more
 * @param overflow rare actions behind a menu, at most 5; none where there are no buttons
 * @param recipients choices of a release to some: every recipient in envelope order, so that the
 *     position names the recipient; empty when there are more than 25
 * @param evidence what "More evidence" shows
 * @param footer case and evidence number
 * @param fallback for notifications and screen readers, at most 300 characters
 */
public record CardView(
    Kind kind,
    String state,
    String caseId,
    int rev,
    String title,
    Optional<Verdict> verdict,
    List<List<Run>> lead,
    List<Group> groups,
    List<CardAction> actions,
    List<Rare> overflow,
    List<Foreign> recipients,
    List<Group> evidence,
    String footer,
    String fallback) {

  /** Copies the lists, so that a view never changes. */
  public CardView {
    lead = List.copyOf(lead);
    groups = List.copyOf(groups);
    actions = List.copyOf(actions);
    overflow = List.copyOf(overflow);
    recipients = List.copyOf(recipients);
    evidence = List.copyOf(evidence);
  }

  /** A card without rare actions. */
  public CardView(
      Kind kind,
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
    this(
        kind,
        state,
        caseId,
        rev,
        title,
        verdict,
        lead,
        groups,
        actions,
        List.of(),
        recipients,
        evidence,
        footer,
        fallback);
  }

  /** The same where more than one person sees it. */
  public CardView toAll() {
    return new CardView(
        kind,
        state,
        caseId,
        rev,
        title,
        verdict,
        lead,
        groups,
        actions,
        overflow,
        recipients,
        evidence,
        footer.replace(Notice.PRIVATE, "").strip(),
        fallback);
  }

  /**
   * The same for somebody who decides nothing: only what opens something is left of the buttons.
   *
   * @param more what such a person is told, below the facts
   */
  CardView withoutButtons(Group more) {
    List<Group> all = new ArrayList<>(groups);
    all.add(more);
    return new CardView(
        kind,
        state,
        caseId,
        rev,
        title,
        verdict,
        lead,
        all,
        actions.stream().filter(action -> action.url().isPresent()).toList(),
        List.of(),
        List.of(),
        evidence,
        footer,
        fallback);
  }

  /** Whether something can be decided by its buttons. */
  public boolean decides() {
    return actions.stream().anyMatch(action -> action.stake().isPresent());
  }

  /** What a card is about. */
  public enum Kind {
    /** A held message. */
    MESSAGE,
    /** Several held messages of one kind, decided together. */
    CAMPAIGN,
    /** What somebody asks for: a grant. */
    REQUEST,
    /** The private answer to something that somebody did. */
    NOTICE,
    /** The private answer to a lookup. */
    LOOKUP,
    /** What a domain publishes about its mail. */
    CHECK,
    /** What waits for one person. */
    HOME,
    /** The private answer to a call for help. */
    HELP
  }

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
  public record Verdict(Level level, List<Run> reason) {
    /** Copies the list, so that a verdict never changes. */
    public Verdict {
      reason = List.copyOf(reason);
    }
  }

  /**
   * A label and what stands behind it.
   *
   * @param label own text
   * @param value a line
   */
  public record Row(String label, List<Run> value) {
    /** Copies the list, so that a row never changes. */
    public Row {
      value = List.copyOf(value);
    }
  }

  /**
   * A block of facts.
   *
   * @param id lower-case letters and digits, at most 20
   * @param title own text, may be empty
   * @param rows the facts
   * @param lines lines without a label, below the rows
   * @param actions buttons of this block alone
   */
  public record Group(
      String id, String title, List<Row> rows, List<List<Run>> lines, List<CardAction> actions) {
    /** Copies the lists, so that a group never changes. */
    public Group {
      rows = List.copyOf(rows);
      lines = List.copyOf(lines);
      actions = List.copyOf(actions);
    }

    /** A block without buttons of its own. */
    public Group(String id, String title, List<Row> rows, List<List<Run>> lines) {
      this(id, title, rows, lines, List.of());
    }

    /** A block of labelled facts only. */
    public Group(String id, String title, List<Row> rows) {
      this(id, title, rows, List.of());
    }
  }

  /**
   * A button.
   *
   * @param id {@code pn.release}, {@code pn.release_some}, {@code pn.discard}, {@code pn.evidence},
   *     {@code pn.look}, {@code pn.goto}
   * @param label at most 30 characters; ends in … where a form follows
   * @param token what the button carries, {@code pn1.…}
   * @param style emphasis
   * @param say label for screen readers, at most 75 characters
   * @param confirm question asked before it acts
   * @param url what it opens: the platform's own link to a card; a button without acts by itself
   * @param stake what hangs on it, where it decides; for forms
   */
  public record CardAction(
      String id,
      String label,
      String token,
      Style style,
      String say,
      Optional<Confirm> confirm,
      Optional<URI> url,
      Optional<Stake> stake) {
    /** A button that acts. */
    public CardAction(
        String id, String label, String token, Style style, String say, Optional<Confirm> confirm) {
      this(id, label, token, style, say, confirm, Optional.empty(), Optional.empty());
    }

    /** A button that only opens something. */
    static CardAction link(String label, URI url) {
      return new CardAction(
          "pn.goto",
          label,
          "",
          Style.PLAIN,
          "",
          Optional.empty(),
          Optional.of(url),
          Optional.empty());
    }

    /** The same button, which decides. */
    CardAction with(Stake what) {
      return new CardAction(id, label, token, style, say, confirm, url, Optional.of(what));
    }

    /** A button that only shows something. */
    public static CardAction look(String id, String label, String token) {
      return new CardAction(id, label, token, Style.PLAIN, "", Optional.empty());
    }
  }

  /**
   * What hangs on a decision.
   *
   * @param consequence what then happens, one to three sentences
   * @param reasonNeeded whether the vote needs words
   * @param later what the vote can say of later messages, for a box to tick; empty where it cannot
   */
  public record Stake(String consequence, boolean reasonNeeded, Optional<String> later) {
    /** Below such a box: when it counts. */
    public static final String IF_LATER =
        "It counts if all who decide tick it. Where policy wants others to agree, they are asked.";
  }

  /**
   * One entry of the menu of rare actions.
   *
   * @param id {@code pn.ask}, {@code pn.handover}, {@code pn.recheck}, {@code pn.block}, {@code
   *     pn.allow}
   * @param label at most 30 characters; ends in … where a form follows
   * @param token what the entry carries, {@code pn1.…}
   */
  public record Rare(String id, String label, String token) {}

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
