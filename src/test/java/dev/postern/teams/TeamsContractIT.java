package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.card.Chat;
import dev.postern.card.Chat.Seen;
import dev.postern.card.ChatWorld;
import dev.postern.card.SurfaceContract;
import dev.postern.fake.Mishap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Approvals in Teams. */
final class TeamsContractIT extends SurfaceContract {
  @Override
  protected Chat chat(InstantSource clock) {
    return new TeamsChat(clock, "kim", "noor", "lee", "anna", "max", "guest", "stranger");
  }

  /**
   * Teams knows neither "once" nor a way to look for a message: a card is known as soon as somebody
   * looks at it. Until then it stands there twice, with one token.
   */
  @Test
  @Override
  protected void P12_aPostWhoseAnswerWasLostMakesNoSecondCardThoughNobodyLooks() {
    chat.spoilPosts(Mishap.LOST_ANSWER);
    CaseId id = room.held("m1");
    room.passes(Duration.ofMinutes(2));
    List<Seen> twice = room.cards(id, chat.channel());
    assertThat(twice).hasSize(2);

    chat.release("kim", twice.getFirst(), List.of(), "");
    chat.discard("noor", twice.getLast(), "");
    room.work();

    room.assertTold("noor", "Already decided");
    assertThat(room.world().quarantine.calls).hasSize(1);
    ChatWorld.await("the second is gone", () -> room.cards(id, chat.channel()).size() == 1);
    assertThat(room.cardIsTrue(id, chat.channel())).isTrue();
  }
}
