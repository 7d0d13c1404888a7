package dev.postern.slack;

import com.google.gson.JsonParseException;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import com.slack.api.util.http.SlackHttpClient;
import dev.postern.card.HttpDate;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.Troubles;
import dev.postern.card.pace.Pace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The way to Slack's Web API: calls with bounded patience, and trouble as a sentence. What is
 * called stands in classes by subject, such as {@link Messages}.
 */
final class WebApi implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SlackSettings settings;
  private final OkHttpClient http;
  private final com.slack.api.Slack sdk;
  private final MethodsClient methods;
  private final Troubles troubles;
  private final Pace pace;

  WebApi(SlackSettings settings) {
    this(settings, InstantSource.system());
  }

  WebApi(SlackSettings settings, InstantSource clock) {
    this(settings, PATIENCE, clock);
  }

  /**
   * @param patience how long a call may take; shorter than a turn at a card lasts
   * @param clock the time, by which calls are paced and passing faults are forgotten
   */
  WebApi(SlackSettings settings, Duration patience, InstantSource clock) {
    this(
        settings,
        settings.botToken(),
        client(patience),
        new Troubles(clock),
        new Pace(new SlackRates(), settings.pacing(), clock));
  }

  private WebApi(
      SlackSettings settings, String token, OkHttpClient http, Troubles troubles, Pace pace) {
    this.settings = settings;
    this.http = http;
    this.troubles = troubles;
    this.pace = pace;
    SlackConfig config = new SlackConfig();
    config.setMethodsEndpointUrlPrefix(settings.apiUrl());
    config.setStatsEnabled(false);
    // The listeners of the library print whole requests at DEBUG, buttons' tokens included.
    config.setHttpClientResponseHandlers(new ArrayList<>());
    sdk = com.slack.api.Slack.getInstance(config, new SlackHttpClient(http));
    methods = sdk.methods(token);
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

  /** The same way with other patience: for calls that somebody waits for. It needs no closing. */
  WebApi within(Duration patience) {
    OkHttpClient hurried = http.newBuilder().callTimeout(patience).build();
    return new WebApi(settings, settings.botToken(), hurried, troubles, pace);
  }

  /** The same way with another token. It needs no closing. */
  WebApi as(String token) {
    return new WebApi(settings, token, http, troubles, pace);
  }

  /** The time, for what is remembered of answers. */
  InstantSource clock() {
    return pace.clock();
  }

  /** What keeps below Slack's rates. */
  Pace pace() {
    return pace;
  }

  /** The library's client with the same settings, for Socket Mode. */
  com.slack.api.Slack sdk() {
    return sdk;
  }

  /** What keeps Slack from working now, one sentence a fault; empty when nothing does. */
  Optional<String> trouble() {
    return troubles.words();
  }

  /** Notes a fault that Slack told by an event or that lasts until it is mended. */
  void note(String what, String sentence) {
    troubles.lasting(what, sentence);
  }

  /** The fault of that name is over. */
  void clear(String what) {
    troubles.clear(what);
  }

  /**
   * What Slack says when it is greeted.
   *
   * @param home whose token it is
   * @param sent when Slack answered, by its own clock; empty where it does not say
   */
  record Introduction(Workspace home, Optional<Instant> sent) {}

  Workspace workspace() throws SurfaceTrouble {
    return introduction().home();
  }

  Introduction introduction() throws SurfaceTrouble {
    AuthTestResponse answer = call("auth.test", m -> m.authTest(r -> r));
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(answer.getHttpResponseHeaders());
    Set<String> scopes =
        headers.getOrDefault("x-oauth-scopes", List.of()).stream()
            .flatMap(h -> Arrays.stream(h.split(",")))
            .map(String::strip)
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    Workspace home =
        new Workspace(
            text(answer.getTeamId()),
            text(answer.getEnterpriseId()),
            text(answer.getAppId()),
            text(answer.getBotId()),
            scopes);
    return new Introduction(
        home, headers.getOrDefault("date", List.of()).stream().findFirst().flatMap(HttpDate::read));
  }

  /**
   * Calls one method at once.
   *
   * @param method its name as Slack writes it, for the words of a fault
   * @throws SurfaceTrouble when Slack did not do it, or did not answer
   */
  <T extends SlackApiTextResponse> T call(String method, Call<T> call) throws SurfaceTrouble {
    pace.spend(SlackRates.method(method));
    return booked(method, call);
  }

  /** Calls one method, for which the pace gave leave. */
  <T extends SlackApiTextResponse> T booked(String method, Call<T> call) throws SurfaceTrouble {
    try {
      T answer = call.send(methods);
      if (answer.isOk()) {
        troubles.clear(method);
        return answer;
      }
      throw noted(method, SlackFault.refused(method, answer.getError(), answer.getNeeded()));
    } catch (SlackApiException e) {
      throw noted(method, SlackFault.status(method, e.getResponse(), clock().instant()));
    } catch (IOException e) {
      throw noted(method, SlackFault.silent(method, e));
    } catch (JsonParseException e) {
      throw noted(method, SlackFault.gibberish(method));
    }
  }

  private SurfaceTrouble noted(String method, SlackFault fault) {
    if (fault.operatorsBusiness()) {
      switch (fault.kind()) {
        case AWAY, UNSURE -> troubles.passing(method, fault.sentence());
        case CLOSED, GONE, UNFIT -> troubles.lasting(method, fault.sentence());
      }
    }
    return fault.trouble();
  }

  static String text(@Nullable String maybe) {
    return maybe == null ? "" : maybe;
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  /** One request of the library. */
  interface Call<T> {
    T send(MethodsClient methods) throws IOException, SlackApiException;
  }
}
