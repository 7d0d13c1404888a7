package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Accounts;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.Chat;
import dev.postern.card.Surface;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import io.javalin.config.RoutesConfig;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Slack and its people. */
public final class SlackChat implements Chat {
  private static final String LEADS = "C0LEADS001";
  private static final String RELEASE = "pn.release";
  private static final String DISCARD = "pn.discard";
  private static final JsonNode LOOKING = Samples.parse(LookView.of(LookView.LOOKING).toString());

  private final FakeSlack slack = new FakeSlack();
  private final SlackHand hand;
  private final BlockingQueue<String> atFields = new LinkedBlockingQueue<>();
  private volatile ObjectNode last = Kit.object();

  /** With Postern in both channels, and the scope by which cards are found again. */
  public SlackChat(InstantSource clock) {
    hand = new SlackHand(slack, clock);
    slack.messages.clock = clock;
    slack.channels.put(LEADS, Kit.object());
    slack.scopes.add("groups:history");
    slack.members.add(account("anna"));
    slack.accounts.put(account("guest"), Kit.object().put("is_restricted", true));
  }

  @Override
  public String name() {
    return SlackSurface.NAME;
  }

  @Override
  public String channel() {
    return FakeSlack.CHANNEL;
  }

  @Override
  public String leads() {
    return LEADS;
  }

  @Override
  public String account(String person) {
    return "U0" + person.toUpperCase(Locale.ROOT);
  }

  @Override
  public Room room(Parts parts) {
    var world = parts.world();
    Wiring postern =
        new Wiring(
            world.desk::accept,
            world.records,
            world.desk::ballot,
            parts.directory(),
            new CardWriter(parts.directory()),
            _ -> {},
            parts.lookups(),
            new SharedRows(world.store().replays(), world.store().groups()),
            false,
            () -> world.now);
    Watched watched = new Watched(Set.of(FakeSlack.CHANNEL, LEADS), Set.of());
    return new Taken(Slack.start(slack.settings(), postern, watched).orElseThrow());
  }

  private record Taken(Slack slack) implements Room {
    @Override
    public Surface surface() {
      return slack.surface();
    }

    @Override
    public Accounts accounts() {
      return slack.accounts();
    }

    @Override
    public void register(RoutesConfig routes) {
      slack.register(routes);
    }

    @Override
    public Optional<String> trouble() {
      return slack.trouble();
    }

    @Override
    public void close() {
      slack.close();
    }
  }

  @Override
  public void reach(String url) {
    hand.reach(URI.create(url));
  }

  @Override
  public Map<String, String> settings(String... people) {
    Map<String, String> all = new HashMap<>();
    all.put("POSTERN_SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN);
    all.put("POSTERN_SLACK_SIGNING_SECRET", FakeSlack.SECRET);
    all.put("POSTERN_SLACK_API_URL", slack.url());
    all.put("POSTERN_SLACK_CHANNELS_DEFAULT", FakeSlack.CHANNEL);
    for (String person : people) {
      String key = "POSTERN_PEOPLE_" + person.toUpperCase(Locale.ROOT);
      all.put(key + "_SLACK", account(person));
      all.put(key + "_GROUPS", "admins");
    }
    return all;
  }

  @Override
  public List<Seen> messages() {
    return slack.messages.all().stream()
        .map(m -> new Seen(m.channel(), m.ts(), m.blocks()))
        .toList();
  }

  @Override
  public boolean shows(Seen message, CardView view) {
    return message.content().equals(Samples.parse(CardBlocks.of(view).toString()));
  }

  private static SlackMessages.Message message(Seen card) {
    return new SlackMessages.Message(card.place(), card.id(), "", card.content(), Kit.object(), 0);
  }

  @Override
  public void release(String person, Seen card, List<Integer> to, String reason) {
    press(person, card, RELEASE, to, reason);
  }

  @Override
  public void discard(String person, Seen card, String reason) {
    press(person, card, DISCARD, List.of(), reason);
  }

  @Override
  public void discardAndLater(String person, Seen card, String reason) {
    ObjectNode ticked = Kit.object("checkboxes");
    ticked.putArray("selected_options").addObject().put("value", "later");
    form(hand.pressing(account(person), message(card), DISCARD))
        .ifPresent(
            form -> submit(person, form, List.of(), reason, Map.of("pn.m.later/pn.later", ticked)));
  }

  @Override
  public void testify(String person, Seen question, boolean expected) {
    String button = expected ? "pn.expected" : "pn.unexpected";
    press(person, question, button, List.of(), "");
  }

  private void press(String person, Seen card, String button, List<Integer> to, String reason) {
    SlackMessages.Message message = message(card);
    ObjectNode pressing = hand.pressing(account(person), message, button);
    if (message.button(button).at("/text/text").asText().endsWith("…")) {
      form(pressing).ifPresent(form -> submit(person, form, to, reason));
    } else {
      send(pressing);
    }
  }

  /** The form that a press opens; empty where words are said instead. */
  private Optional<JsonNode> form(ObjectNode pressing) {
    String user = pressing.at("/user/id").asText();
    long said = whispers(user);
    send(pressing);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      Optional<JsonNode> form = opened(pressing.path("trigger_id").asText());
      if (form.filter(LOOKING::equals).isPresent()) {
        return redrawn(user);
      }
      if (form.isPresent() || whispers(user) > said) {
        return form;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    throw new AssertionError("neither a form nor a word for " + user);
  }

  private long whispers(String user) {
    return slack.whispered.stream().filter(it -> user.equals(it.get("user"))).count();
  }

  /** What was opened for a press, once Slack took it. */
  private Optional<JsonNode> opened(String trigger) {
    return slack.http.asks.stream()
        .filter(ask -> ask.errand().equals("views.open"))
        .map(ask -> FakeHttp.fields(ask.body()))
        .filter(arguments -> trigger.equals(arguments.get("trigger_id")))
        .map(arguments -> Samples.parse(arguments.getOrDefault("view", "")))
        .filter(slack.opened::remove)
        .findFirst();
  }

  /** A form that took longer to draw, or the words in its place. */
  private Optional<JsonNode> redrawn(String user) {
    try {
      JsonNode view = slack.views.next();
      if (view.has("submit") || view.path("callback_id").asText().equals("pn.evidence")) {
        return Optional.of(view);
      }
      atFields.add(user + ": " + view);
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private void submit(String person, JsonNode form, List<Integer> to, String reason) {
    submit(person, form, to, reason, Map.of());
  }

  private void submit(
      String person,
      JsonNode form,
      List<Integer> to,
      String reason,
      Map<String, ? extends JsonNode> more) {
    Map<String, JsonNode> fields = new HashMap<>(more);
    List<String> there = form.findValuesAsText("block_id");
    ObjectNode typed = Kit.object("plain_text_input");
    fields.put("pn.m.reason/pn.reason", typed.put("value", reason));
    if (there.contains("pn.m.why")) {
      fields.put("pn.m.why/pn.why", chosen("other"));
    }
    if (there.contains("pn.m.to")) {
      fields.put("pn.m.to/pn.to", recipients(form, to));
    }
    if (there.contains("pn.m.whom")) {
      fields.put("pn.m.whom/pn.whom", chosen("aside"));
    }
    HttpResponse<String> answer = send(hand.submitting(account(person), form, fields));
    if (answer.body().contains("errors")) {
      atFields.add(account(person) + ": " + answer.body());
    }
  }

  private static ObjectNode chosen(String value) {
    ObjectNode field = Kit.object("static_select");
    field.putObject("selected_option").put("value", value);
    return field;
  }

  private static ObjectNode recipients(JsonNode form, List<Integer> to) {
    ObjectNode field = Kit.object("multi_static_select");
    ArrayNode options = field.putArray("selected_options");
    if (to.isEmpty()) {
      options.addAll((ArrayNode) form.findValue("initial_options"));
    }
    to.forEach(number -> options.addObject().put("value", "r" + number));
    return field;
  }

  private HttpResponse<String> send(ObjectNode payload) {
    last = payload;
    return hand.interact(payload);
  }

  @Override
  public void again() {
    hand.interact(last, "X-Slack-Retry-Num", "1");
  }

  @Override
  public String evidence(String person, Seen card) {
    return form(hand.pressing(account(person), message(card), "pn.evidence"))
        .map(JsonNode::toString)
        .orElse("");
  }

  @Override
  public void stepAside(String person, Seen card) {
    form(hand.choosing(account(person), message(card), "pn.handover"))
        .ifPresent(form -> submit(person, form, List.of(), ""));
  }

  @Override
  public synchronized Optional<String> told(String person) {
    String user = account(person);
    Optional<Map<String, String>> whispered =
        slack.whispered.stream().filter(it -> user.equals(it.get("user"))).findFirst();
    if (whispered.isPresent()) {
      slack.whispered.remove(whispered.get());
      return whispered.map(it -> String.valueOf(it.get("text")));
    }
    Optional<String> atField =
        atFields.stream().filter(it -> it.startsWith(user + ": ")).findFirst();
    atField.ifPresent(atFields::remove);
    return atField;
  }

  /** A form comes before the vote, and opens to nobody whom Postern does not know. */
  @Override
  public String refusalOfStrangers() {
    return "Postern does not know you";
  }

  @Override
  public void spoilPosts(Mishap... mishaps) {
    slack.http.order("chat.postMessage", mishaps);
  }

  @Override
  public void weather(Supplier<Optional<Mishap>> weather) {
    slack.http.weather = weather;
  }

  @Override
  public List<String> faults() {
    return slack.faults;
  }

  @Override
  public void close() {
    slack.close();
  }
}
