package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Ballot;
import dev.postern.approval.CaseFile;
import dev.postern.card.Asking;
import dev.postern.card.Foreign;
import dev.postern.card.GrantForm;
import dev.postern.card.HandOver;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The forms behind the menu of rare actions. */
final class RareModals {
  static final String HAND_OVER = "pn.handover";
  static final String ASK = "pn.ask";
  static final String ALLOW = "pn.allow";
  static final String BLOCK = "pn.block";
  static final String WHOM_BLOCK = "pn.m.whom";
  static final String WHOM = "pn.whom";

  private RareModals() {}

  /** Whom to leave the decision to; empty where this person can do nothing of that kind. */
  static Optional<ObjectNode> handOver(Ballot ballot, Memo memo) {
    ArrayNode options = Kit.array();
    for (HandOver.Option one : HandOver.options(ballot)) {
      String name = one.name().map(RareModals::shown).orElse("");
      options.add(Kit.option(one.words() + name, one.value()));
    }
    if (options.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode view = Modals.form(HAND_OVER, "Hand over", "Hand over", "Cancel", memo);
    view.putArray("blocks")
        .add(new Section().plain(HandOver.CONSEQUENCE).block("pn.m.x"))
        .add(Kit.input(WHOM_BLOCK, "To whom", Kit.select(WHOM, "Choose a person", options)))
        .add(note());
    return Optional.of(view);
  }

  /** Whose mail is to pass, or to be stopped; empty where the message names no sender. */
  static Optional<ObjectNode> grant(Kind kind, CaseFile it, GrantLaw law, Memo memo) {
    ArrayNode options = Kit.array();
    for (GrantForm.Option one : GrantForm.options(it)) {
      options.add(Kit.option(one.words() + shown(one.name()), one.value()));
    }
    if (options.isEmpty()) {
      return Optional.empty();
    }
    String form = kind == Kind.ALLOW ? ALLOW : BLOCK;
    ObjectNode view = Modals.form(form, GrantForm.title(kind), "Ask for it", "Cancel", memo);
    ObjectNode reason =
        Kit.object("plain_text_input")
            .put("action_id", Modals.REASON)
            .put("multiline", true)
            .put("min_length", Modals.SHORTEST_REASON)
            .put("max_length", Modals.LONGEST_REASON);
    view.putArray("blocks")
        .add(new Section().plain(GrantForm.consequence(kind, it, law)).block("pn.m.x"))
        .add(Kit.input(WHOM_BLOCK, GrantForm.WHOM, Kit.select(WHOM, "Choose", options)))
        .add(Kit.input(Modals.REASON_BLOCK, GrantForm.REASON, reason));
    return Optional.of(view);
  }

  private static ObjectNode note() {
    ObjectNode text =
        Kit.object("plain_text_input")
            .put("action_id", Modals.REASON)
            .put("multiline", true)
            .put("max_length", Modals.LONGEST_REASON);
    ObjectNode block = Kit.input(Modals.REASON_BLOCK, HandOver.NOTE, text);
    block.set("hint", Kit.plain(HandOver.NOTE_KEPT));
    return block.put("optional", true);
  }

  /**
   * Which recipient is asked whether the message is expected; empty where none can be.
   *
   * @param known whether Postern knows where to ask whoever has that address
   */
  static Optional<ObjectNode> ask(
      List<EmailAddress> recipients, Predicate<EmailAddress> known, Memo memo) {
    ArrayNode options = Kit.array();
    for (Asking.Candidate one : Asking.candidates(recipients, known)) {
      options.add(Kit.option(shown(one.address()), "r" + one.number()));
    }
    if (options.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode view = Modals.form(ASK, "Ask a recipient", "Ask", "Cancel", memo);
    view.putArray("blocks")
        .add(new Section().plain(Asking.CONSEQUENCE).block("pn.m.x"))
        .add(Kit.input(WHOM_BLOCK, "Whom", Kit.select(WHOM, "Choose a recipient", options)));
    return Optional.of(view);
  }

  private static String shown(Foreign text) {
    return text.text().isEmpty() ? "(empty)" : text.text();
  }
}
