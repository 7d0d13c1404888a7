package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.People;
import dev.postern.approval.Stage;
import dev.postern.card.CardKeeper;
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

/** Whoever takes a place in a stage is told in private. */
class SlackHandOverIT {
  private static final String LEE = "Ulee";

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor").and("lee", "bosses");
  private World world;
  private FakeSlack slack;
  private WebApi api;
  private SlackSurface surface;
  private CardKeeper keeper;

  @BeforeEach
  void open() throws Exception {
    world = Worlds.onH2(folder, people);
    slack = new FakeSlack();
    slack.members.add(LEE);
    api = new WebApi(slack.settings(), () -> world.now);
    Optional<Workspace> home = Optional.of(api.workspace());
    surface =
        new SlackSurface(
            api,
            new Channels(api, () -> world.now),
            new Members(api, () -> home, world.store().groups(), () -> world.now),
            () -> home);
    keeper = keeper();
    world.chain =
        APlan.chain(
            "mail",
            APlan.of("Mail", "group:admins").quorum(2),
            APlan.of("Bosses", "group:bosses").window(Duration.ofHours(1)));
  }

  private CardKeeper keeper() {
    return CardRoom.in(world, people, List.of(surface), new Random(3)).keeper();
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  private CaseId handedOver() {
    CaseId id = world.held("m1");
    draw(id);
    assertThat(world.act(id, "kim", new Act.HandOver("lee"))).isEqualTo(new Answer.Noted(id));
    return id;
  }

  @Test
  void theNewApproverIsToldInPrivateWithALinkAndNothingOfTheMail() {
    CaseId id = handedOver();

    draw(id);

    SlackMessages.Message card = to(FakeSlack.CHANNEL).getFirst();
    SlackMessages.Message notice = only("D" + LEE);
    assertThat(notice.button("pn.goto").path("url").asText())
        .isEqualTo(
            "https://corp-example.slack.com/archives/C0MAILOPS1/p" + card.ts().replace(".", ""));
    assertThat(notice.blocks().toString())
        .contains("Handed over to you", "because", id.text())
        .doesNotContain("evil", "eve", "Subject", "pn.release", "pn.discard");
    assertThat(notice.text()).doesNotContain("evil");
    assertThat(card.blocks().toString()).contains("Handed over", "because");
  }

  @Test
  void aRestartBeforeTheNoticeWentOutLosesItNotAndOneAfterwardsDoublesItNot() {
    CaseId id = handedOver();
    keeper = keeper();
    draw(id);
    keeper = keeper();
    draw(id);
    world.act(id, "noor", new Choice.ReleaseAll());
    draw(id);

    assertThat(to("D" + LEE)).hasSize(1);
    assertThat(only("D" + LEE).edits()).isPositive();
  }

  @Test
  void whenItIsDecidedTheNoticeSaysThatNothingIsLeft() {
    CaseId id = handedOver();
    draw(id);
    world.act(id, "noor", new Choice.Discard());
    draw(id);

    assertThat(only("D" + LEE).blocks().toString()).contains("nothing left to decide for you");
  }

  @Test
  void aNoticeThatCameTooLateIsNotSent() {
    CaseId id = handedOver();
    world.act(id, "noor", new Choice.Discard());

    draw(id);

    assertThat(to("D" + LEE)).isEmpty();
  }

  @Test
  void thatNobodyCanBeToldStandsOnTheCardAndTheVoteStands() {
    slack.accounts.put(LEE, Kit.object().put("is_restricted", true));
    CaseId id = handedOver();

    draw(id);
    draw(id);
    draw(id);

    assertThat(to("D" + LEE)).isEmpty();
    assertThat(to(FakeSlack.CHANNEL).getFirst().blocks().toString())
        .contains("could not be told: a guest’s account");
    assertThat(world.records.history(id).stream().filter(l -> l.what().equals("approver.untold")))
        .hasSize(1);
    assertThat(world.find(id).openStage().map(Stage::approvers)).contains(List.of("lee", "noor"));
  }

  @Test
  void aFaultThatPassesDelaysTheNotice() {
    CaseId id = handedOver();
    slack.refuse("users.info", "internal_error");
    draw(id);
    assertThat(to("D" + LEE)).isEmpty();

    world.now = world.now.plus(Duration.ofMinutes(2));
    draw(id);

    assertThat(to("D" + LEE)).hasSize(1);
  }

  private SlackMessages.Message only(String channel) {
    assertThat(to(channel)).hasSize(1);
    return to(channel).getFirst();
  }

  private List<SlackMessages.Message> to(String channel) {
    return slack.messages.all().stream().filter(m -> m.channel().equals(channel)).toList();
  }

  private void draw(CaseId id) {
    for (CardRow row : world.records.cards(id)) {
      keeper.bring(row.id(), row.desired());
    }
  }
}
