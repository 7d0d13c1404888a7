package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Accounts;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.People;
import dev.postern.card.CardWriter;
import dev.postern.card.pace.Pacing;
import dev.postern.evidence.Answer;
import dev.postern.store.CardRoom;
import dev.postern.store.Databases;
import dev.postern.store.Store;
import dev.postern.store.WorkTable;
import dev.postern.store.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A burst of cases in one channel of a Slack that takes no more than it says it takes. */
class SlackPaceIT {
  private static final int CASES = 200;

  @TempDir Path folder;
  private final People people = new People().and("kim").and("noor");
  private final List<CaseId> cases = new ArrayList<>();
  private World world;
  private FakeSlack slack;
  private StrictRates rates;
  private WebApi api;
  private WorkTable table;

  @BeforeEach
  void open() throws Exception {
    Store.Access access = Databases.h2(folder);
    world = new World(access, people, (_, _, _) -> Answer.failure("SERVFAIL"));
    slack = new FakeSlack();
    rates = new StrictRates(() -> world.now);
    slack.rates = Optional.of(rates);
    api = new WebApi(slack.settings(), () -> world.now);
    Optional<Workspace> home = Optional.of(api.workspace());
    SlackSurface surface =
        new SlackSurface(api, new Channels(api, () -> world.now), Accounts.NONE, () -> home);
    CardRoom cards = CardRoom.in(world, people, List.of(surface), new Random(5));
    table = new WorkTable(access, cards.workers(), new Random(6));
    world.chain = World.chain(2);
  }

  @AfterEach
  void close() {
    api.close();
    slack.close();
    world.close();
  }

  @Test
  void P12_aBurstOfTwoHundredCasesInOneChannelMeetsNo429AndEveryCardIsTrueInTheEnd() {
    Instant begun = world.now;
    for (int i = 0; i < CASES; i++) {
      cases.add(world.held("m" + i));
    }
    seconds(150);
    assertThat(cardsInSlack()).as("a card a second, and no fewer").isBetween(120L, 160L);

    // Everybody votes while half of the cards are still on their way, and some twice.
    cases.forEach(id -> world.release(id, "kim"));
    seconds(20);
    cases.subList(0, 60).forEach(id -> world.release(id, "noor"));
    while (table.cardsBehind() > 0 && world.now.isBefore(begun.plus(Duration.ofMinutes(30)))) {
      seconds(1);
    }

    assertThat(rates.refused).as("requests that Slack refused").hasValue(0);
    assertThat(table.cardsBehind()).isZero();
    assertThat(cardsInSlack()).isEqualTo(CASES);
    assertEveryCardIsTrue();
    Duration took = Duration.between(begun, world.now);
    System.out.printf(
        "burst: %d cards, %d posts, %d updates in %s%n",
        CASES, calls("chat.postMessage"), calls("chat.update"), took);
    assertThat(took).isLessThan(Duration.ofMinutes(12));
    assertThat(calls("chat.update")).as("votes meanwhile are drawn at once").isLessThan(300);
  }

  @Test
  void aCardThatIsDecidedIsClosedBeforeTheOthersShowTheirVotes() {
    for (int i = 0; i < 100; i++) {
      cases.add(world.held("m" + i));
    }
    seconds(130);
    assertThat(table.cardsBehind()).isZero();
    cases.forEach(id -> world.release(id, "kim"));
    seconds(5);
    CaseId decided = cases.get(90);
    world.release(decided, "noor");
    seconds(6);

    assertThat(behind(decided)).as("the decided one is shown").isFalse();
    assertThat(table.cardsBehind()).as("while others wait").isGreaterThan(50);
    assertThat(rates.refused).hasValue(0);
  }

  @Test
  void withoutPacingTheSameSlackRefusesMany() throws Exception {
    SlackSettings was = slack.settings();
    SlackSettings off =
        new SlackSettings(
            was.botToken(),
            was.signingSecret(),
            "",
            was.apiUrl(),
            was.defaultChannel(),
            Pacing.OFF);
    try (WebApi unpaced = new WebApi(off, () -> world.now)) {
      Messages messages = new Messages(unpaced);
      for (int i = 0; i < 30; i++) {
        try {
          messages.post(FakeSlack.CHANNEL, "card-" + i, "text", Kit.array());
        } catch (dev.postern.card.SurfaceTrouble refused) {
          assertThat(refused).hasMessageContaining("429");
        }
      }
    }

    assertThat(rates.refused).as("the fake is strict").hasValueGreaterThan(5);
  }

  private void seconds(int many) {
    for (int i = 0; i < many; i++) {
      table.run(world.now);
      world.now = world.now.plusSeconds(1);
    }
  }

  private long cardsInSlack() {
    return slack.messages.all().size();
  }

  private long calls(String method) {
    return slack.methods().stream().filter(method::equals).count();
  }

  private boolean behind(CaseId id) {
    CardRow row = card(id);
    return row.applied() < row.desired();
  }

  private CardRow card(CaseId id) {
    return world.records.cards(id).stream()
        .filter(c -> c.place().equals(World.SLACK))
        .findFirst()
        .orElseThrow();
  }

  private void assertEveryCardIsTrue() {
    CardWriter writer = new CardWriter(people);
    for (CaseId id : cases) {
      CaseFile file = world.find(id);
      CardRow row = card(id);
      SlackMessages.Message message =
          slack.messages.all().stream()
              .filter(m -> m.metadata().at("/event_payload/card").asText().equals(row.id()))
              .findFirst()
              .orElseThrow();
      var truth =
          writer.write(
              file,
              world.records.backstory(id),
              row,
              row.token().map(world.tokens::seal),
              world.now);
      assertThat(message.blocks())
          .as("card of " + id)
          .isEqualTo(Samples.parse(CardBlocks.of(truth).toString()));
    }
  }
}
