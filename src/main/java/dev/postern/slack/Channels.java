package dev.postern.slack;

import com.slack.api.model.Conversation;
import dev.postern.card.Remembered;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Channels as Slack describes them: {@code conversations.info}. */
final class Channels {
  private static final Logger log = LoggerFactory.getLogger(Channels.class);

  /** How old a description may be before a card is posted. */
  private static final Duration FRESH = Duration.ofMinutes(10);

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** With the post that follows still shorter than a turn at a card. */
  private static final Duration SHORT = Duration.ofMillis(800);

  private final WebApi api;
  private final WebApi hurried;
  private final Remembered<Channel> channels;

  /**
   * One channel.
   *
   * @param id as the settings name it
   * @param member whether Postern is in it
   * @param archived whether it takes no messages any more
   * @param external whether another firm reads along, or was asked to
   */
  record Channel(String id, boolean member, boolean archived, boolean external) {

    /** Why no card that asks is to be posted, with how to mend it; empty when one may be. */
    Optional<String> trouble() {
      if (external) {
        return Optional.of(
            "The channel "
                + id
                + " is shared with another organisation (Slack Connect), and Postern asks nobody"
                + " there: choose a channel of your own workspace.");
      }
      if (archived) {
        return Optional.of(
            "The channel " + id + " is archived: unarchive the channel or choose another.");
      }
      return member
          ? Optional.empty()
          : Optional.of("Postern is not in the channel " + id + ": type /invite @Postern in it.");
    }
  }

  Channels(WebApi api, InstantSource clock) {
    this.api = api.within(PATIENCE);
    this.hurried = api.within(SHORT);
    this.channels = new Remembered<>(FRESH, clock);
  }

  /** What Slack says of a channel now. */
  Channel describe(String id) throws SurfaceTrouble {
    return ask(api, id);
  }

  /**
   * Lets nothing pass into a channel that another firm reads.
   *
   * @throws SurfaceTrouble when it is one, or when Slack does not say; nothing was posted then
   */
  void mayAsk(String id) throws SurfaceTrouble {
    Channel channel;
    try {
      channel = channels.learn(id, () -> ask(hurried, id));
    } catch (SurfaceTrouble trouble) {
      throw unposted(trouble);
    }
    if (channel.external()) {
      throw new SurfaceTrouble(Kind.CLOSED, channel.trouble().orElseThrow());
    }
  }

  /**
   * Whether another firm reads a channel that a card stands in already. Where Slack does not say,
   * what it said last: the card had better be true than stay as it is.
   */
  boolean shared(String id) {
    if (!id.startsWith("C") && !id.startsWith("G")) {
      return false; // with one person, and not described without a scope of its own
    }
    try {
      return channels.learn(id, () -> ask(hurried, id)).external();
    } catch (SurfaceTrouble unsaid) {
      log.warn("Whether {} is shared is not known: {}", id, unsaid.getMessage());
      return channels.last(id).map(Channel::external).orElse(false);
    }
  }

  /**
   * Looks at a channel anew, and notes for readiness what is wrong with it.
   *
   * @return how long to wait where it is too early; empty when it was looked at
   */
  Optional<Duration> look(String id) {
    Optional<Duration> wait = api.pace().until(SlackRates.method("conversations.info"));
    if (wait.isEmpty()) {
      lookNow(id);
    }
    return wait;
  }

  private void lookNow(String id) {
    String fault = "channel " + id;
    try {
      Channel channel = describe(id);
      channels.put(id, channel);
      channel.trouble().ifPresentOrElse(why -> api.note(fault, why), () -> api.clear(fault));
    } catch (SurfaceTrouble trouble) {
      if (trouble.kind() == Kind.CLOSED || trouble.kind() == Kind.UNFIT) {
        api.note(fault, "Channel " + id + ": " + trouble.getMessage());
        api.clear("conversations.info");
      }
    }
  }

  private static Channel ask(WebApi way, String id) throws SurfaceTrouble {
    Conversation told =
        way.call("conversations.info", m -> m.conversationsInfo(r -> r.channel(id))).getChannel();
    return new Channel(
        id, told.isMember(), told.isArchived(), told.isExtShared() || told.isPendingExtShared());
  }

  /** A question whose answer was lost posted nothing, and one card is not to blame for it. */
  private static SurfaceTrouble unposted(SurfaceTrouble trouble) {
    Kind kind =
        switch (trouble.kind()) {
          case AWAY, UNSURE -> Kind.AWAY;
          case CLOSED, GONE, UNFIT -> Kind.CLOSED;
        };
    String why = String.valueOf(trouble.getMessage());
    return trouble
        .asked()
        .map(asked -> new SurfaceTrouble(kind, why, asked))
        .orElseGet(() -> new SurfaceTrouble(kind, why));
  }
}
