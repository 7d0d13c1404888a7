package dev.postern.slack;

import dev.postern.card.Chat;
import dev.postern.card.SurfaceContract;
import java.time.InstantSource;

/** Approvals in Slack. */
final class SlackContractIT extends SurfaceContract {
  @Override
  protected Chat chat(InstantSource clock) {
    return new SlackChat(clock);
  }
}
