package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.gson.JsonParseException;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.model.Message;
import com.slack.api.util.http.SlackHttpClient;
import dev.postern.card.SurfaceTrouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The few methods of Slack's Web API that Postern calls, with trouble as a sentence. */
final class WebApi implements AutoCloseable {
  private static final String CARD_EVENT = "postern_card";
  private static final int PAGE = 200;
  private static final int MOST_PAGES = 10;
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private final OkHttpClient http;
  private final com.slack.api.Slack sdk;
  private final MethodsClient methods;
  private final Map<String, String> troubles = new ConcurrentHashMap<>();

  WebApi(SlackSettings settings) {
    this(settings, Duration.ofSeconds(5));
  }

  /**
   * @param patience how long a call may take; shorter than a turn at a card lasts
   */
  WebApi(SlackSettings settings, Duration patience) {
    http = client(patience);
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setStatsEnabled(false);
    // The listeners of the library print whole requests at DEBUG, buttons' tokens included.
    config.setHttpClientResponseHandlers(new ArrayList<>());
    sdk = com.slack.api.Slack.getInstance(config, new SlackHttpClient(http));
    methods = sdk.methods(settings.botToken());
  }

  /**
   * No redirects: they would carry the token elsewhere. No silent second try: a message that was
   * posted before the connection broke would be posted twice.
   */
  private static OkHttpClient client(Duration patience) {
    return new OkHttpClient.Builder()
        .followRedirects(false)
        .followSslRedirects(false)
        .retryOnConnectionFailure(false)
        .connectionPool(new ConnectionPool(4, 30, TimeUnit.SECONDS))
        .connectTimeout(Duration.ofSeconds(3))
        .readTimeout(patience)
        .writeTimeout(patience)
        .callTimeout(patience)
        .build();
  }

  /** The library's client with the same settings, for Socket Mode. */
  com.slack.api.Slack sdk() {
    return sdk;
  }

  /** What keeps Slack from working now, one sentence a fault; empty when nothing does. */
  Optional<String> trouble() {
    return troubles.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" ", new TreeMap<>(troubles).values()));
  }

  /** Notes a fault that Slack told by an event or that lasts until it is mended. */
  void note(String what, String sentence) {
    troubles.put(what, sentence);
  }

  /** The fault of that name is over. */
  void clear(String what) {
    troubles.remove(what);
  }

  Workspace workspace() throws SurfaceTrouble {
    AuthTestResponse answer = call("auth.test", m -> m.authTest(r -> r));
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.getHttpResponseHeaders());
    Set<String> scopes =
        headers.getOrDefault("x-oauth-scopes", List.of()).stream()
            .flatMap(h -> Arrays.stream(h.split(",")))
            .map(String::strip)
            .collect(Collectors.toUnmodifiableSet());
    return new Workspace(
        text(answer.getTeamId()),
        text(answer.getEnterpriseId()),
        text(answer.getAppId()),
        text(answer.getBotId()),
        scopes);
  }

  /** Posts a card; returns {@code channel/ts}. */
  String post(String channel, String cardId, String fallback, ArrayNode blocks)
      throws SurfaceTrouble {
    var answer =
        call(
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
    return text(answer.getChannel()) + "/" + text(answer.getTs());
  }

  void update(String channel, String ts, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    call(
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
    call(
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

  void tell(String channel, String user, String fallback, ArrayNode blocks) throws SurfaceTrouble {
    call(
        "chat.postEphemeral",
        m ->
            m.chatPostEphemeral(
                r ->
                    r.channel(channel)
                        .user(user)
                        .text(Kit.escaped(fallback))
                        .blocksAsString(blocks.toString())));
  }

  void open(String triggerId, ObjectNode view) throws SurfaceTrouble {
    call("views.open", m -> m.viewsOpen(r -> r.triggerId(triggerId).viewAsString(view.toString())));
  }

  void delete(String channel, String ts) throws SurfaceTrouble {
    call("chat.delete", m -> m.chatDelete(r -> r.channel(channel).ts(ts)));
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
      var answer =
          call(
              "conversations.history",
              m ->
                  m.conversationsHistory(
                      r ->
                          r.channel(channel)
                              .limit(PAGE)
                              .oldest(oldest)
                              .cursor(from.isEmpty() ? null : from)
                              .includeAllMetadata(true)));
      Optional<String> found =
          answer.getMessages().stream()
              .filter(m -> home.botId().equals(m.getBotId()) && isCard(m.getMetadata(), cardId))
              .map(m -> channel + "/" + m.getTs())
              .findFirst();
      var next = answer.getResponseMetadata();
      cursor = next == null ? "" : text(next.getNextCursor());
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

  private <T extends SlackApiTextResponse> T call(String method, Call<T> call)
      throws SurfaceTrouble {
    try {
      T answer = call.send(methods);
      if (answer.isOk()) {
        troubles.remove(method);
        return answer;
      }
      throw noted(method, SlackFault.refused(method, answer.getError(), answer.getNeeded()));
    } catch (SlackApiException e) {
      throw noted(method, SlackFault.status(method, e.getResponse()));
    } catch (IOException e) {
      throw noted(method, SlackFault.silent(method, e));
    } catch (JsonParseException e) {
      throw noted(method, SlackFault.gibberish(method));
    }
  }

  private SurfaceTrouble noted(String method, SlackFault fault) {
    if (fault.operatorsBusiness()) {
      troubles.put(method, fault.sentence());
    }
    return fault.trouble();
  }

  private static String text(@Nullable String maybe) {
    return maybe == null ? "" : maybe;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** One request of the library. */
  private interface Call<T> {
    T send(MethodsClient methods) throws IOException, SlackApiException;
  }
}
