package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.People;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.evidence.Answer;
import dev.postern.fake.Mishap;
import dev.postern.policy.APlan;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.store.CardRoom;
import dev.postern.store.Store;
import dev.postern.store.WorkTable;
import dev.postern.store.Workers;
import dev.postern.store.World;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Ten minutes in which Slack refuses, fails, does not answer and delivers everything twice, over
 * real HTTP, on a real store, in the time of the test.
 */
abstract class SlackStormContract {
  private static final Duration LENGTH = Duration.ofMinutes(10);
  private static final int CASES = 12;

  private final Random random = new Random(20);

  /** Of their own: what the weather does must not take the people away. */
  private final Random whim = new Random(21);

  /** Cards with buttons as people first saw them, who may press one that is long decided. */
  private final Map<String, SlackMessages.Message> seen = new LinkedHashMap<>();

  private final People people = new People().and("KIM").and("NOOR");
  private final List<CaseId> cases = new ArrayList<>();
  private final Set<String> acknowledged = new HashSet<>();

  abstract Store.Access database();

  @Test
  void P3_P7_P12_afterTenMinutesOfStormNothingIsLostAndEveryCardIsTrue() throws Exception {
    Store.Access access = database();
    try (World world = new World(access, people, (_, _, _) -> Answer.failure("SERVFAIL"));
        FakeSlack slack = new FakeSlack();
        WebApi api = new WebApi(slack.settings(), Duration.ofSeconds(3), () -> world.now)) {
      slack.scopes.add("groups:history");
      Optional<Workspace> home = Optional.of(api.workspace());
      WorkTable table = new WorkTable(access, workers(world, api, home), random);
      Javalin http = entrance(world, api, home);
      try {
        SlackHand hand = new SlackHand(slack, http.port(), SlackRoom.NOW);
        Instant begun = world.now;
        world.chain =
            APlan.of("Mail admins", "group:admins")
                .quorum(2)
                .reason(ReasonRule.NEVER)
                .chain("admins");
        storm(world, slack, table, hand);
        calm(world, slack, table);
        verify(world, slack, table);
        report(world, slack, table, begun);
      } finally {
        http.stop();
      }
    }
  }

  private Workers workers(World world, WebApi api, Optional<Workspace> home) {
    SlackSurface surface =
        new SlackSurface(
            api,
            new Channels(api, () -> world.now),
            new Members(api, () -> home, world.store().groups(), () -> world.now),
            () -> home);
    return CardRoom.in(world, people, List.of(surface), random).workers();
  }

  private Javalin entrance(World world, WebApi api, Optional<Workspace> home) {
    Wiring postern =
        new Wiring(
            world.desk::accept,
            world.records,
            world.desk::ballot,
            people,
            new CardWriter(people),
            _ -> {},
            SlackRoom.nothingToLookUp(world.records),
            new SharedRows(world.store().replays(), world.store().groups()),
            false,
            InstantSource.fixed(SlackRoom.NOW));
    ResponseUrls responses = new ResponseUrls(api.sdk(), SlackSettings.SLACK);
    Reception reception =
        new Reception(
            () -> home,
            new Interactions(postern, api, Runnable::run),
            new Commands(postern, responses, Runnable::run),
            new Showing(postern, api, responses, Runnable::run),
            api);
    SlackEntrance entrance =
        new SlackEntrance(
            new RequestCheck(FakeSlack.SECRET, postern.clock()),
            postern.shared().replays(),
            reception);
    return Javalin.create(c -> entrance.register(c.routes)).start("127.0.0.1", 0);
  }

  private void storm(World world, FakeSlack slack, WorkTable table, SlackHand hand) {
    Instant end = world.now.plus(LENGTH);
    slack.http.weather = this::weather;
    table.careless(true);
    for (int step = 0; world.now.isBefore(end); step++) {
      if (cases.size() < CASES && random.nextInt(8) == 0) {
        cases.add(world.desk.receive(world.hold("h" + cases.size())).caseId());
      }
      if (random.nextInt(4) == 0) {
        votes(world);
      }
      if (whim.nextInt(6) == 0) {
        presses(slack, hand);
      }
      table.run(world.now);
      if (step % 12 == 11) {
        table.callTheRoll(world.now);
      }
      world.now = world.now.plusSeconds(5);
    }
  }

  private Optional<Mishap> weather() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4 -> Optional.of(Mishap.RATE_LIMITED);
      case 5, 6, 7 -> Optional.of(Mishap.SERVER_ERROR);
      case 8, 9, 10 -> Optional.of(Mishap.LOST_ANSWER);
      case 11, 12, 13 -> Optional.of(Mishap.RESET);
      case 14 -> random.nextInt(4) == 0 ? Optional.of(Mishap.SILENCE) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Somebody votes on the web page, changes their mind, or decides; revisions pile up. */
  private void votes(World world) {
    if (cases.isEmpty()) {
      return;
    }
    CaseId id = cases.get(random.nextInt(cases.size()));
    if (world.find(id).openStage().isPresent()) {
      String who = random.nextInt(6) == 0 ? "NOOR" : "KIM";
      if (random.nextInt(3) == 0) {
        world.act(id, who, new Act.Withdraw());
      } else {
        world.release(id, who);
      }
    }
  }

  /** Somebody presses Discard on a card that stood in Slack, which delivers it several times. */
  private void presses(FakeSlack slack, SlackHand hand) {
    slack.messages.all().stream()
        .filter(m -> m.blocks().toString().contains("\"pn.discard\""))
        .forEach(m -> seen.putIfAbsent(m.ts(), m));
    if (seen.isEmpty()) {
      return;
    }
    SlackMessages.Message card = List.copyOf(seen.values()).get(whim.nextInt(seen.size()));
    ObjectNode press = hand.pressing(whim.nextBoolean() ? "UKIM" : "UNOOR", card, "pn.discard");
    int deliveries = 1 + whim.nextInt(3);
    for (int i = 0; i < deliveries; i++) {
      if (hand.interact(press).statusCode() == 200) {
        acknowledged.add(press.at("/actions/0/action_ts").asText());
      }
    }
  }

  private void calm(World world, FakeSlack slack, WorkTable table) {
    slack.http.weather = Optional::empty;
    table.careless(false);
    for (int i = 0; i < 60; i++) {
      table.callTheRoll(world.now);
      table.run(world.now);
      world.now = world.now.plusSeconds(10);
    }
  }

  private void verify(World world, FakeSlack slack, WorkTable table) {
    assertThat(table.cardsBehind()).isZero();
    assertThat(table.clicksWaiting()).as("clicks that nobody judged").isZero();
    assertThat(table.clicks("slack"))
        .as("each acknowledged press is one click")
        .isEqualTo(acknowledged.size())
        .isGreaterThan(5);
    CardWriter writer = new CardWriter(people);
    int done = 0;
    for (CaseId id : cases) {
      CaseFile file = world.find(id);
      done += file.state() == CaseState.DONE ? 1 : 0;
      assertThat(file.state()).isIn(CaseState.ASKING, CaseState.DONE);
      CardRow row =
          world.records.cards(id).stream()
              .filter(c -> c.place().equals(World.SLACK))
              .findFirst()
              .orElseThrow();
      List<SlackMessages.Message> messages =
          slack.messages.all().stream()
              .filter(m -> m.metadata().at("/event_payload/card").asText().equals(row.id()))
              .toList();
      assertThat(messages.size()).as("cards of " + id).isEqualTo(1);
      CardView truth =
          writer.write(
              file,
              world.records.backstory(id),
              row,
              row.token().map(world.tokens::seal),
              world.now);
      assertThat(messages.getFirst().blocks())
          .as("card of " + id)
          .isEqualTo(Samples.parse(CardBlocks.of(truth).toString()));
    }
    assertThat(done).as("cases that were decided").isPositive();
    assertThat(world.quarantine.calls).as("each decision told once").hasSize(done);
    assertThat(slack.messages.all().size()).as("messages in Slack").isEqualTo(cases.size());
  }

  private void report(World world, FakeSlack slack, WorkTable table, Instant begun) {
    Set<String> ofCards = Set.of("chat.postMessage", "chat.update", "conversations.history");
    List<String> calls = slack.methods().stream().filter(ofCards::contains).toList();
    int revisions =
        cases.stream()
            .flatMap(id -> world.records.cards(id).stream())
            .filter(c -> c.place().equals(World.SLACK))
            .mapToInt(CardRow::desired)
            .sum();
    System.out.printf(
        "storm over HTTP: %d cards, %d revisions, %d calls (%.1f per card), %d presses"
            + " acknowledged, %d wake-ups lost, %d effects, %s of time%n",
        cases.size(),
        revisions,
        calls.size(),
        calls.size() / (double) cases.size(),
        acknowledged.size(),
        table.lost(),
        world.quarantine.calls.size(),
        Duration.between(begun, world.now));
    assertThat(calls.size() / (double) cases.size()).as("calls per card").isLessThan(15);
  }
}
