package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.card.Chat.Seen;
import dev.postern.fake.Mishap;
import dev.postern.policy.StagePlan.ReasonRule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an approval outlives on every chat platform: restarts, lost answers, silence, storms. In the
 * time of a test, with the desk on a real store.
 */
public abstract class SurfaceTroubles {
  static final String RELEASE_BOTH = "release [anna@corp.example, bo@corp.example] attempt 1";
  static final String WHY = "Called Eve back, it is hers";
  static final List<Integer> ALL = List.of();

  @TempDir Path folder;
  protected ChatWorld room;
  protected Chat chat;

  /** The platform. */
  protected abstract Chat chat(InstantSource clock);

  @BeforeEach
  void open() throws Exception {
    room = new ChatWorld(folder, this::chat);
    chat = room.chat();
  }

  @AfterEach
  void close() {
    List<String> faults = List.copyOf(chat.faults());
    room.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void P3_aPressAfterARestartCountsOnTheCardThatWasPostedBefore() throws Exception {
    CaseId id = room.held("m1");
    Seen card = room.card(id);

    room.restart();
    chat.release("kim", card, ALL, WHY);
    room.work();

    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(room.card(id).id()).isEqualTo(card.id());
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void P3_aPressThatWasAcknowledgedOutlivesARestart() throws Exception {
    CaseId id = room.held("m1");
    chat.release("kim", room.card(id), ALL, WHY);

    room.restart();
    room.work();

    assertThat(room.world().find(id).state()).isEqualTo(CaseState.DONE);
    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void P12_aPostWhoseAnswerWasLostIsTheOneCardAndItsPressCounts() {
    chat.spoilPosts(Mishap.LOST_ANSWER);
    CaseId id = room.held("m1");

    chat.release("kim", room.card(id), ALL, WHY);
    room.passes(Duration.ofMinutes(2));

    assertThat(room.world().quarantine.calls).containsExactly(RELEASE_BOTH);
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  protected void P12_aPostWhoseAnswerWasLostMakesNoSecondCardThoughNobodyLooks() {
    chat.spoilPosts(Mishap.LOST_ANSWER);
    CaseId id = room.held("m1");

    room.passes(Duration.ofMinutes(2));

    assertThat(room.card(id).asks()).isTrue();
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }

  @Test
  void P9_aPlatformThatIsDownGetsItsCardsOnceItIsBackAndTheWebDecidesMeanwhile() {
    chat.weather(() -> Optional.of(Mishap.RESET));
    CaseId decided = room.held("m1");
    CaseId open = room.held("m2");
    room.passes(Duration.ofMinutes(1));
    assertThat(chat.messages()).isEmpty();
    assertThat(room.trouble()).isPresent();
    assertThat(room.waiting()).hasValueSatisfying(it -> assertThat(it).contains(chat.channel()));
    room.world().release(decided, "kim");

    chat.weather(Optional::empty);
    room.passes(Duration.ofMinutes(5));

    assertThat(room.trouble()).isEmpty();
    assertThat(room.waiting()).isEmpty();
    assertThat(room.world().find(decided).state()).isEqualTo(CaseState.DONE);
    assertThat(room.cards(decided, chat.channel())).noneMatch(Seen::asks);
    assertThat(room.card(open).asks()).isTrue();
    chat.release("noor", room.card(open), ALL, WHY);
    room.work();
    assertThat(room.world().find(open).state()).isEqualTo(CaseState.DONE);
  }

  @Test
  void P3_P7_P12_inAStormOfTooManyRequestsNothingIsLostAndEveryCardEndsTrue() {
    Random random = new Random(20);
    room.world().chain = room.asking(ReasonRule.NEVER, 2);
    chat.weather(() -> random.nextInt(2) > 0 ? Optional.of(Mishap.RATE_LIMITED) : Optional.empty());
    List<CaseId> cases = new ArrayList<>();
    int presses = 0;
    for (int step = 0; step < 60; step++) {
      if (step % 10 == 0) {
        cases.add(room.held("m" + step));
      }
      CaseId one = cases.get(random.nextInt(cases.size()));
      Optional<Seen> card = room.cards(one, chat.channel()).stream().filter(Seen::asks).findFirst();
      if (card.isPresent()) {
        chat.discard(random.nextBoolean() ? "kim" : "noor", card.get(), WHY);
        presses++;
      }
      room.passes(Duration.ofSeconds(5));
    }

    chat.weather(Optional::empty);
    room.passes(Duration.ofMinutes(3));

    assertThat(presses).isGreaterThan(5);
    assertThat(room.table().clicksWaiting()).isZero();
    assertThat(room.table().clicks(chat.name())).as("each press is one click").isEqualTo(presses);
    assertThat(room.table().cardsBehind()).isZero();
    long done =
        cases.stream().filter(it -> room.world().find(it).state() == CaseState.DONE).count();
    assertThat(done).isPositive();
    assertThat(room.world().quarantine.calls).hasSize((int) done);
    assertThat(cases).allMatch(it -> room.cardIsTrue(it, chat.channel()));
  }
}
