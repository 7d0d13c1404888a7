package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.People;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.card.CardKeeper;
import dev.postern.card.Teller;
import dev.postern.fake.Mishap;
import dev.postern.policy.APlan;
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

/**
 * Cards of one case in several places of Slack, as the desk, the store and the keeper make them.
 */
class SlackEscalationIT {
  private static final String LEADS = "C0LEADS001";
  private static final String ANNA = "Uanna";

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor").and("lee", "leads");
  private World world;
  private FakeSlack slack;
  private WebApi api;
  private CardKeeper keeper;
  private Teller teller;

  @BeforeEach
  void open() throws Exception {
    people.and("anna", "clerks");
    world = Worlds.onH2(folder, people);
    slack = new FakeSlack();
    slack.channels.put(LEADS, Kit.object());
    slack.members.add(ANNA);
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
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail on-call", "group:admins").quorum(2),
            APlan.of("Mail security leads", "group:leads").channels("slack:" + LEADS));
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  @Test
  void theCardInTheNextChannelLinksToTheFirstAndTheFirstSaysWhereItWent() {
    CaseId id = world.held("m1");
    draw(id);
    SlackMessages.Message first = in(FakeSlack.CHANNEL);
    world.act(id, "kim", new Choice.ReleaseAll());

    timeUp(id);
    draw(id);

    String link =
        "https://corp-example.slack.com/archives/C0MAILOPS1/p" + first.ts().replace(".", "");
    JsonNode button = in(LEADS).button("pn.goto");
    assertThat(button.path("url").asText()).isEqualTo(link);
    assertThat(button.path("text").path("text").asText()).isEqualTo("Open the first card");
    assertThat(in(LEADS).blocks().toString()).contains("not counted here", "pn.release");
    assertThat(in(FakeSlack.CHANNEL).ts()).isEqualTo(first.ts());
    assertThat(in(FakeSlack.CHANNEL).text()).startsWith("Passed to stage 2: still held");
    assertThat(in(FakeSlack.CHANNEL).blocks().toString())
        .contains("Mail security leads now decide, in their own channel.", "pn.evidence")
        .doesNotContain("pn.release", "pn.discard", "pn.more");
  }

  @Test
  void slackIsAskedForALinkOnceAndACardStandsWithoutIt() {
    slack.refuse("chat.getPermalink", "message_not_found");
    CaseId id = world.held("m1");
    draw(id);
    timeUp(id);
    draw(id);

    assertThat(in(LEADS).blocks().toString()).contains("pn.release").doesNotContain("pn.goto");
    world.act(id, "lee", new Act.Recheck());
    world.desk.recheck(id, 0);
    draw(id);
    assertThat(slack.methods().stream().filter("chat.getPermalink"::equals)).hasSize(1);

    world.now = world.now.plus(Links.WITHOUT);
    world.desk.recheck(id, 0);
    draw(id);
    world.desk.recheck(id, 0);
    draw(id);
    assertThat(in(LEADS).blocks().toString()).contains("pn.goto", "Checked again");
    assertThat(slack.methods().stream().filter("chat.getPermalink"::equals)).hasSize(2);
  }

  @Test
  void P16_aSilentSlackCostsARedrawLittleTimeForALink() {
    slack.http.order("chat.getPermalink", Mishap.SILENCE);
    Links links = new Links(api);

    assertTimeout(
        Duration.ofSeconds(3), // the way itself has five
        () -> assertThat(links.to(FakeSlack.CHANNEL, "1795503800.000001")).isEmpty());
    assertThat(links.to(FakeSlack.CHANNEL, "1795503800.000001")).isEmpty();
    assertThat(slack.methods().stream().filter("chat.getPermalink"::equals)).hasSize(1);
  }

  @Test
  void P8_theWitnessIsAskedInPrivateAndToldTheEndOnce() {
    CaseId id = world.held("m1");
    world.act(id, "kim", new Act.Ask(World.address("anna@corp.example")));
    draw(id);
    SlackMessages.Message question = in("D" + ANNA);
    assertThat(question.blocks().toString()).contains("pn.expected", "Do you expect");
    assertThat(in(FakeSlack.CHANNEL).blocks().toString()).contains("no answer yet");

    String token = question.button("pn.unexpected").path("value").asText();
    Click click =
        new Click(
            "e1",
            "slack",
            new Identity("slack", "T", ANNA),
            token,
            question.channel(),
            new Act.Testify(Testimony.Word.UNEXPECTED),
            "");
    assertThat(world.desk.click(click)).isEqualTo(new Answer.Heard(id));
    draw(id);
    assertThat(in(FakeSlack.CHANNEL).blocks().toString())
        .contains("Recipient says", "not expected");
    assertThat(in("D" + ANNA).blocks().toString())
        .contains("You answered: not expected")
        .doesNotContain("pn.expected");

    world.act(id, "noor", new Choice.Discard());
    world.settle(1);
    draw(id);
    draw(id);
    assertThat(in("D" + ANNA).blocks().toString()).containsOnlyOnce("It was discarded.");
    assertThat(in("D" + ANNA).ts()).isEqualTo(question.ts());
    assertThat(slack.methods().stream().filter("chat.postMessage"::equals)).hasSize(2);
  }

  @Test
  void aReminderStandsInTheThreadOfTheCardThatAsksAndIsForAll() {
    CaseId id = world.held("m1");
    draw(id);
    SlackMessages.Message card = in(FakeSlack.CHANNEL);

    assertThat(teller.remind(id, "1#0")).isEmpty();

    FakeSlack.Call reply = slack.calls().getLast();
    assertThat(reply.arguments()).containsEntry("thread_ts", card.ts());
    assertThat(reply.arguments()).containsEntry("reply_broadcast", "1");
    assertThat(reply.arguments().get("blocks")).contains("Still held").doesNotContain("Only you");
  }

  private void timeUp(CaseId id) {
    Stage stage = world.find(id).openStage().orElseThrow();
    world.now = stage.closes();
    world.desk.timeUp(stage.id());
  }

  private void draw(CaseId id) {
    for (CardRow row : world.records.cards(id)) {
      keeper.bring(row.id(), row.desired());
    }
  }

  private SlackMessages.Message in(String channel) {
    List<SlackMessages.Message> there =
        slack.messages.all().stream().filter(m -> m.channel().equals(channel)).toList();
    assertThat(there).as("messages in " + channel).isNotEmpty();
    return there.getFirst();
  }
}
