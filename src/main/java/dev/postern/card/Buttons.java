package dev.postern.card;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Confirm;
import dev.postern.card.CardView.Level;
import dev.postern.card.CardView.Rare;
import dev.postern.card.CardView.Style;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The buttons of a card that asks. The easy way is never the dangerous one: only at low risk does
 * one click release, and then after a question.
 */
record Buttons(CaseFile file, Stage stage, Optional<SetCard> set) {

  List<CardAction> row(Level level, String token, Set<Ability> able) {
    int recipients = file.envelope().recipients().size();
    boolean form = releaseNeedsForm(stage, level);
    CardView.Stake release = Stakes.ofRelease(file, set);
    CardView.Stake discard = Stakes.ofDiscard(file, set);
    List<CardAction> buttons = new ArrayList<>();
    buttons.add(
        set.map(all -> releaseAll(all, level, form || release.later().isPresent(), token))
            .orElseGet(() -> release(level, form, recipients, token))
            .with(release));
    boolean some = able.contains(Ability.PARTIAL_RELEASE) && set.isEmpty();
    if (some && !form && recipients > 1 && recipients <= CardWriter.MOST_CHOICES) {
      buttons.add(
          plain(
              "pn.release_some", "Choose recipients…", token, "Release to some of the recipients"));
    }
    if (able.contains(Ability.DISCARD)) {
      buttons.add(
          set.map(all -> discardAll(all, discard.later().isPresent(), token))
              .orElseGet(() -> discard(stage, recipients, token))
              .with(discard));
    }
    buttons.add(evidence(token));
    return buttons;
  }

  private CardAction releaseAll(SetCard all, Level level, boolean form, String token) {
    int many = all.messages();
    return new CardAction(
        "pn.release",
        "Release all " + many + (form ? "…" : ""),
        token,
        level == Level.LOW ? Style.PRIMARY : Style.PLAIN,
        "Release these " + many + " messages",
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Release " + many + " messages?",
                    all.consequence(),
                    "Release " + many,
                    "Keep held")));
  }

  private CardAction discardAll(SetCard all, boolean asksMore, String token) {
    int many = all.messages();
    boolean form = asksMore || stage.needsReason(new Choice.Discard());
    return new CardAction(
        "pn.discard",
        "Discard all " + many + (form ? "…" : ""),
        token,
        Style.DANGER,
        "Discard these " + many + " messages",
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Discard " + many + " messages?",
                    all.deleted(),
                    "Discard " + many,
                    "Keep held")));
  }

  /** Shows everything that was found; on a card by which nothing can be decided. */
  static CardAction evidence(CaseId id) {
    return evidence(new Look.Case(id).token());
  }

  private static CardAction evidence(String token) {
    return plain("pn.evidence", "More evidence", token, "Show all evidence for this message");
  }

  /** The same, and the way to the card that asked first. */
  static List<CardAction> and(List<CardAction> buttons, Optional<URI> firstCard) {
    List<CardAction> all = new ArrayList<>(buttons);
    firstCard.ifPresent(url -> all.add(CardAction.link("Open the first card", url)));
    return all;
  }

  /** What is needed now and then, behind a menu: at most five, as many as Slack takes. */
  static List<Rare> rare(CaseFile file, String token) {
    List<Rare> menu = new ArrayList<>();
    menu.add(new Rare("pn.ask", "Ask a recipient…", token));
    menu.add(new Rare("pn.handover", "Hand over or step aside…", token));
    if (file.rawKept()) {
      menu.add(new Rare("pn.recheck", "Check again", token));
    }
    menu.add(new Rare("pn.block", "Block this sender…", token));
    menu.add(new Rare("pn.allow", "Allow this sender for 24 h…", token));
    return menu;
  }

  private static boolean releaseNeedsForm(Stage stage, Level level) {
    return level != Level.LOW || stage.needsReason(new Choice.ReleaseAll());
  }

  private static CardAction plain(String id, String label, String token, String say) {
    return new CardAction(id, label, token, Style.PLAIN, say, Optional.empty());
  }

  private static CardAction release(Level level, boolean form, int recipients, String token) {
    boolean low = level == Level.LOW;
    String who = Wording.count(recipients, "recipient");
    return new CardAction(
        "pn.release",
        form ? "Release…" : recipients == 1 ? "Release" : "Release to all " + recipients,
        token,
        low ? Style.PRIMARY : Style.PLAIN,
        "Release this message to " + who,
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Release this message?",
                    "It is delivered to "
                        + who
                        + " at once and cannot be recalled. Your name is recorded.",
                    "Release",
                    "Keep held")));
  }

  private static CardAction discard(Stage stage, int recipients, String token) {
    boolean form = stage.needsReason(new Choice.Discard());
    return new CardAction(
        "pn.discard",
        form ? "Discard…" : "Discard",
        token,
        Style.DANGER,
        "Discard this message for every recipient",
        form
            ? Optional.empty()
            : Optional.of(
                new Confirm(
                    "Discard this message?", Stakes.deleted(recipients), "Discard", "Keep held")));
  }
}
