package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.postern.approval.Accounts;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony.Absence;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Unreachable;
import java.time.Duration;
import java.util.Optional;

/** Messages to one person alone, and only to full members of our own workspace. */
final class Letters {
  private static final String METHOD = "chat.postMessage";

  /** With the question whose account it is still shorter than a turn at a card. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final WebApi api;
  private final Messages messages;
  private final Accounts accounts;

  Letters(WebApi api, Accounts accounts) {
    this.api = api;
    this.messages = new Messages(api.within(PATIENCE));
    this.accounts = accounts;
  }

  /**
   * Writes to somebody; returns {@code channel/ts}, where the channel is theirs with us.
   *
   * @throws Unreachable when that account never takes it
   * @throws SurfaceTrouble when Slack did not take it now
   */
  String post(String user, String cardId, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    check(user);
    try {
      return messages.post(user, cardId, fallback, blocks);
    } catch (SlackRefusal refusal) {
      Optional<Absence> nobody = absence(refusal.word());
      if (nobody.isEmpty()) {
        throw refusal;
      }
      // Slack says of a person what it says of a channel that somebody has to mend.
      api.clear(METHOD);
      throw new Unreachable(nobody.get(), String.valueOf(refusal.getMessage()));
    }
  }

  private void check(String user) throws SurfaceTrouble {
    Identity who = new Identity(SlackSurface.NAME, accounts.home().orElse(""), user);
    Optional<Duration> untold = accounts.refresh(who);
    if (untold.isPresent()) {
      throw new SurfaceTrouble(Kind.AWAY, "Slack does not say whose account " + user + " is.");
    }
    switch (accounts.membership(who)) {
      case Membership.Insider _ -> {}
      case Membership.Outsider _ -> throw barred(user, Absence.STRANGER);
      case Membership.Barred(var why) -> throw barred(user, absence(why));
      case Membership.Unknown _ ->
          throw new SurfaceTrouble(
              Kind.CLOSED, "Slack does not tell the app whose account " + user + " is.");
    }
  }

  private static Unreachable barred(String user, Absence why) {
    return new Unreachable(why, "The account " + user + " gets no private message: " + why.word());
  }

  private static Absence absence(Refusal why) {
    return switch (why) {
      case GUEST -> Absence.GUEST;
      case BOT -> Absence.BOT;
      case DEACTIVATED -> Absence.DEACTIVATED;
      default -> Absence.STRANGER;
    };
  }

  /** What Slack's words say of the one who was written to; empty for those about anything else. */
  private static Optional<Absence> absence(String word) {
    return switch (word) {
      case "user_not_found", "users_not_found", "user_not_visible", "channel_not_found" ->
          Optional.of(Absence.STRANGER);
      case "user_disabled", "is_inactive" -> Optional.of(Absence.DEACTIVATED);
      case "cannot_dm_bot" -> Optional.of(Absence.BOT);
      case "messages_tab_disabled" -> Optional.of(Absence.NO_MESSAGES);
      default -> Optional.empty();
    };
  }
}
