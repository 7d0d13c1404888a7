package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.Ballot;
import dev.postern.approval.Brake;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.approval.MemoryFreeze;
import dev.postern.approval.MemoryGroupReadings;
import dev.postern.approval.MemoryReplays;
import dev.postern.approval.Reading;
import dev.postern.approval.Wish;
import dev.postern.card.CardView;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardWriter;
import dev.postern.card.LookupParts;
import dev.postern.card.ManyCases;
import dev.postern.card.SampleCases;
import dev.postern.card.SurfaceTrouble;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Dns;
import dev.postern.evidence.posture.DomainCheck;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.APolicy;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The room between a fake Slack and a stand-in for the rest of Postern, over real HTTP. */
final class SlackRoom implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T07:03:12Z");
  static final String KIM = "U04KIMPARK1";
  static final String NOOR = "U04NOORHAD1";
  static final String STRANGER = "U0STRANGER";

  /** Kim, Noor who is an administrator, and Anna who may decide nothing. */
  private static final List<PersonEntry> PEOPLE =
      List.of(
          entry("kim", "Kim Park", KIM),
          entry("noor", "Noor Haddad", NOOR, Reading.ADMINS),
          recipient("anna", "anna.kovacs@corp.example", "U0ANNA0001"),
          recipient("bo", "bo.lind@corp.example", "U0BOLIND001"),
          recipient("cleo", "c_ortiz@corp.example", "U0CORTIZ001"));

  static final Watched WATCHED = new Watched(Set.of(FakeSlack.CHANNEL), Set.of());

  final FakeSlack slack = new FakeSlack();
  final WebApi api = new WebApi(slack.settings());
  final Channels channels = new Channels(api, () -> NOW);
  final MemoryGroupReadings readings = new MemoryGroupReadings();
  final Members members =
      new Members(
          api.within(Duration.ofSeconds(2)), () -> this.workspace, this.readings, () -> NOW);
  final ManyCases cases = new Cases();
  final Map<String, Click> inbox = new ConcurrentHashMap<>();
  final List<Click> accepted = new CopyOnWriteArrayList<>();
  final MemoryReplays replays = new MemoryReplays();
  final SlackSurface surface;
  final SlackHand hand;
  final Brake brake = brake();

  /** Where grants are asked for. */
  final World petitioned = Worlds.inMemory(configured());

  final Reading reading = new Reading(cases, (_, _) -> Optional.empty());
  volatile Dns zone = (_, _, _) -> Answer.without(Answer.Status.NXDOMAIN, 60);

  /** What Kim needs to vote; nobody else may. */
  volatile Optional<Ballot> ballot = Optional.empty();

  volatile Map<String, String> health = Map.of("store", "ok");
  volatile boolean storeDown;
  volatile Optional<Workspace> workspace;

  private final boolean messageText;
  private final Javalin http;

  SlackRoom() throws SurfaceTrouble {
    this(true);
  }

  /** Where the operator keeps the text of messages in the house. */
  static SlackRoom withoutMessageText() throws SurfaceTrouble {
    return new SlackRoom(false);
  }

  private SlackRoom(boolean messageText) throws SurfaceTrouble {
    this.messageText = messageText;
    workspace = Optional.of(api.workspace());
    surface = new SlackSurface(api, channels, members, () -> workspace);
    http = listening();
    hand = new SlackHand(slack, http.port(), NOW);
    asking(ReasonRule.ALWAYS);
  }

  /** An entrance of its own, as another replica has one over the same rows. */
  Javalin listening() {
    Wiring postern = wiring();
    ResponseUrls responses = new ResponseUrls(api.sdk(), slack.url());
    Reception reception =
        new Reception(
            () -> workspace,
            new Interactions(postern, api, Runnable::run),
            new Commands(postern, responses, Runnable::run),
            new Showing(postern, api, responses, Runnable::run),
            api);
    SlackEntrance entrance =
        new SlackEntrance(
            new RequestCheck(FakeSlack.SECRET, postern.clock()),
            postern.shared().replays(),
            reception);
    return Javalin.create(c -> entrance.register(c.routes)).start("127.0.0.1", 0);
  }

  private static PersonEntry recipient(String id, String email, String account) {
    return new PersonEntry(
        id, id, EmailAddress.parse(email), "", Optional.of(account), Set.of(), Optional.empty());
  }

  private static PersonEntry entry(String id, String name, String account, String... groups) {
    return new PersonEntry(
        id, name, Optional.empty(), "", Optional.of(account), Set.of(groups), Optional.empty());
  }

  int port() {
    return http.port();
  }

  Wiring wiring() {
    Directory people = new ConfiguredPeople(PEOPLE, () -> members, new ByEmail(false, true));
    return new Wiring(
        this::accept,
        cases,
        (_, who) -> ballot.filter(_ -> who.id().equals("kim")),
        people,
        new CardWriter(people),
        accepted::add,
        new LookupParts(reading, this::posture, brake, petitioned.petitions, () -> health),
        new SharedRows(replays, readings),
        messageText,
        InstantSource.fixed(NOW));
  }

  /** A case with three recipients whose open stage wants reasons as told. */
  CaseFile asking(ReasonRule reasons) {
    CaseFile it = SampleCases.spoofed().reasons(reasons).build();
    cases.put(it);
    return it;
  }

  /** Posts a card of the design, its labels changed as told. */
  SlackMessages.Message post(String sample, Map<String, String> labels) throws SurfaceTrouble {
    CardView card = relabelled(Samples.card(sample), labels);
    surface.post("card-1", new CardPlace("slack", FakeSlack.CHANNEL), card);
    return slack.messages.all().getLast();
  }

  /** The next modal that was opened. */
  JsonNode opened() throws InterruptedException {
    JsonNode view = slack.opened.poll();
    if (view == null) {
      throw new AssertionError("no modal was opened; whispered: " + slack.whispered);
    }
    return view;
  }

  /** The next private answer. */
  String whispered() {
    Map<String, String> whisper = slack.whispered.poll();
    if (whisper == null) {
      throw new AssertionError("nothing was told privately");
    }
    return whisper.get("user") + ": " + whisper.get("text");
  }

  /** For rooms where nobody looks anything up. */
  static LookupParts nothingToLookUp(CaseBook book) {
    return new LookupParts(
        new Reading(book, (_, _) -> Optional.empty()),
        domain -> {
          throw new AssertionError("nobody looks up " + domain);
        },
        brake(),
        Worlds.inMemory(configured()).petitions,
        Map::of);
  }

  private static Directory configured() {
    return new ConfiguredPeople(PEOPLE, () -> Accounts.NONE, ByEmail.NOTHING);
  }

  private static Brake brake() {
    InstantSource clock = InstantSource.fixed(NOW);
    return new Brake(new MemoryFreeze(), APolicy.letting("kim"), configured(), clock);
  }

  private Posture posture(DomainName domain) {
    return new DomainCheck(zone, Duration.ofSeconds(2)).check(domain, List.of());
  }

  private boolean accept(Click click) {
    if (storeDown) {
      throw new IllegalStateException("the store is down");
    }
    return inbox.putIfAbsent(click.eventId(), click) == null;
  }

  static CardView relabelled(CardView card, Map<String, String> labels) {
    List<CardAction> actions =
        card.actions().stream()
            .map(
                a ->
                    new CardAction(
                        a.id(),
                        labels.getOrDefault(a.id(), a.label()),
                        a.token(),
                        a.style(),
                        a.say(),
                        a.confirm(),
                        a.url(),
                        a.stake()))
            .toList();
    return new CardView(
        card.kind(),
        card.state(),
        card.caseId(),
        card.rev(),
        card.title(),
        card.verdict(),
        card.lead(),
        card.groups(),
        actions,
        card.overflow(),
        card.recipients(),
        card.evidence(),
        card.footer(),
        card.fallback());
  }

  @Override
  public void close() {
    http.stop();
    api.close();
    slack.close();
  }

  /** Reads what the test put there, while the store is up. */
  private final class Cases extends ManyCases {
    @Override
    public Optional<CaseFile> find(CaseId id) {
      if (storeDown) {
        throw new IllegalStateException("the store is down");
      }
      return super.find(id);
    }

    @Override
    public List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit) {
      if (storeDown) {
        throw new IllegalStateException("the store is down");
      }
      return super.awaiting(personId, after, limit);
    }
  }

  /** A wish with hostile words. */
  static Wish aWish(String from) {
    return new Wish(
        Kind.ALLOW,
        from,
        "corp.example",
        Optional.empty(),
        Optional.of(9),
        false,
        "<!channel> *now*",
        Optional.empty());
  }
}
