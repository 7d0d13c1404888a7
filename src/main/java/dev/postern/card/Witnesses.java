package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Outcome;
import dev.postern.approval.Testimony;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Style;
import dev.postern.mail.EmailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What witnesses are asked, and what those who decide see of it. An answer is no vote. */
final class Witnesses {
  private static final int MOST_SHOWN = 10;

  private final CaseFile file;
  private final Ballots ballots;

  Witnesses(CaseFile file, Ballots ballots) {
    this.file = file;
    this.ballots = ballots;
  }

  /** Who was asked and who said what; empty where nobody was asked. */
  Optional<Group> group(List<Testimony> all) {
    List<Row> rows = all.stream().limit(MOST_SHOWN).map(this::row).toList();
    return rows.isEmpty() ? Optional.empty() : Optional.of(new Group("witness", "", rows));
  }

  private Row row(Testimony it) {
    Line line = Line.of().quote(it.recipient().toString(), ADDRESS);
    if (it.reply().isEmpty() && it.unreached().isPresent()) {
      line.say(": " + words(it.unreached().get().why()) + ", ");
      line.dateTime(it.unreached().get().at());
      return new Row("Could not ask", line.say(". Another recipient can be asked.").runs());
    }
    if (it.reply().isEmpty()) {
      line.say(", by ").add(ballots.person(it.asking().personId(), it.asking().personName()));
      line.say(" at ").dateTime(it.asking().at()).say(", no answer yet");
      return new Row("Recipient asked", line.runs());
    }
    line.say(": " + words(it.reply().get().word()) + ", ").dateTime(it.reply().get().at());
    return new Row("Recipient says", line.say(". No vote.").runs());
  }

  /** Why somebody cannot be asked or told. */
  static String words(Testimony.Absence why) {
    return switch (why) {
      case STRANGER -> "no account of our workspace";
      case GUEST -> "a guest’s account";
      case BOT -> "a bot’s account";
      case DEACTIVATED -> "the account is switched off";
      case NO_ACCOUNT -> "no account is known";
      case NO_MESSAGES -> "the account takes no messages of Postern";
      case SILENT -> "the platform took no message in time";
    };
  }

  private static String words(Testimony.Word word) {
    return switch (word) {
      case EXPECTED -> "yes, expected";
      case UNEXPECTED -> "not expected";
      case UNSURE -> "not sure";
    };
  }

  /** The question itself, for the eyes of the one who is asked: no links, no files, no evidence. */
  CardView question(Testimony it, CardRow row, Optional<String> sealed) {
    boolean open = file.asking() && it.reply().isEmpty();
    List<List<Run>> lead = new ArrayList<>();
    lead.add(it.reply().map(Witnesses::answered).orElseGet(() -> asked(it, open)));
    came(it.recipient()).ifPresent(end -> lead.add(Line.own(end)));
    List<Row> who = new ArrayList<>();
    who.add(new Row("From", Line.quoted(file.message().from(), ADDRESS)));
    if (!file.message().fromName().isEmpty()) {
      who.add(new Row("Name shown", Line.quoted(file.message().fromName(), NAME)));
    }
    who.add(new Row("To", Line.quoted(it.recipient().toString(), ADDRESS)));
    who.add(new Row("Subject", Line.quoted(file.message().subject(), SUBJECT)));
    who.add(new Row("Held since", Line.of().dateTime(file.receivedAt()).runs()));
    String title = open ? "Do you expect this message?" : "About a message to you";
    int revision = Math.max(1, row.desired());
    return new CardView(
        CardView.Kind.MESSAGE,
        "witness",
        file.id().text(),
        revision,
        title,
        Optional.empty(),
        lead,
        List.of(new Group("who", "", who)),
        open ? sealed.map(Witnesses::buttons).orElse(List.of()) : List.of(),
        List.of(),
        List.of(),
        "Case " + file.id() + ", card " + revision + ". Text in code style is not Postern’s own.",
        (open ? "Do you expect a message that is held for you?" : "About a message to you.")
            + (" Case " + file.id() + "."));
  }

  private List<Run> asked(Testimony it, boolean open) {
    Line line = Line.of().say("A message to you is held. ");
    line.add(ballots.person(it.asking().personId(), it.asking().personName()));
    return line.say(
            open
                ? " asks whether you expect it. Those who decide see your answer; it is no"
                    + " decision. Do not write to the sender to find out."
                : " asked whether you expect it. There is nothing left to answer.")
        .runs();
  }

  private static List<Run> answered(Testimony.Reply reply) {
    Line line = Line.of().say("You answered: " + words(reply.word()) + ", ");
    return line.dateTime(reply.at()).say(". Those who decide see it. Thank you.").runs();
  }

  /** What the case came to for this recipient; said only when it is proved. */
  private Optional<String> came(EmailAddress recipient) {
    return switch (file.state()) {
      case DONE -> Optional.of(done(recipient));
      case EXPIRED -> Optional.of("Nobody decided in time. It is still held.");
      case WITHDRAWN -> Optional.of("It is no longer held.");
      case RECEIVED, EXAMINED, ASKING, DECIDED, FAILED -> Optional.empty();
    };
  }

  private String done(EmailAddress recipient) {
    boolean discarded =
        file.decision().filter(d -> d.choice().word().equals("discard")).isPresent();
    if (discarded) {
      return "It was discarded. You will not get it.";
    }
    boolean proved =
        file.outcome().orElse(Outcome.none()).proved().results().stream()
            .anyMatch(r -> r.recipient().equals(recipient));
    return proved ? "It was released to you." : "It was decided. It was not released to you.";
  }

  private static List<CardAction> buttons(String token) {
    return List.of(
        button("pn.expected", "Yes, expected", "Yes, I expect this message", token),
        button("pn.unexpected", "No", "No, I do not expect this message", token),
        button("pn.unsure", "Not sure", "I am not sure about this message", token));
  }

  private static CardAction button(String id, String label, String say, String token) {
    return new CardAction(id, label, token, Style.PLAIN, say, Optional.empty());
  }
}
