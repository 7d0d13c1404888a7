package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.People;
import dev.postern.evidence.Dns;
import dev.postern.policy.APlan;
import dev.postern.store.CardRoom;
import dev.postern.store.Databases;
import dev.postern.store.Store;
import dev.postern.store.WorkTable;
import dev.postern.store.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approvers who are asked in private messages. */
class SlackOwnChatIT {
  private static final String KIM = "Ukim";
  private static final String NOOR = "Unoor";
  private static final Dns NO_DNS = (_, _, _) -> dev.postern.evidence.Answer.failure("SERVFAIL");

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor").and("lee", "bosses");
  private World world;
  private FakeSlack slack;
  private WebApi api;
  private WorkTable table;

  @BeforeEach
  void open() throws Exception {
    Store.Access access = Databases.h2(folder);
    world = new World(access, people, NO_DNS);
    slack = new FakeSlack();
    slack.members.addAll(List.of(KIM, NOOR, "Ulee"));
    api = new WebApi(slack.settings(), () -> world.now);
    Optional<Workspace> home = Optional.of(api.workspace());
    SlackSurface surface =
        new SlackSurface(
            api,
            new Channels(api, () -> world.now),
            new Members(api, () -> home, world.store().groups(), () -> world.now),
            () -> home);
    CardRoom cards = CardRoom.in(world, people, List.of(surface), new Random(3));
    table = new WorkTable(access, cards.workers(), new Random(4));
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail", "group:admins")
                .quorum(2)
                .channels("own-chats")
                .remind(Duration.ofMinutes(10)),
            APlan.of("Bosses", "group:bosses").window(Duration.ofHours(1)));
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  private void minutes(int many) {
    for (int i = 0; i < many * 6; i++) {
      table.run(world.now);
      world.now = world.now.plusSeconds(10);
    }
  }

  private List<SlackMessages.Message> to(String channel) {
    return slack.messages.all().stream().filter(m -> m.channel().equals(channel)).toList();
  }

  private SlackMessages.Message card(String channel) {
    return to(channel).stream()
        .filter(m -> m.blocks().toString().contains("pn."))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void P12_eachIsAskedInPrivateAndRemindedThere_andAllCardsEndTrue() {
    CaseId id = world.held("m1");
    minutes(1);
    assertThat(to(FakeSlack.CHANNEL)).isEmpty();
    assertThat(card("D" + KIM).blocks().toString()).contains("pn.release", id.text());
    assertThat(card("D" + NOOR).blocks().toString()).contains("pn.release", id.text());

    world.act(id, "kim", new Choice.ReleaseAll());
    minutes(10);
    assertThat(card("D" + NOOR).blocks().toString()).contains("1 of 2");
    assertThat(to("D" + NOOR)).as("the card, and a reminder below it").hasSize(2);

    world.act(id, "noor", new Choice.ReleaseAll());
    minutes(1);
    for (String chat : List.of("D" + KIM, "D" + NOOR)) {
      assertThat(card(chat).blocks().toString()).doesNotContain("pn.release", "pn.discard");
    }
    assertThat(to(FakeSlack.CHANNEL)).isEmpty();
  }

  @Test
  void whoeverCannotBeAskedIsNamedOnTheOthersCards() {
    slack.accounts.put(NOOR, Kit.object().put("is_restricted", true));
    CaseId id = world.held("m1");
    minutes(2);

    assertThat(to("D" + NOOR)).isEmpty();
    assertThat(to(FakeSlack.CHANNEL)).as("one is asked").isEmpty();
    assertThat(card("D" + KIM).blocks().toString())
        .contains("Could not ask", "in a chat of their own in Slack", "a guest’s account");
    assertThat(world.act(id, "kim", new Choice.ReleaseAll())).isEqualTo(new Answer.Counted(id, 1));
  }

  @Test
  void P9_whereNobodyCanBeAskedTheChannelIs() {
    slack.accounts.put(KIM, Kit.object().put("is_restricted", true));
    slack.accounts.put(NOOR, Kit.object().put("deleted", true));
    var _ = world.held("m1");
    minutes(2);

    assertThat(card(FakeSlack.CHANNEL).blocks().toString())
        .contains("pn.release", "a guest’s account", "the account is switched off");
  }

  @Test
  void whoIsPassedOverSeesThatOnTheirCard_andNoCardComesTooLate() {
    slack.refuse("users.info", "internal_error");
    CaseId id = world.held("m1");
    minutes(1);
    int asked = to("D" + KIM).size() + to("D" + NOOR).size();
    assertThat(asked).as("one of them waits").isPositive();
    world.act(id, "kim", new Act.StepAside());
    minutes(3);

    assertThat(to(FakeSlack.CHANNEL)).as("the bosses are asked where all are").hasSize(1);
    assertThat(card(FakeSlack.CHANNEL).blocks().toString())
        .as("a private message is nothing to link to")
        .doesNotContain("pn.goto");
    assertThat(world.records.cards(id))
        .filteredOn(row -> row.place().isOwnChat())
        .extracting(row -> row.place())
        .contains(CardPlace.ownChat("slack", KIM));
  }
}
