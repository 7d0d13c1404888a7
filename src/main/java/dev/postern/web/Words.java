package dev.postern.web;

import dev.postern.policy.StagePlan.ReasonRule;
import java.util.Map;

/** The console's own few words for values that are no rows of a card. */
final class Words {
  private static final Map<String, String> EVENTS =
      Map.ofEntries(
          Map.entry("case.received", "took it in"),
          Map.entry("case.examined", "recorded the evidence"),
          Map.entry("case.ruled", "ruled"),
          Map.entry("stage.opened", "asked"),
          Map.entry("stage.expired", "closed the stage: nobody decided in time"),
          Map.entry("stage.carried", "has the agreement of the stage; the next one must agree too"),
          Map.entry("stage.escalated", "asked the next stage"),
          Map.entry("stage.unreachable", "closed the stage: too few may decide"),
          Map.entry("stage.reminded", "reminded those who are asked"),
          Map.entry("glass.offered", "left a way past those who are asked, for an emergency"),
          Map.entry("glass.broken", "let the glass be broken: decided past those who were asked"),
          Map.entry("vote.cast", "voted"),
          Map.entry("vote.changed", "voted differently"),
          Map.entry("vote.withdrawn", "took the vote back"),
          Map.entry("approver.aside", "left it to the others"),
          Map.entry("approver.handed-over", "handed it over to somebody else"),
          Map.entry("approver.untold", "could not tell the one it was handed over to"),
          Map.entry("approver.unasked", "could not ask somebody in a chat of their own"),
          Map.entry("stage.elsewhere", "asked in the usual channel instead"),
          Map.entry("campaign.joined", "put it with others of its kind, to be decided together"),
          Map.entry("campaign.frozen", "put the messages that had gathered on the card"),
          Map.entry("campaign.apart", "took a message out of the set"),
          Map.entry("campaign.left", "asked about it apart from the others"),
          Map.entry("campaign.decided", "had each of the set decided like this one"),
          Map.entry("campaign.expired", "let the others of the set expire, too"),
          Map.entry("campaign.later", "saw to what was voted for later ones"),
          Map.entry("campaign.over", "had the others of the set asked about without this one"),
          Map.entry("recheck.asked", "asked for another look at the evidence"),
          Map.entry("witness.asked", "asked a recipient whether the message is expected"),
          Map.entry("witness.answered", "answered as a witness"),
          Map.entry("witness.unreached", "could not ask a recipient"),
          Map.entry("click.refused", "clicked; nothing changed"),
          Map.entry("case.decided", "decided"),
          Map.entry("case.expired", "closed the case: nobody decided, the message is still held"),
          Map.entry("case.rechecked", "looked at the evidence again"),
          Map.entry("effect.intended", "is about to tell the mail system"),
          Map.entry("effect.proved", "has the mail system’s proof"),
          Map.entry("effect.delayed", "tries again later"),
          Map.entry("effect.failed", "could not carry it out"),
          Map.entry("case.withdrawn", "found the message gone"),
          Map.entry("case.restored", "was restored from a backup: what came after it is not known"),
          Map.entry("grant.requested", "asked for a grant"),
          Map.entry("grant.begun", "put the grant in force"),
          Map.entry("grant.refused", "noted that the grant is refused"),
          Map.entry("grant.used", "let the grant decide about a message"),
          Map.entry("grant.used-up", "ended the grant: it decided about as many as it may"),
          Map.entry("grant.revoked", "ended the grant"),
          Map.entry("grant.ended", "ended the grant: its time is over"),
          Map.entry("message.removed", "removed the message’s own octets: kept long enough"));

  private Words() {}

  /** The same where people decide about what somebody asks for, and there is no message. */
  static String ofRequest(ReasonRule rule) {
    return of(rule)
        .replace("to discard", "to refuse")
        .replace("to release", "to approve")
        .replace("; the sender never sees it", "");
  }

  static String of(ReasonRule rule) {
    String where = " Kept with the vote; the sender never sees it.";
    return switch (rule) {
      case NEVER -> "Not needed." + where;
      case DISCARD -> "Needed to discard." + where;
      case RELEASE -> "Needed to release." + where;
      case ALWAYS -> "Needed." + where;
    };
  }

  /** A log event in words; the event's own name where there are none. */
  static String ofEvent(String kind) {
    return EVENTS.getOrDefault(kind, kind);
  }
}
