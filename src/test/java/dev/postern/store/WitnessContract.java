package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Questions;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the desk promises of witnesses, and of looks that a person asks for, on any store. */
abstract class WitnessContract extends OnAChain {
  private static final CardPlace ANNAS = new CardPlace("slack", "Uanna");
  private static final Act ASK = new Act.Ask(World.address("anna@corp.example"));

  private int answers;

  @BeforeEach
  void twoMustAgree() {
    world.chain = World.chain(2);
  }

  @Test
  void aRecipientIsAskedWhereNobodyElseSeesIt() {
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", ASK)).isEqualTo(new Answer.Asked(id));

    Testimony asked = only(id);
    assertThat(asked.personId()).isEqualTo("anna");
    assertThat(asked.asking().personId()).isEqualTo("kim");
    assertThat(asked.asking().at()).isEqualTo(world.now);
    assertThat(asked.reply()).isEmpty();
    assertThat(places(id)).contains(ANNAS);
    assertThat(world.records.tokenAt(id, ANNAS)).as("nobody votes with it").isEmpty();
    assertThat(world.records.backstory(id).questionAt(ANNAS)).contains(asked);
    assertThat(whats(id)).contains("witness.asked");
  }

  @Test
  void P6_theAnswerIsShownAndIsNoVote() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    int before = world.records.cards(id).getFirst().desired();

    assertThat(answer(id, "anna", Testimony.Word.EXPECTED)).isEqualTo(new Answer.Heard(id));

    Testimony.Reply reply = only(id).reply().orElseThrow();
    assertThat(reply.word()).isEqualTo(Testimony.Word.EXPECTED);
    assertThat(reply.at()).isEqualTo(world.now);
    assertThat(world.find(id).votes()).isEmpty();
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
    assertThat(world.records.cards(id).getFirst().desired()).isGreaterThan(before);
    assertThat(line(id, "witness.answered").detail()).contains("answer=expected");
  }

  @Test
  void theFirstAnswerStandsAndTheSameEventIsAnsweredTheSame() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    Click click = testify(id, "anna", Testimony.Word.UNEXPECTED);

    assertThat(world.desk.click(click)).isEqualTo(new Answer.Heard(id));
    assertThat(world.desk.click(click)).isEqualTo(new Answer.Heard(id));
    assertRefused(answer(id, "anna", Testimony.Word.EXPECTED), Refusal.ANSWERED);
    assertThat(only(id).reply().orElseThrow().word()).isEqualTo(Testimony.Word.UNEXPECTED);
  }

  @Test
  void onlyTheOneWhoWasAskedAnswers() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);

    for (String other : List.of("kim", "noor", "nobody")) {
      assertRefused(answer(id, other, Testimony.Word.EXPECTED), Refusal.NOT_ALLOWED);
    }
    assertThat(only(id).reply()).isEmpty();
  }

  @Test
  void P5_anAnswerWithoutItsOwnTokenIsForged() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    Act said = new Act.Testify(Testimony.Word.EXPECTED);

    assertRefused(world.act(id, "kim", said), Refusal.FORGED);
    assertRefused(world.desk.click(world.click("anna", "pn1.nonsense", said)), Refusal.FORGED);
    Click vote =
        new Click(
            "w" + answers++,
            "slack",
            new Identity("slack", "", "Uanna"),
            world.tokens.seal(only(id).id()),
            "D1",
            RELEASE,
            "");
    assertRefused(world.desk.click(vote), Refusal.FORGED);
  }

  @Test
  void askingTakesTheRightToVoteOnTheOpenStage() {
    CaseId id = world.held("m1");

    assertRefused(world.act(id, "lee", ASK), Refusal.NOT_ALLOWED);
    assertRefused(world.act(id, "anna", ASK), Refusal.OWN_MESSAGE);
    assertThat(world.records.backstory(id).testimonies()).isEmpty();
  }

  @Test
  void aRecipientIsAskedOnceAndOnlyWhereSomebodyCanBeAsked() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);

    assertRefused(world.act(id, "noor", ASK), Refusal.ASKED_ALREADY);
    assertRefused(
        world.act(id, "kim", new Act.Ask(World.address("bo@corp.example"))), Refusal.NO_WITNESS);
    assertRefused(
        world.act(id, "kim", new Act.Ask(World.address("kim@corp.example"))),
        Refusal.WRONG_RECIPIENTS);
    assertThat(world.records.backstory(id).testimonies()).hasSize(1);
  }

  @Test
  void anAnswerAfterTheDecisionComesTooLate() {
    world.chain = World.chain(1);
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    int asked = card(id).desired();
    world.release(id, "kim");

    assertRefused(answer(id, "anna", Testimony.Word.UNEXPECTED), Refusal.TOKEN_USED);
    assertThat(only(id).reply()).isEmpty();
    world.settle(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(card(id).desired()).as("the witness is told how it ended").isGreaterThan(asked);
  }

  @Test
  void P6_whomOnlyTheWorkspaceKnowsAnswersByTheAccountThatWasAsked() {
    people.mailboxes.put("bo@corp.example", "U7BO");
    people.mailboxes.put("anna@corp.example", "U8");
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", new Act.Ask(World.address("bo@corp.example"))))
        .isEqualTo(new Answer.Asked(id));

    assertThat(only(id).personId()).isEqualTo("slack:U7BO");
    assertThat(people.asked).contains("bo@corp.example");
    assertThat(line(id, "witness.asked").detail()).isEqualTo("person=slack:U7BO");
    assertRefused(answer(id, "kim", Testimony.Word.EXPECTED), Refusal.NOT_ALLOWED);
    assertRefused(answer(id, "nobody", Testimony.Word.EXPECTED), Refusal.NOT_ALLOWED);
    people.barred.put("U7BO", Refusal.GUEST);
    assertRefused(answer(id, "7BO", Testimony.Word.EXPECTED), Refusal.GUEST);
    people.barred.clear();
    assertThat(answer(id, "7BO", Testimony.Word.UNSURE)).isEqualTo(new Answer.Heard(id));
    assertThat(line(id, "witness.answered").actor()).isEqualTo("slack:U7BO");
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void oneAccountWithTwoAddressesIsAskedOnce() {
    people.mailboxes.put("bo@corp.example", "Uanna");
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);

    assertRefused(
        world.act(id, "kim", new Act.Ask(World.address("bo@corp.example"))), Refusal.ASKED_ALREADY);
  }

  @Test
  void whereNobodyCanBeAskedThatIsKeptAndAnotherCanBeAsked() {
    people.mailboxes.put("bo@corp.example", "U7BO");
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    int before = world.records.cards(id).getFirst().desired();
    Questions questions = new Questions(world.records);

    questions.unreached(id, ANNAS, Testimony.Absence.NO_MESSAGES, world.now);
    questions.unreached(id, ANNAS, Testimony.Absence.BOT, world.now.plusSeconds(9));

    assertThat(only(id).unreached())
        .contains(new Testimony.Unreached(Testimony.Absence.NO_MESSAGES, world.now));
    assertThat(whats(id)).containsOnlyOnce("witness.unreached");
    assertThat(line(id, "witness.unreached").detail()).isEqualTo("person=anna why=no-messages");
    assertThat(world.records.cards(id).getFirst().desired()).isEqualTo(before + 1);
    assertThat(world.act(id, "kim", new Act.Ask(World.address("bo@corp.example"))))
        .isEqualTo(new Answer.Asked(id));
  }

  @Test
  void anAnswerThatCameNeverthelessStands() {
    CaseId id = world.held("m1");
    world.act(id, "kim", ASK);
    Questions questions = new Questions(world.records);

    questions.unreached(id, ANNAS, Testimony.Absence.SILENT, world.now);
    assertThat(answer(id, "anna", Testimony.Word.EXPECTED)).isEqualTo(new Answer.Heard(id));
    questions.unreached(id, ANNAS, Testimony.Absence.BOT, world.now);

    assertThat(only(id).reply().orElseThrow().word()).isEqualTo(Testimony.Word.EXPECTED);
    assertThat(whats(id)).containsOnlyOnce("witness.unreached");
  }

  @Test
  void anotherLookIsTakenOnceAMinute() {
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", new Act.Recheck())).isEqualTo(new Answer.Looking(id));
    assertRefused(world.act(id, "noor", new Act.Recheck()), Refusal.TOO_SOON);
    assertRefused(world.act(id, "lee", new Act.Recheck()), Refusal.NOT_ALLOWED);
    world.desk.recheck(id, 0);
    assertThat(world.records.backstory(id).looked()).contains(world.now);
    world.now = world.now.plus(Duration.ofMinutes(1));
    assertThat(world.act(id, "noor", new Act.Recheck())).isEqualTo(new Answer.Looking(id));
    assertThat(world.find(id).votes()).isEmpty();
  }

  @Test
  void aLookInVainMakesTheCardSaySo() {
    CaseId id = world.held("m1");
    int before = world.records.cards(id).getFirst().desired();

    world.desk.recheck(id, 0);

    assertThat(world.records.cards(id).getFirst().desired()).isEqualTo(before + 1);
    assertThat(whats(id)).containsOnlyOnce("case.rechecked");
  }

  private Testimony only(CaseId id) {
    List<Testimony> all = world.records.backstory(id).testimonies();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private dev.postern.approval.CardRow card(CaseId id) {
    return world.records.cards(id).stream()
        .filter(c -> c.place().equals(ANNAS))
        .findFirst()
        .orElseThrow();
  }

  private HistoryLine line(CaseId id, String what) {
    Optional<HistoryLine> found =
        world.records.history(id).stream().filter(l -> l.what().equals(what)).findFirst();
    return found.orElseThrow();
  }

  private Answer answer(CaseId id, String who, Testimony.Word word) {
    return world.desk.click(testify(id, who, word));
  }

  private Click testify(CaseId id, String who, Testimony.Word word) {
    return new Click(
        "w" + answers++,
        "slack",
        new Identity("slack", "", "U" + who),
        world.tokens.seal(only(id).id()),
        "D1",
        new Act.Testify(word),
        "");
  }
}
