package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.model.Message;
import dev.postern.card.SurfaceTrouble;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages in channels: {@code chat.*}, and looking for one that was posted. Posts, updates and
 * looks are to be booked before.
 */
final class Messages {
  private static final String CARD_EVENT = "postern_card";
  private static final String HISTORY = "conversations.history";
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 10;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private final WebApi api;

  Messages(WebApi api) {
    this.api = api;
  }

  /** Posts a card; returns {@code channel/ts}. */
  String post(String channel, String cardId, String fallback, ArrayNode blocks)
      throws SurfaceTrouble {
    var answer =
        api.booked(
            "chat.postMessage",
            m ->
                m.chatPostMessage(
                    r ->
                        r.channel(channel)
                            .text(Kit.escaped(fallback))
                            .blocksAsString(blocks.toString())
                            .metadata(new Message.Metadata(CARD_EVENT, Map.of("card", cardId)))
                            .mrkdwn(false)
                            .unfurlLinks(false)
                            .unfurlMedia(false)));
    return WebApi.text(answer.getChannel()) + "/" + WebApi.text(answer.getTs());
  }

  void update(String channel, String ts, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    api.booked(
        "chat.update",
        m ->
            m.chatUpdate(
                r ->
                    r.channel(channel)
                        .ts(ts)
                        // Without it Slack looks for links and names in the text of an update.
                        .parse("none")
                        .text(Kit.escaped(fallback))
                        .blocksAsString(blocks.toString())));
  }

  /** Answers a message in its thread, and shows the answer in the channel as well. */
  void reply(String channel, String ts, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    api.booked(
        "chat.postMessage",
        m ->
            m.chatPostMessage(
                r ->
                    r.channel(channel)
                        .threadTs(ts)
                        .replyBroadcast(true)
                        .text(Kit.escaped(fallback))
                        .blocksAsString(blocks.toString())
                        .mrkdwn(false)
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
  }

  /** Slack's link to a message; empty where it gives none that a button can open. */
  Optional<URI> permalink(String channel, String ts) throws SurfaceTrouble {
    var answer =
        api.call(
            "chat.getPermalink", m -> m.chatGetPermalink(r -> r.channel(channel).messageTs(ts)));
    try {
      return Optional.of(new URI(WebApi.text(answer.getPermalink())))
          .filter(url -> "https".equals(url.getScheme()) && url.getHost() != null);
    } catch (URISyntaxException broken) {
      return Optional.empty();
    }
  }

  void tell(String channel, String user, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    api.call(
        "chat.postEphemeral",
        m ->
            m.chatPostEphemeral(
                r ->
                    r.channel(channel)
                        .user(user)
                        .text(Kit.escaped(fallback))
                        .blocksAsString(blocks.toString())));
  }

  void delete(String channel, String ts) throws SurfaceTrouble {
    api.call("chat.delete", m -> m.chatDelete(r -> r.channel(channel).ts(ts)));
  }

  /**
   * The card of that id among the messages of a channel since then, as {@code channel/ts}. Of a
   * channel with more than two thousand messages since, the newest are looked through.
   */
  Optional<String> find(String channel, String cardId, Instant since, Workspace home)
      throws SurfaceTrouble {
    String oldest = Long.toString(since.minus(CLOCKS_DIFFER).getEpochSecond());
    String cursor = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      String from = cursor;
      WebApi.Call<ConversationsHistoryResponse> call =
          m ->
              m.conversationsHistory(
                  r ->
                      r.channel(channel)
                          .limit(PAGE)
                          .oldest(oldest)
                          .cursor(from.isEmpty() ? null : from)
                          .includeAllMetadata(true));
      var answer = page == 0 ? api.booked(HISTORY, call) : api.call(HISTORY, call);
      Optional<String> found =
          answer.getMessages().stream()
              .filter(m -> home.botId().equals(m.getBotId()) && isCard(m.getMetadata(), cardId))
              .map(m -> channel + "/" + m.getTs())
              .findFirst();
      var next = answer.getResponseMetadata();
      cursor = next == null ? "" : WebApi.text(next.getNextCursor());
      if (found.isPresent() || cursor.isEmpty()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static boolean isCard(Message.@Nullable Metadata metadata, String cardId) {
    return metadata != null
        && CARD_EVENT.equals(metadata.getEventType())
        && metadata.getEventPayload() != null
        && cardId.equals(metadata.getEventPayload().get("card"));
  }
}
