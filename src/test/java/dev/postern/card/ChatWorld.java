package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.card.Chat.Seen;
import dev.postern.evidence.Answer;
import dev.postern.fake.Pause;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.APlan;
import dev.postern.policy.Chain;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.store.CardRoom;
import dev.postern.store.Databases;
import dev.postern.store.Store;
import dev.postern.store.WorkTable;
import dev.postern.store.World;
import io.javalin.Javalin;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chat platform, the product's own part for it, the desk and a real store, in the time of a test.
 * Kim and Noor are asked first, Lee where they are silent; Anna would be asked, but gets the mail;
 * Max is asked nothing.
 */
public final class ChatWorld implements AutoCloseable {
  /** How long Kim and Noor have. */
  static final Duration WINDOW = Duration.ofMinutes(10);

  /** All in the settings who are asked first; a guest's account does not count all the same. */
  private static final Set<String> ADMINS = Set.of("kim", "noor", "anna", "guest");

  private final Store.Access access;
  private final Random random = new Random(3);
  private final Chat chat;
  private final Directory people;
  private World world;
  private Chat.@Nullable Room room;
  private @Nullable Javalin http;
  private @Nullable WorkTable table;
  private @Nullable CardKeeper keeper;
  private volatile Answer.Status dns = Answer.Status.TEMPFAIL;

  /** Starts on an empty store in a folder. */
  public ChatWorld(Path folder, Function<InstantSource, Chat> platform) throws Exception {
    access = Databases.h2(folder);
    chat = platform.apply(() -> world().now);
    people =
        new ConfiguredPeople(
            Stream.of("kim", "noor", "lee", "anna", "max", "guest").map(this::entry).toList(),
            _ -> Optional.ofNullable(room).map(Chat.Room::accounts).orElse(Accounts.NONE),
            ByEmail.NOTHING);
    world = opened();
    start();
  }

  private PersonEntry entry(String id) {
    Optional<String> account = Optional.of(chat.account(id));
    return new PersonEntry(
        id,
        "The " + id,
        EmailAddress.parse(id + "@corp.example"),
        "",
        account.filter(_ -> chat.name().equals("slack")),
        "",
        account.filter(_ -> chat.name().equals("teams")),
        ADMINS.contains(id) ? Set.of("admins") : Set.of(),
        Optional.empty());
  }

  private World opened() {
    return new World(access, people, (_, _, _) -> Answer.without(dns, 60));
  }

  private void start() throws Exception {
    world.chain = asking(ReasonRule.NEVER, 1);
    Chat.Room taken = chat.room(new Chat.Parts(world, people));
    room = taken;
    http = Javalin.create(c -> taken.register(c.routes)).start("127.0.0.1", 0);
    chat.reach("http://127.0.0.1:" + http.port());
    CardRoom cards = CardRoom.in(world, people, List.of(taken.surface()), random);
    keeper = cards.keeper();
    table = new WorkTable(access, cards.workers(), random);
    await("the platform is taken up", () -> taken.trouble().isEmpty());
  }

  /** Two stages in a channel each. */
  public Chain asking(ReasonRule reason, int quorum) {
    return APlan.chain(
        "mail",
        APlan.of("Mail admins", "group:admins")
            .quorum(quorum)
            .reason(reason)
            .window(WINDOW)
            .channels(chat.name() + ":" + chat.channel()),
        APlan.of("Leads", "lee").channels(chat.name() + ":" + chat.leads()));
  }

  /** The process ends and another one starts on what it left. */
  public void restart() throws Exception {
    Instant then = world.now;
    stop();
    world = opened();
    world.now = then;
    start();
  }

  /** The platform and its people. */
  public Chat chat() {
    return chat;
  }

  /** The running desk. */
  public World world() {
    return world;
  }

  /** What is to be done. */
  public WorkTable table() {
    return Objects.requireNonNull(table);
  }

  /** What readiness says is wrong with the platform. */
  public Optional<String> trouble() {
    return Objects.requireNonNull(room).trouble();
  }

  /** Which cards wait and why. */
  public Optional<String> waiting() {
    return Objects.requireNonNull(keeper).trouble();
  }

  /** From now on DNS answers, where it did not before. */
  void dnsComesBack() {
    dns = Answer.Status.NXDOMAIN;
  }

  /** A message is held, and people are asked. */
  public CaseId held(String id) {
    CaseId held = world.held(id);
    work();
    return held;
  }

  /** What is due is done, and what follows from it at once. */
  public void work() {
    for (int round = 0; round < 50 && table().run(world.now) > 0; round++) {
      // The next round does what this one gave rise to.
    }
  }

  /** Time goes by. */
  public void passes(Duration time) {
    Instant end = world.now.plus(time);
    while (world.now.isBefore(end)) {
      work();
      world.now = world.now.plusSeconds(5);
    }
    work();
  }

  /** The one card of a case in a channel. */
  Seen card(CaseId id, String channel) {
    List<Seen> there = cards(id, channel);
    assertThat(there).as("cards of " + id + " in " + channel).hasSize(1);
    return there.getFirst();
  }

  /** The one card of a case where Kim and Noor see it. */
  public Seen card(CaseId id) {
    return card(id, chat.channel());
  }

  /** What somebody was asked or told by a message of its own. */
  public Seen letter(String person) {
    List<Seen> all =
        chat.messages().stream().filter(m -> m.place().contains(chat.account(person))).toList();
    assertThat(all).as("messages to " + person).hasSize(1);
    return all.getFirst();
  }

  /** All of them. */
  public List<Seen> cards(CaseId id, String channel) {
    return chat.messages().stream()
        .filter(m -> m.place().startsWith(channel) && m.says(id.text()))
        .toList();
  }

  /** Whether the card of a case says what the case says, word for word. */
  public boolean cardIsTrue(CaseId id, String channel) {
    CaseFile file = world.find(id);
    CardRow row =
        world.records.cards(id).stream()
            .filter(it -> it.place().channel().equals(channel))
            .findFirst()
            .orElseThrow();
    CardView truth =
        new CardWriter(people)
            .write(
                file,
                world.records.backstory(id),
                row,
                row.token().map(world.tokens::seal),
                world.now);
    return chat.shows(card(id, channel), truth);
  }

  /** Somebody alone was told this, at last; whatever else they were told before is forgotten. */
  public void assertTold(String person, String words) {
    StringBuilder heard = new StringBuilder();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < end) {
      Optional<String> next = chat.told(person);
      if (next.filter(it -> it.contains(words)).isPresent()) {
        return;
      }
      next.ifPresent(it -> heard.append(it).append('\n'));
      Pause.betweenLooks();
    }
    throw new AssertionError(person + " was not told \"" + words + "\" but: " + heard);
  }

  /** Waits for what others do meanwhile. */
  public static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Pause.betweenLooks();
    }
  }

  private void stop() {
    Optional.ofNullable(http).ifPresent(Javalin::stop);
    Optional.ofNullable(room).ifPresent(Chat.Room::close);
    world.close();
  }

  @Override
  public void close() {
    stop();
    chat.close();
  }
}
