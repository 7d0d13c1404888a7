package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.People;
import dev.postern.card.CardKeeper;
import dev.postern.evidence.Answer;
import dev.postern.store.CardRoom;
import dev.postern.store.Databases;
import dev.postern.store.WorkTable;
import dev.postern.store.World;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody must mend in Slack: readiness says it, the case is decided on the web page
 * meanwhile, and the card tells the truth once it is mended.
 */
class SlackDefectsIT {
  @TempDir Path folder;

  private final Random random = new Random(3);
  private final People people = new People().and("kim").and("noor");
  private World world;
  private FakeSlack slack;
  private WebApi api;
  private CardKeeper keeper;
  private WorkTable table;

  @BeforeEach
  void open() throws Exception {
    var access = Databases.h2(folder);
    world = new World(access, people, (_, _, _) -> Answer.failure("SERVFAIL"));
    slack = new FakeSlack();
    api = new WebApi(slack.settings(), () -> world.now);
    Optional<Workspace> home = Optional.of(api.workspace());
    SlackSurface surface =
        new SlackSurface(
            api,
            new Channels(api, () -> world.now),
            new Members(api, () -> home, world.store().groups(), () -> world.now),
            () -> home);
    CardRoom cards = CardRoom.in(world, people, List.of(surface), random);
    keeper = cards.keeper();
    table = new WorkTable(access, cards.workers(), random);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  private void minutes(int minutes) {
    for (int i = 0; i < minutes * 12; i++) {
      table.run(world.now);
      world.now = world.now.plusSeconds(5);
    }
  }

  private String shown() {
    return slack.messages.all().getLast().blocks().toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token_revoked",
        "account_inactive",
        "invalid_auth",
        "is_archived",
        "not_in_channel",
        "channel_not_found"
      })
  void whatMustBeMendedShowsInReadinessAndTheWebDecidesMeanwhile(String error) {
    CaseId id = world.held("m1");
    minutes(1);
    assertThat(slack.messages.all()).hasSize(1);
    slack.always("chat.update", error);

    world.release(id, "kim");
    minutes(2);

    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(keeper.trouble())
        .hasValueSatisfying(t -> assertThat(t).contains(FakeSlack.CHANNEL, error));
    assertThat(api.trouble()).hasValueSatisfying(t -> assertThat(t).contains(error));
    assertThat(shown()).doesNotContain("250 2.0.0");

    slack.http.mend("chat.update");
    minutes(10);

    assertThat(keeper.trouble()).isEmpty();
    assertThat(api.trouble()).isEmpty();
    assertThat(slack.messages.all()).hasSize(1);
    assertThat(shown()).contains("250 2.0.0 Ok: queued as TEST1");
  }

  @Test
  void aCardThatSomebodyDeletedComesBackWhilePeopleAreAskedAndStaysAwayAfterwards() {
    world.chain = World.chain(2);
    CaseId id = world.held("m1");
    minutes(1);
    delete();

    world.release(id, "kim");
    minutes(2);
    assertThat(slack.messages.all()).hasSize(1);

    delete();
    world.release(id, "noor");
    minutes(2);
    assertThat(world.find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(slack.messages.all()).isEmpty();
    assertThat(keeper.trouble()).isEmpty();
  }

  private void delete() {
    SlackMessages.Message card = slack.messages.all().getLast();
    assertThat(slack.messages.remove(card.channel(), card.ts())).isTrue();
  }

  @Test
  void P6_aChannelThatIsSharedWithAnotherFirmGetsNoCardUntilItIsNot() {
    slack.channels.put(FakeSlack.CHANNEL, Kit.object().put("is_ext_shared", true));
    CaseId id = world.held("m1");
    minutes(2);

    assertThat(slack.messages.all()).isEmpty();
    assertThat(keeper.trouble()).hasValueSatisfying(t -> assertThat(t).contains("Slack Connect"));

    slack.channels.clear();
    minutes(16);
    assertThat(slack.messages.all()).hasSize(1);
    assertThat(world.find(id).state()).isEqualTo(CaseState.ASKING);
  }
}
