package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Desk;
import dev.postern.approval.Identity;
import dev.postern.approval.OwnChat;
import dev.postern.approval.Person;
import dev.postern.approval.Questions;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony.Absence;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.APlan;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the desk promises of those who are asked in a chat of their own, on any store. */
abstract class OwnChatContract extends OnAChain {
  private static final CardPlace KIMS = CardPlace.ownChat("slack", "Ukim");
  private static final CardPlace NOORS = CardPlace.ownChat("slack", "Unoor");

  private int presses;

  private CaseId asked(int quorum) {
    world.chain =
        APlan.of("Mail admins", "group:admins").quorum(quorum).channels("own-chats").chain("mail");
    return world.held("m" + ++presses);
  }

  /** A press in a chat: Slack names it by an id of its own, Teams by the account. */
  private Answer press(CaseId id, CardPlace card, String person, String in) {
    return world.desk.click(
        new Click(
            "press" + ++presses,
            "slack",
            new Identity("slack", "T1", "U" + person),
            world.token(id, card),
            in,
            RELEASE,
            "because"));
  }

  private void unreached(CaseId id, CardPlace at) {
    new Questions(world.records).unreached(id, at, Absence.NO_MESSAGES, world.now);
    askElsewhere(world.desk, id);
  }

  private void askElsewhere(Desk desk, CaseId id) {
    desk.askElsewhere(stage(id).id());
  }

  @Test
  void eachIsAskedAloneAndNobodyInAChannel() {
    CaseId id = asked(1);

    assertThat(places(id)).containsExactlyInAnyOrder(CardPlace.WEB, KIMS, NOORS);
    assertThat(world.records.backstory(id).ownChats())
        .extracting(chat -> chat.person().id(), OwnChat::place, OwnChat::missing)
        .containsExactlyInAnyOrder(
            tuple("kim", Optional.of(KIMS), Optional.empty()),
            tuple("noor", Optional.of(NOORS), Optional.empty()));
  }

  @Test
  void channelsCanBeAskedBeside() {
    world.chain =
        APlan.of("Mail admins", "kim").channels("own-chats", "slack:C0LEADS001").chain("mail");
    CaseId id = world.held("m1");

    assertThat(places(id))
        .containsExactlyInAnyOrder(CardPlace.WEB, KIMS, new CardPlace("slack", "C0LEADS001"));
  }

  @Test
  void P5_thePressOfWhoseChatItIsCounts_andNobodyElsesWithTheSameCard() {
    CaseId id = asked(2);

    assertThat(press(id, KIMS, "kim", "D0KIM00001")).isEqualTo(new Answer.Counted(id, 1));
    assertRefused(press(id, KIMS, "noor", "D0NOOR0001"), Refusal.WRONG_PLACE);
    assertRefused(press(id, KIMS, "noor", "C0MAILOPS1"), Refusal.WRONG_PLACE);
    assertThat(press(id, NOORS, "noor", "D0NOOR0001")).isInstanceOf(Answer.Decided.class);
  }

  @Test
  void P6_onePersonCountsOnceOverTheChatAndThePage() {
    CaseId id = asked(2);

    assertThat(press(id, KIMS, "kim", "D0KIM00001")).isEqualTo(new Answer.Counted(id, 1));
    assertRefused(world.release(id, "kim"), Refusal.VOTED_ALREADY);
  }

  @Test
  void whoCannotBeAskedIsSaid_andTheOthersStillAre() {
    CaseId id = asked(2);
    int before = desired(id, NOORS);

    unreached(id, KIMS);
    unreached(id, KIMS);

    assertThat(world.records.backstory(id).ownChats())
        .filteredOn(chat -> chat.missing().isPresent())
        .singleElement()
        .satisfies(
            chat -> {
              assertThat(chat.person().id()).isEqualTo("kim");
              assertThat(chat.missing()).contains(Absence.NO_MESSAGES);
            });
    assertThat(whats(id)).containsOnlyOnce("approver.unasked");
    assertThat(line(id, "approver.unasked").detail())
        .isEqualTo("person=kim surface=slack why=no-messages");
    assertThat(desired(id, NOORS)).isGreaterThan(before);
    assertThat(places(id)).doesNotContain(World.SLACK);
    assertThat(world.records.tokenAt(id, KIMS)).as("it asks no longer").isEmpty();
    assertThat(world.release(id, "kim")).as("on the page").isEqualTo(new Answer.Counted(id, 1));
  }

  @Test
  void P9_whereNobodyIsLeftToAskAloneTheUsualChannelIsAsked_once() {
    CaseId id = asked(2);

    unreached(id, KIMS);
    unreached(id, NOORS);
    askElsewhere(world.desk, id);

    assertThat(places(id)).contains(World.SLACK);
    assertThat(whats(id)).containsOnlyOnce("stage.elsewhere");
    assertThat(press(id, World.SLACK, "noor", World.SLACK.channel()))
        .isEqualTo(new Answer.Counted(id, 1));
  }

  @Test
  void whereAChannelStandsBesideNoOtherIsAsked() {
    world.chain =
        APlan.of("Mail admins", "kim").channels("own-chats", "slack:C0LEADS001").chain("mail");
    CaseId id = world.held("m1");

    unreached(id, KIMS);

    assertThat(places(id)).doesNotContain(World.SLACK);
    assertThat(whats(id)).contains("approver.unasked").doesNotContain("stage.elsewhere");
  }

  @Test
  void P9_whereNobodyHasAnAccountTheUsualChannelIsAskedAtOnce() {
    people.with(
        new Person("pat", "Pat", EmailAddress.parse("p@x.example"), Optional.empty(), Set.of()));
    world.chain = APlan.of("Pat", "pat").channels("own-chats").chain("mail");
    CaseId id = world.held("m1");

    assertThat(places(id)).containsExactlyInAnyOrder(CardPlace.WEB, World.SLACK);
    assertThat(world.records.backstory(id).ownChats())
        .singleElement()
        .satisfies(chat -> assertThat(chat.missing()).contains(Absence.NO_ACCOUNT));
    assertThat(line(id, "approver.unasked").detail()).isEqualTo("person=pat why=no-account");
  }

  @Test
  void aStageThatIsOverAsksNowhere() {
    CaseId id = asked(1);
    var over = stage(id);
    assertThat(world.release(id, "kim")).isInstanceOf(Answer.Decided.class);
    new Questions(world.records).unreached(id, KIMS, Absence.NO_MESSAGES, world.now);
    new Questions(world.records).unreached(id, NOORS, Absence.NO_MESSAGES, world.now);
    world.desk.askElsewhere(over.id());

    assertThat(places(id)).doesNotContain(World.SLACK);
  }

  @Test
  void whoTakesAPlaceIsAskedByTheCardItself() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Two", "kim", "noor").quorum(2).channels("own-chats"),
            APlan.of("Bosses", "group:bosses").channels("own-chats"));
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", new Act.HandOver("lee"))).isEqualTo(new Answer.Noted(id));

    CardPlace lees = CardPlace.ownChat("slack", "Ulee");
    assertThat(places(id)).contains(lees).doesNotContain(new CardPlace("slack", "Ulee"));
    assertThat(press(id, lees, "lee", "D0LEE00001")).isEqualTo(new Answer.Counted(id, 1));
    assertThat(world.records.tokenAt(id, KIMS)).as("whoever left asks nobody").isEmpty();
    assertRefused(press(id, lees, "kim", "D0KIM00001"), Refusal.NOT_ALLOWED);
  }

  @Test
  void P9_whereOneWithoutAnAccountTakesTheOnlyPlaceTheUsualChannelIsAsked() {
    people.with(
        new Person("pat", "Pat", EmailAddress.parse("p@x.example"), Optional.empty(), Set.of()));
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("One", "kim").channels("own-chats"),
            APlan.of("Pat", "pat").channels("own-chats"));
    CaseId id = world.held("m1");

    assertThat(world.act(id, "kim", new Act.HandOver("pat"))).isEqualTo(new Answer.Noted(id));

    assertThat(places(id)).contains(World.SLACK);
    assertThat(world.records.tokenAt(id, KIMS)).isEmpty();
  }

  @Test
  void P9_whereWhoTookTheOnlyPlaceIsNotReachedTheUsualChannelIsAsked() {
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("One", "kim").channels("own-chats"),
            APlan.of("Bosses", "group:bosses").channels("own-chats"));
    CaseId id = world.held("m1");
    world.act(id, "kim", new Act.HandOver("lee"));
    assertThat(places(id)).doesNotContain(World.SLACK);

    unreached(id, CardPlace.ownChat("slack", "Ulee"));

    assertThat(places(id)).contains(World.SLACK);
  }

  @Test
  void P9_whereOnlyThoseAreLeftWhoCouldNotBeAskedTheUsualChannelIsAsked() {
    CaseId id = asked(1);
    unreached(id, NOORS);
    assertThat(places(id)).doesNotContain(World.SLACK);

    assertThat(world.act(id, "kim", new Act.StepAside())).isEqualTo(new Answer.Noted(id));

    assertThat(places(id)).contains(World.SLACK);
    assertThat(whats(id)).containsOnlyOnce("stage.elsewhere");
    assertThat(world.records.tokenAt(id, KIMS)).as("whoever left asks nobody").isEmpty();
  }

  @Test
  void whereSomebodyIsLeftToAskAloneNobodyElseIs() {
    CaseId id = asked(1);

    assertThat(world.act(id, "kim", new Act.StepAside())).isEqualTo(new Answer.Noted(id));

    assertThat(places(id)).doesNotContain(World.SLACK);
    assertThat(world.records.tokenAt(id, NOORS)).isPresent();
  }

  private HistoryLine line(CaseId id, String what) {
    return world.records.history(id).stream()
        .filter(line -> line.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private int desired(CaseId id, CardPlace at) {
    return world.records.cards(id).stream()
        .filter(card -> card.place().equals(at))
        .findFirst()
        .orElseThrow()
        .desired();
  }
}
