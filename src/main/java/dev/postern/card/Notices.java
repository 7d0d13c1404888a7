package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import java.util.List;
import java.util.Optional;

/** What each click is answered with, word for word the same on every surface. */
public final class Notices {
  private static final String NOTHING_CHANGED = " Your click changed nothing.";

  private Notices() {}

  /**
   * The private answer to a click.
   *
   * @param file the case as it is now, where it is known; makes the sentence more precise
   */
  public static Notice of(Answer answer, Optional<CaseFile> file) {
    return switch (answer) {
      case Answer.Counted counted ->
          new Notice(
              "Your vote counts",
              more(counted.missing()) + " The card of case " + counted.caseId() + " shows it.");
      case Answer.Decided decided when file.flatMap(CaseFile::petition).isPresent() ->
          new Notice(
              decided.choice() instanceof Choice.Discard ? "Decided: refused" : "Decided: approved",
              "The card of case " + decided.caseId() + " shows it.");
      case Answer.Decided decided -> decided(decided);
      case Answer.PassedOn passedOn ->
          new Notice(
              "Your stage agrees to release",
              passedOn.next().isEmpty()
                  ? "Nobody is left who could agree too. The message is still held."
                  : "Now " + clean(passedOn.next()) + " must agree too. Until then it is held.");
      case Answer.Noted noted ->
          new Notice(
              "Noted", "The card of case " + noted.caseId() + " shows who is asked and who voted.");
      case Answer.Looking looking ->
          new Notice(
              "Being checked again",
              "DNS is asked anew. The card of case " + looking.caseId() + " shows what is found.");
      case Answer.Asked asked ->
          new Notice(
              "Being asked",
              "The recipient gets a private message. The card of case "
                  + asked.caseId()
                  + " shows the answer. It is no vote.");
      case Answer.Heard _ ->
          new Notice(
              "Thank you", "Those who decide see your answer. You need not do anything else.");
      case Answer.Refused refused -> refused(refused, file);
    };
  }

  /** What people are told who have not answered yet. */
  public static Notice reminder(CaseFile file) {
    Stage stage = file.openStage().orElseThrow();
    return new Notice(
        "Still held",
        "Case "
            + file.id()
            + " waits for "
            + clean(stage.name())
            + " until "
            + Wording.utc(stage.closes(), file.receivedAt())
            + ". "
            + more(Math.max(1, stage.quorum() - Ballots.ahead(file.votes()))));
  }

  private static Notice decided(Answer.Decided decided) {
    String wish =
        switch (decided.choice()) {
          case Choice.ReleaseAll _, Choice.ReleaseTo _ -> "Decided: release";
          case Choice.Discard _ -> "Decided: discard";
        };
    return new Notice(
        wish,
        "The mail system is told now. The card of case "
            + decided.caseId()
            + " shows what it answers.");
  }

  private static Notice refused(Answer.Refused refused, Optional<CaseFile> file) {
    return switch (refused.why()) {
      case NOT_ALLOWED ->
          new Notice("You may not decide this case", whoMay(file) + NOTHING_CHANGED);
      case OWN_MESSAGE -> own(file);
      case VOTED_ALREADY ->
          new Notice("You have voted already", "Your vote counts once. " + missing(file));
      case PASSED_ON ->
          new Notice("Too late", askedNow(file) + " The message is still held." + NOTHING_CHANGED);
      case TOKEN_USED ->
          new Notice("Already decided", whoDecided(refused.detail(), file) + NOTHING_CHANGED);
      case EXPIRED ->
          new Notice("Too late", timeEnded(file) + " The message is still held." + NOTHING_CHANGED);
      case GUEST, STRANGER, BOT, DEACTIVATED, UNCONFIRMED -> Strangers.notice(refused.why());
      case CHANGED,
          SET_CHANGED,
          NOT_TOGETHER,
          WHOLE_SET,
          NOT_LATER,
          WRONG_PLACE,
          BUSY,
          REASON_NEEDED,
          FORGED,
          WRONG_RECIPIENTS,
          LEFT,
          ANOTHER_STAGE,
          NO_VOTE,
          HAS_VOTED,
          NOT_THEM,
          OTHER_RELEASE,
          TOO_SOON,
          NO_OCTETS,
          NO_WITNESS,
          ASKED_ALREADY,
          ANSWERED ->
          plain(refused.why());
    };
  }

  private static Notice own(Optional<CaseFile> file) {
    return file.flatMap(CaseFile::petition).isPresent()
        ? new Notice(
            "You may not decide about your own request",
            "You asked for it, and policy wants somebody else to decide." + NOTHING_CHANGED)
        : new Notice(
            "You may not decide about your own mail",
            "You are the sender or a recipient of this message, and policy asks for someone else."
                + NOTHING_CHANGED);
  }

  private static Notice plain(Refusal why) {
    return switch (why) {
      case CHANGED ->
          new Notice(
              "Evidence changed",
              "Facts changed after this card was drawn. Look at the new card and vote again."
                  + NOTHING_CHANGED);
      case SET_CHANGED, NOT_TOGETHER, WHOLE_SET, NOT_LATER -> together(why);
      case WRONG_PLACE ->
          new Notice(
              "Not from here",
              "This card was copied from another channel or workspace. Use the original."
                  + NOTHING_CHANGED);
      case BUSY -> NOT_RECORDED;
      case REASON_NEEDED ->
          new Notice(
              "A reason is needed",
              "Policy asks for your reason with this vote. Click again and give it."
                  + NOTHING_CHANGED);
      case FORGED ->
          new Notice(
              "Not a button of this Postern",
              "Postern did not make this button, or its key has been changed. Look the case up for"
                  + " a new card."
                  + NOTHING_CHANGED);
      case WRONG_RECIPIENTS ->
          new Notice(
              "Not its recipients",
              "Somebody you chose is not a recipient of this message. Choose again."
                  + NOTHING_CHANGED);
      case LEFT ->
          new Notice(
              "You are no longer asked",
              "You have left the group that decides this case. Somebody who is in it must decide."
                  + NOTHING_CHANGED);
      case ANOTHER_STAGE ->
          new Notice(
              "You have had your say",
              "You voted in another stage of this case, and this one needs other people."
                  + NOTHING_CHANGED);
      case NO_VOTE ->
          new Notice("No vote to take back", "No vote of yours counts here." + NOTHING_CHANGED);
      case HAS_VOTED ->
          new Notice(
              "You have voted already",
              "Who has voted cannot hand the decision over. Take your vote back and leave it to the"
                  + " others, or vote otherwise."
                  + NOTHING_CHANGED);
      case NOT_THEM ->
          new Notice(
              "Not to this person",
              "They may not decide on this message, are asked already, or had their say in another"
                  + " stage. Choose somebody else."
                  + NOTHING_CHANGED);
      case OTHER_RELEASE ->
          new Notice(
              "Not what was agreed",
              "An earlier stage agreed to a release to other recipients. Release to the same, or"
                  + " discard."
                  + NOTHING_CHANGED);
      case TOO_SOON, NO_OCTETS, NO_WITNESS, ASKED_ALREADY, ANSWERED -> inquiry(why);
      case NOT_ALLOWED, OWN_MESSAGE, VOTED_ALREADY, TOKEN_USED, EXPIRED, PASSED_ON ->
          throw new IllegalArgumentException(why + " depends on the case");
      case GUEST, STRANGER, BOT, DEACTIVATED, UNCONFIRMED ->
          throw new IllegalArgumentException(why + " depends on the account");
    };
  }

  private static Notice together(Refusal why) {
    return switch (why) {
      case SET_CHANGED ->
          new Notice(
              "The card has changed",
              "Messages of this kind were added after it was drawn, or taken out. Look at the new"
                  + " card and vote again."
                  + NOTHING_CHANGED);
      case WHOLE_SET ->
          new Notice(
              "For all recipients, or not at all",
              "Several messages are decided together here. Take the one out that is to go to some"
                  + " of its recipients only."
                  + NOTHING_CHANGED);
      case NOT_LATER ->
          new Notice(
              "Not for later ones",
              "This vote cannot cover later messages: its card asks about one only, or DMARC does"
                  + " not prove who sends them. Vote on what is held."
                  + NOTHING_CHANGED);
      case NOT_TOGETHER ->
          new Notice(
              "It is on its own",
              "This message is not decided together with others (any more)." + NOTHING_CHANGED);
      default -> throw new IllegalArgumentException(why + " is no matter of a set");
    };
  }

  private static Notice inquiry(Refusal why) {
    return switch (why) {
      case TOO_SOON ->
          new Notice(
              "Just checked", "Somebody asked for it within the last minute. Look at the card.");
      case NO_OCTETS ->
          new Notice(
              "Cannot be checked again",
              "Postern does not keep this message itself, only what was found." + NOTHING_CHANGED);
      case NO_WITNESS ->
          new Notice(
              "Nobody to ask",
              "Postern knows no account in chat for this address, so it cannot ask its owner."
                  + NOTHING_CHANGED);
      case ASKED_ALREADY ->
          new Notice(
              "Asked already",
              "A recipient is asked once about a message. The card shows the answer."
                  + NOTHING_CHANGED);
      case ANSWERED ->
          new Notice("You have answered already", "Your first answer stands." + NOTHING_CHANGED);
      default -> throw new IllegalArgumentException(why + " is no matter of an inquiry");
    };
  }

  /** For a button of a later or earlier version. */
  public static final Notice UNKNOWN_BUTTON =
      new Notice(
          "This button does nothing",
          "This version of Postern does not know it. Your click changed nothing. Decide with the"
              + " other buttons or on the web page.");

  /** For evidence beyond what a card shows. */
  public static final Notice NOT_TO_READ =
      new Notice(
          "Not yours to read",
          "The card shows what is for everybody here. All the evidence is for those who may decide"
              + " this case now or voted on it, and for administrators.");

  /** For a message that is decided on its own from now on. */
  public static final Notice TAKEN_OUT =
      new Notice(
          "Taken out",
          "This message is asked about on its own now. Votes on the others stand; the card of the"
              + " others is drawn anew.");

  /** The answer when even the click could not be written down. */
  public static final Notice NOT_RECORDED =
      new Notice(
          "Not recorded",
          "Postern could not record your click. The message is still held. Please click again.");

  private static String whoMay(Optional<CaseFile> file) {
    return file.flatMap(CaseFile::stage)
        .map(stage -> "Only " + clean(stage.name()) + " may.")
        .orElse("Only the people whom policy asks may.");
  }

  private static String askedNow(Optional<CaseFile> file) {
    return file.flatMap(CaseFile::openStage)
        .map(stage -> clean(stage.name()) + " is asked now.")
        .or(
            () ->
                file.flatMap(CaseFile::waitingStage).map(s -> clean(s.name()) + " is asked next."))
        .orElse("Others are asked now.");
  }

  private static String missing(Optional<CaseFile> file) {
    return file.flatMap(f -> f.openStage().map(stage -> stage.quorum() - Ballots.ahead(f.votes())))
        .filter(missing -> missing > 0)
        .map(Notices::more)
        .orElse("Somebody else must agree.");
  }

  private static String more(int missing) {
    return missing == 1 ? "One more person must agree." : missing + " more people must agree.";
  }

  /** "Released" is said only of what was proved; before that it is a decision. */
  private static String whoDecided(String names, Optional<CaseFile> file) {
    Optional<Decision> decision = file.flatMap(CaseFile::decision);
    if (file.isEmpty() || decision.isEmpty()) {
      return names.isBlank() ? "The case is closed." : clean(names) + " decided it.";
    }
    Decision it = decision.get();
    List<String> voters =
        Ballots.agreeing(file.get().votes(), it.choice()).stream()
            .map(Vote::personName)
            .map(Notices::clean)
            .toList();
    String who =
        switch (it.by()) {
          case RULE -> "Rule " + clean(it.because());
          case GRANT -> "Grant " + clean(it.because());
          case SILENCE -> "The silence of " + clean(it.because());
          case PEOPLE -> voters.isEmpty() ? clean(it.because()) : Wording.list(voters);
        };
    boolean proved = file.get().state() == CaseState.DONE;
    String what =
        it.choice() instanceof Choice.Discard
            ? (proved ? " discarded it at " : " decided to discard it at ")
            : (proved ? " released it at " : " decided to release it at ");
    return who + what + Wording.utc(it.at(), file.get().receivedAt()) + ".";
  }

  private static String timeEnded(Optional<CaseFile> file) {
    return file.flatMap(
            f ->
                f.stage()
                    .map(Stage::closes)
                    .map(at -> "The time to decide ended at " + Wording.utc(at, f.receivedAt())))
        .orElse("The time to decide has ended")
        .concat(".");
  }

  private static String clean(String name) {
    return Cleaner.clean(name, NAME).text();
  }
}
