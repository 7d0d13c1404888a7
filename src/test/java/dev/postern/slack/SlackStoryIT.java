package dev.postern.slack;

import dev.postern.card.Chat;
import dev.postern.card.ChatStoryContract;
import java.time.InstantSource;

/** The whole program with Slack. */
final class SlackStoryIT extends ChatStoryContract {
  @Override
  protected Chat chat(InstantSource clock) {
    return new SlackChat(clock);
  }
}
