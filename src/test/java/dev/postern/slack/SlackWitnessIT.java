package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Identity;
import dev.postern.approval.People;
import dev.postern.approval.Testimony;
import dev.postern.card.CardKeeper;
import dev.postern.card.Teller;
import dev.postern.fake.Mishap;
import dev.postern.store.CardRoom;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions to recipients that do not get there, or get there twice. */
class SlackWitnessIT {
  private static final String ANNA = "Uanna";

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor");
  private World world;
  private FakeSlack slack;
  private WebApi api;
  private CardKeeper keeper;
  private Teller teller;
  private int presses;

  @BeforeEach
  void open() throws Exception {
    people.and("anna", "clerks").and("bo", "clerks");
    world = Worlds.onH2(folder, people);
    slack = new FakeSlack();
    slack.members.addAll(List.of(ANNA, "Ubo"));
    api = new WebApi(slack.settings(), () -> world.now);
    Optional<Workspace> home = Optional.of(api.workspace());
    SlackSurface surface =
        new SlackSurface(
            api,
            new Channels(api, () -> world.now),
            new Members(api, () -> home, world.store().groups(), () -> world.now),
            () -> home);
    CardRoom cards = CardRoom.in(world, people, List.of(surface), new Random(3));
    keeper = cards.keeper();
    teller = cards.teller();
    world.chain = World.chain(2);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  private CaseId asked() {
    CaseId id = world.held("m1");
    draw(id);
    world.act(id, "kim", new Act.Ask(World.address("anna@corp.example")));
    return id;
  }

  @ParameterizedTest
  @CsvSource({
    "user_not_found, no account of our workspace",
    "channel_not_found, no account of our workspace",
    "cannot_dm_bot, a bot’s account",
    "messages_tab_disabled, the account takes no messages of Postern",
    "is_inactive, the account is switched off",
  })
  void aQuestionThatSlackNeverTakesIsSaidWithItsReasonAndAnotherCanBeAsked(
      String error, String words) {
    CaseId id = asked();
    slack.refuse("chat.postMessage", error);

    settle(id);

    assertThat(card()).contains("Could not ask", words).doesNotContain("no answer yet");
    assertThat(to(ANNA)).isEmpty();
    assertThat(api.trouble()).as("a channel is not to blame").isEmpty();
    world.act(id, "kim", new Act.Ask(World.address("bo@corp.example")));
    settle(id);
    assertThat(to("Ubo")).hasSize(1);
    assertThat(card()).contains("Could not ask", "no answer yet");
    assertThat(to(ANNA)).as("and it is not tried again").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "is_restricted, a guest’s account",
    "is_bot, a bot’s account",
    "deleted, the account is switched off",
    "is_stranger, no account of our workspace",
  })
  void P6_whoIsNoFullMemberIsNotAsked(String field, String words) {
    slack.accounts.put(ANNA, Kit.object().put(field, true));

    settle(asked());

    assertThat(card()).contains("Could not ask", words);
    assertThat(to(ANNA)).isEmpty();
  }

  @Test
  void aFaultThatPassesIsTriedAgainForAnHourAndThenSaid() {
    CaseId id = asked();
    slack.always("chat.postMessage", "internal_error");
    world.now = world.now.plus(Duration.ofMinutes(50));
    draw(id);
    assertThat(card()).contains("no answer yet");

    world.now = world.now.plus(Duration.ofMinutes(11));
    draw(id);
    slack.http.mend("chat.postMessage");
    draw(id);

    assertThat(card()).contains("Could not ask", "took no message in time");
    world.now = world.now.plus(Duration.ofHours(1));
    settle(id);
    assertThat(to(ANNA)).isEmpty();
  }

  @Test
  void aFaultThatPassesInTimeCostsNothing() {
    CaseId id = asked();
    slack.refuse("chat.postMessage", "ratelimited");
    slack.refuse("users.info", "internal_error");
    draw(id);
    draw(id);

    world.now = world.now.plus(Duration.ofMinutes(5));
    settle(id);

    assertThat(to(ANNA)).hasSize(1);
    assertThat(card()).contains("no answer yet");
  }

  @Test
  void aQuestionThatStandsTwiceIsOneQuestionAndEachSaysSoWhenPressed() {
    CaseId id = twice();
    var first = to(ANNA).getFirst();
    var second = to(ANNA).getLast();

    press(second, "pn.expected");
    settle(id);
    assertThat(card()).contains("Recipient says", "yes, expected");
    assertThat(fresh(second)).contains("You answered: yes").doesNotContain("pn.expected");
    assertThat(fresh(first)).as("nobody knows of it yet").contains("pn.expected");

    press(first, "pn.unexpected");

    assertThat(fresh(first)).contains("You answered: yes").doesNotContain("pn.unexpected");
    settle(id);
    assertThat(card()).contains("yes, expected").doesNotContain(": not expected");
    assertThat(to(ANNA)).hasSize(2);
  }

  @Test
  void theAnswerGivenOnTheFirstOfTwoShowsOnBoth() {
    CaseId id = twice();

    press(to(ANNA).getFirst(), "pn.unsure");
    settle(id);

    assertThat(fresh(to(ANNA).getFirst())).contains("You answered: not sure");
    assertThat(fresh(to(ANNA).getLast())).contains("You answered: not sure");
  }

  @Test
  void whoAnswersBeforeTheQuestionIsPostedAgainIsNotAskedAgain() {
    CaseId id = asked();
    slack.http.order("chat.postMessage", Mishap.LOST_ANSWER);
    draw(id);

    press(to(ANNA).getFirst(), "pn.unexpected");
    world.now = world.now.plus(Duration.ofMinutes(2));
    settle(id);

    assertThat(to(ANNA)).hasSize(1);
    assertThat(fresh(to(ANNA).getFirst())).contains("You answered: not expected");
  }

  @Test
  void aSecondMessageThatIsPressedWhenAllIsOverSaysHowItEnded() {
    CaseId id = twice();
    world.act(id, "kim", new Choice.Discard());
    world.settle(1);

    press(to(ANNA).getFirst(), "pn.expected");

    assertThat(fresh(to(ANNA).getFirst()))
        .contains("It was discarded.")
        .doesNotContain("pn.expected");
  }

  /** The answer to the first post was lost. */
  private CaseId twice() {
    CaseId id = asked();
    slack.http.order("chat.postMessage", Mishap.LOST_ANSWER);
    draw(id);
    world.now = world.now.plus(Duration.ofMinutes(2));
    settle(id);
    assertThat(to(ANNA)).hasSize(2);
    assertThat(to(ANNA).getFirst().button("pn.expected").path("value"))
        .isEqualTo(to(ANNA).getLast().button("pn.expected").path("value"));
    return id;
  }

  private void press(SlackMessages.Message message, String button) {
    Click click =
        new Click(
            "press" + presses++,
            "slack",
            new Identity("slack", FakeSlack.TEAM, ANNA),
            message.button(button).path("value").asText(),
            message.channel(),
            new Act.Testify(
                Testimony.Word.of(button.substring("pn.".length())),
                message.channel() + "/" + message.ts()),
            "");
    world.desk.accept(click);
    var judged = (Doorkeeper.Judged) world.clicks.judge("slack", click.eventId()).orElseThrow();
    teller.tell(judged.click(), judged.answer());
  }

  private String fresh(SlackMessages.Message message) {
    return slack.messages.all().stream()
        .filter(m -> m.ts().equals(message.ts()))
        .findFirst()
        .orElseThrow()
        .blocks()
        .toString();
  }

  private String card() {
    return to(FakeSlack.CHANNEL, "").getFirst().blocks().toString();
  }

  private List<SlackMessages.Message> to(String user) {
    return to(user, "D");
  }

  private List<SlackMessages.Message> to(String channel, String prefix) {
    return slack.messages.all().stream().filter(m -> m.channel().equals(prefix + channel)).toList();
  }

  private void draw(CaseId id) {
    for (CardRow row : world.records.cards(id)) {
      keeper.bring(row.id(), row.desired());
    }
  }

  private void settle(CaseId id) {
    for (int i = 0; i < 4; i++) {
      draw(id);
      world.now = world.now.plusSeconds(30);
    }
  }
}
