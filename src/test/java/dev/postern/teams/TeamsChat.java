package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Accounts;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.Chat;
import dev.postern.card.Easel;
import dev.postern.card.Surface;
import dev.postern.card.pace.Pacing;
import dev.postern.fake.Mishap;
import dev.postern.store.World;
import dev.postern.teams.card.AdaptiveCards;
import dev.postern.teams.card.Viewers;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.wire.Credential;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Teams and its people. */
public final class TeamsChat implements Chat {
  static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String LEADS = "19:leads@thread.tacv2";
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Told(String account, String words) {}

  final FakeEntra entra;
  final FakeConnector teams;
  private final FakeMetadata metadata = new FakeMetadata();
  final TeamsHand hand;
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();

  /** Messages in personal chats that somebody has read. */
  private final Set<String> read = ConcurrentHashMap.newKeySet();

  private volatile ObjectNode last = JsonNodeFactory.instance.objectNode();
  private volatile JsonNode answer = last;
  private boolean installed;

  /** With all these people in the team, one of them as a guest. */
  public TeamsChat(InstantSource clock, String... people) {
    BotKey key = BotKey.named("chat");
    metadata.publish(key);
    entra = new FakeEntra(clock);
    teams = new FakeConnector(entra);
    hand = new TeamsHand(teams, key, clock);
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.channel(TEAM, LEADS, "Leads");
    for (String person : people) {
      String role = person.equals("guest") ? "guest" : "user";
      teams.places.member(TEAM, "29:" + account(person), account(person), role);
    }
  }

  @Override
  public String name() {
    return TeamsSurface.NAME;
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public String leads() {
    return LEADS;
  }

  @Override
  public String account(String person) {
    return UUID.nameUUIDFromBytes(person.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public Room room(Parts parts) {
    World world = parts.world();
    CardWriter writer = new CardWriter(parts.directory());
    Easel easel = new Easel(world.records, world.tokens, writer);
    TeamsWiring postern =
        new TeamsWiring(
            new TeamsWiring.Clicks(world.desk::accept, world.clicks::judge, world.store()::owe),
            world.records,
            world.desk::ballot,
            token ->
                world
                    .tokens
                    .open(token)
                    .flatMap(
                        id ->
                            world
                                .records
                                .token(id)
                                .map(
                                    it ->
                                        new TeamsWiring.Subject(
                                            it.caseId(), Optional.of(it.cardId())))
                                .or(
                                    () ->
                                        world
                                            .records
                                            .caseOfQuestion(id)
                                            .map(
                                                it ->
                                                    new TeamsWiring.Subject(
                                                        it, Optional.empty())))),
            row -> easel.draw(row, world.now),
            world.store().cards()::posted,
            parts.directory(),
            writer,
            world.store().conversations(),
            world.store().groups(),
            parts.lookups(),
            false,
            world.store().replays(),
            () -> world.now);
    Watched watched = new Watched(List.of(CHANNEL, LEADS), Map.of());
    return new Taken(Teams.start(settings(), postern, watched, Emulators.none()));
  }

  private TeamsSettings settings() {
    return new TeamsSettings(
        new TeamsSettings.App(
            FakeEntra.APP,
            Optional.of(new Credential.Secret(FakeEntra.SECRET)),
            List.of(FakeEntra.TENANT)),
        new TeamsSettings.Outside(
            entra.loginUrl(),
            metadata.configuration(),
            List.of(URI.create(teams.url())),
            List.of()),
        CHANNEL,
        new TeamsSettings.Manner(true, Pacing.OFF, Optional.empty()));
  }

  private record Taken(Teams teams) implements Room {
    @Override
    public Surface surface() {
      return teams.surface();
    }

    @Override
    public Accounts accounts() {
      return teams.accounts();
    }

    @Override
    public void register(RoutesConfig routes) {
      teams.register(routes);
    }

    @Override
    public Optional<String> trouble() {
      return teams.trouble();
    }

    @Override
    public void close() {
      teams.close();
    }
  }

  /** The app is added to the team once; what Teams tells then must be kept over restarts. */
  @Override
  public void reach(String url) throws Exception {
    hand.reach(URI.create(url));
    if (!installed) {
      hand.installed(TEAM);
      installed = true;
    }
  }

  @Override
  public Map<String, String> settings(String... people) {
    Map<String, String> all = new HashMap<>(TeamsHand.settings(entra, teams, metadata, CHANNEL));
    for (String person : people) {
      String key = "POSTERN_PEOPLE_" + person.toUpperCase(Locale.ROOT);
      all.put(key + "_TEAMS", account(person));
      all.put(key + "_GROUPS", "admins");
    }
    return all;
  }

  @Override
  public List<Seen> messages() {
    return teams.places.messages().stream()
        .map(m -> new Seen(m.conversation(), m.id(), m.card()))
        .toList();
  }

  /** Who is shown the newest view by themselves is no part of what a card says. */
  @Override
  public boolean shows(Seen message, CardView view) {
    ObjectNode card = message.content().deepCopy();
    card.remove("refresh");
    ObjectNode wanted = AdaptiveCards.of(view, Viewers.all());
    wanted.remove("refresh");
    return card.toString().equals(wanted.toString());
  }

  static TeamsPlaces.Message message(Seen card) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.putArray("attachments").addObject().set("content", card.content());
    return new TeamsPlaces.Message(card.place(), card.id(), activity, Optional.empty(), 0);
  }

  @Override
  public void release(String person, Seen card, List<Integer> to, String reason) {
    JsonNode button = TeamsHand.action(card.content(), "verb", "pn.release");
    String all =
        card.content().findParents("id").stream()
            .filter(it -> it.path("id").asText().equals("rel_to"))
            .findFirst()
            .map(it -> it.path("value").asText())
            .orElse("");
    String chosen = to.isEmpty() ? all : to.toString().replaceAll("[^0-9,]", "");
    press(person, card, button, Map.of("rel_to", chosen, "rel_reason", reason));
  }

  @Override
  public void discard(String person, Seen card, String reason) {
    JsonNode button = TeamsHand.action(card.content(), "verb", "pn.discard");
    press(person, card, button, Map.of("discard_reason", reason));
  }

  @Override
  public void discardAndLater(String person, Seen card, String reason) {
    JsonNode button = TeamsHand.action(card.content(), "verb", "pn.discard");
    Map<String, String> typed = Map.of("discard_reason", reason, "discard_later", "true");
    press(person, card, button, typed);
  }

  @Override
  public void testify(String person, Seen question, boolean expected) {
    String verb = expected ? "pn.expected" : "pn.unexpected";
    press(person, question, TeamsHand.action(question.content(), "verb", verb), Map.of());
  }

  private void press(String person, Seen card, JsonNode button, Map<String, String> typed) {
    last = hand.pressing(account(person), message(card), button, typed);
    JsonNode value = answerTo(last).path("value");
    answer = value;
    heard(person, value);
  }

  /** What the last press was answered: a card, or words. */
  public JsonNode answer() {
    return answer;
  }

  private JsonNode answerTo(ObjectNode activity) {
    try {
      return JSON.readTree(hand.send(activity).body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void heard(String person, JsonNode value) {
    String words = value.isTextual() ? value.asText() : value.path("message").asText();
    if (!words.isEmpty()) {
      told.add(new Told(account(person), words));
    }
  }

  @Override
  public void again() {
    var _ = answerTo(last);
  }

  @Override
  public String evidence(String person, Seen card) {
    JsonNode open = TeamsHand.action(card.content(), "title", "Open full evidence").path("data");
    return dialog(person, card, "task/fetch", open).at("/task/value").toString();
  }

  private JsonNode dialog(String person, Seen card, String name, JsonNode data) {
    try {
      return hand.dialog(account(person), message(card), name, data);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void stepAside(String person, Seen card) {
    ObjectNode wish = TeamsHand.action(card.content(), "title", "Next").path("data").deepCopy();
    JsonNode form = dialog(person, card, "task/fetch", wish.put("more_do", "pn.handover"));
    JsonNode content = form.at("/task/value/card/content");
    if (content.isMissingNode()) {
      heard(person, form.at("/task/value"));
      return;
    }
    ObjectNode sent = content.at("/actions/0/data").deepCopy();
    heard(person, dialog(person, card, "task/submit", sent.put("whom", "aside")).at("/task/value"));
  }

  /** By the answer to the press; where that could not wait, in the chat with Postern. */
  @Override
  public synchronized Optional<String> told(String person) {
    Optional<Told> answered =
        told.stream().filter(it -> it.account().equals(account(person))).findFirst();
    answered.ifPresent(told::remove);
    return answered.map(Told::words).or(() -> written(person));
  }

  private Optional<String> written(String person) {
    return teams.places.messages().stream()
        .filter(it -> it.conversation().equals("a:" + account(person)) && read.add(it.id()))
        .findFirst()
        .map(it -> it.activity().toString());
  }

  @Override
  public String refusalOfStrangers() {
    return "You may not decide this case";
  }

  @Override
  public void spoilPosts(Mishap... mishaps) {
    teams.http.order("open", mishaps); // a card in a channel begins a thread
  }

  @Override
  public void weather(Supplier<Optional<Mishap>> weather) {
    teams.http.weather = weather;
  }

  @Override
  public List<String> faults() {
    return teams.faults;
  }

  @Override
  public void close() {
    metadata.close();
    teams.close();
    entra.close();
  }
}
