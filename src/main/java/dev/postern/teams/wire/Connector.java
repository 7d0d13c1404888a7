package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.Troubles;
import dev.postern.teams.wire.BotApi.Request;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Bot Connector: what a bot can do in Teams (learn.microsoft.com, "API reference for the Bot
 * Framework Connector service"; for members, teams and channels "Get Teams specific context for
 * your bot"). Every call goes to the address that Teams gave for the conversation, and only when
 * that is allowed. All throw {@link SurfaceTrouble}, and return within the patience. Safe for many
 * threads.
 */
public final class Connector {
  /** How long a call may take; shorter than a turn at a card lasts. */
  public static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Teams gives at most as many members at once. */
  private static final int LARGEST_PAGE = 500;

  private static final String CONVERSATIONS = "conversations";

  private final BotApi api;

  /**
   * Asks nothing yet.
   *
   * @param login signs in
   * @param courier carries the requests; it is not closed here
   * @param allowed {@code teams.service-urls}, below which Teams may be called
   * @param clock the time, by which passing faults are forgotten
   */
  public Connector(Login login, Courier courier, List<URI> allowed, InstantSource clock) {
    this(new BotApi(login, courier, slashed(allowed), new Troubles(clock), clock, PATIENCE));
  }

  private static List<URI> slashed(List<URI> allowed) {
    return allowed.stream()
        .map(it -> Address.service(it.toString()))
        .flatMap(Optional::stream)
        .toList();
  }

  private Connector(BotApi api) {
    this.api = api;
  }

  /** The same with other patience: for calls that somebody waits for. */
  public Connector within(Duration patience) {
    return new Connector(
        new BotApi(
            api.login(), api.courier(), api.allowed(), api.troubles(), api.clock(), patience));
  }

  /** What keeps Teams from working now, one sentence a fault; empty when nothing does. */
  public Optional<String> trouble() {
    return api.troubles().words();
  }

  /**
   * Posts a message.
   *
   * @return Teams' name of it
   */
  public String send(Conversation at, ObjectNode activity) throws SurfaceTrouble {
    return id(Errand.SEND, ask(Errand.SEND, at.service(), activity, activities(at)));
  }

  /** Puts a message in the place of one that the bot posted. */
  public void update(Conversation at, String activityId, ObjectNode activity)
      throws SurfaceTrouble {
    ask(Errand.UPDATE, at.service(), activity, one(at, activityId));
  }

  /** Removes a message that the bot posted. */
  public void delete(Conversation at, String activityId) throws SurfaceTrouble {
    ask(Errand.DELETE, at.service(), null, one(at, activityId));
  }

  /**
   * Begins a thread in a channel.
   *
   * @param channel Teams' name of the channel
   * @param home who asks, and in which tenant the channel is
   * @param activity the first message
   */
  public Opened thread(String service, String channel, Home home, ObjectNode activity)
      throws SurfaceTrouble {
    ObjectNode wanted = wanted(home, true);
    ((ObjectNode) wanted.get("channelData")).putObject("channel").put("id", channel);
    wanted.set("activity", activity);
    return opened(service, wanted);
  }

  /**
   * Finds or begins the personal chat of the bot with somebody.
   *
   * @param user Teams' name of the account for this bot, {@code 29:…}
   * @param home who asks, and in which tenant the account is
   */
  public Opened chat(String service, String user, Home home) throws SurfaceTrouble {
    ObjectNode wanted = wanted(home, false);
    wanted.putArray("members").addObject().put("id", user);
    return opened(service, wanted);
  }

  /**
   * Who asks for a conversation.
   *
   * @param bot Teams' name of the bot, {@code 28:} and the app's id
   * @param tenant the tenant where it is to be
   */
  public record Home(String bot, String tenant) {}

  /**
   * Looks somebody up.
   *
   * @param user Teams' name of the account, its id in Entra, or the name it signs in with
   * @throws SurfaceTrouble {@link SurfaceTrouble.Kind#GONE} when there is no such member
   */
  public Member member(Conversation at, String user) throws SurfaceTrouble {
    List<String> path = List.of("v3", CONVERSATIONS, at.id(), "members", user);
    return Member.parse(ask(Errand.MEMBER, at.service(), null, path))
        .orElseThrow(() -> api.gibberish(Errand.MEMBER));
  }

  /**
   * Looks up some of the members.
   *
   * @param from {@link MemberPage#next} of the page before; empty for the first page
   */
  public MemberPage members(Conversation at, Optional<String> from) throws SurfaceTrouble {
    String query =
        "pageSize="
            + LARGEST_PAGE
            + from.map(it -> "&continuationToken=" + URLEncoder.encode(it, StandardCharsets.UTF_8))
                .orElse("");
    List<String> path = List.of("v3", CONVERSATIONS, at.id(), "pagedmembers");
    JsonNode answer = api.call(new Request(Errand.MEMBERS, at.service(), path, query, null));
    List<Member> members = new ArrayList<>();
    for (JsonNode told : array(Errand.MEMBERS, answer.path("members"))) {
      members.add(Member.parse(told).orElseThrow(() -> api.gibberish(Errand.MEMBERS)));
    }
    Optional<String> next =
        Optional.of(Told.text(answer, "continuationToken")).filter(it -> !it.isEmpty());
    return new MemberPage(members, next);
  }

  /** Looks up a team that the app is in. */
  public Team team(String service, String team) throws SurfaceTrouble {
    JsonNode told = ask(Errand.TEAM, service, null, List.of("v3", "teams", team));
    return new Team(id(Errand.TEAM, told), Told.text(told, "name"), Told.text(told, "aadGroupId"));
  }

  /** Looks up the channels of a team that the app is in. */
  public List<Channel> channels(String service, String team) throws SurfaceTrouble {
    List<String> path = List.of("v3", "teams", team, CONVERSATIONS);
    JsonNode told = ask(Errand.CHANNELS, service, null, path);
    List<Channel> channels = new ArrayList<>();
    for (JsonNode channel : array(Errand.CHANNELS, told.path(CONVERSATIONS))) {
      channels.add(new Channel(id(Errand.CHANNELS, channel), Told.text(channel, "name")));
    }
    return List.copyOf(channels);
  }

  private Opened opened(String service, ObjectNode wanted) throws SurfaceTrouble {
    JsonNode told = ask(Errand.OPEN, service, wanted, List.of("v3", CONVERSATIONS));
    String first = Told.text(told, "activityId");
    return new Opened(id(Errand.OPEN, told), Optional.of(first).filter(it -> !it.isEmpty()));
  }

  private static ObjectNode wanted(Home home, boolean group) {
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.put("isGroup", group).put("tenantId", home.tenant());
    wanted.putObject("bot").put("id", home.bot());
    wanted.putObject("channelData").putObject("tenant").put("id", home.tenant());
    return wanted;
  }

  private static List<String> activities(Conversation at) {
    return List.of("v3", CONVERSATIONS, at.id(), "activities");
  }

  private static List<String> one(Conversation at, String activityId) {
    return List.of("v3", CONVERSATIONS, at.id(), "activities", activityId);
  }

  private JsonNode ask(Errand errand, String service, @Nullable JsonNode body, List<String> path)
      throws SurfaceTrouble {
    return api.call(new Request(errand, service, path, "", body));
  }

  /** A message without a name can never be updated: that answer was not Teams'. */
  private String id(Errand errand, JsonNode told) throws SurfaceTrouble {
    String id = Told.text(told, "id");
    if (id.isEmpty() || id.length() > 1000) {
      throw api.gibberish(errand);
    }
    return id;
  }

  private JsonNode array(Errand errand, JsonNode told) throws SurfaceTrouble {
    if (!told.isArray()) {
      throw api.gibberish(errand);
    }
    return told;
  }
}
