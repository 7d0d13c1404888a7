package dev.postern.store;

import dev.postern.approval.Ability;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.Brake;
import dev.postern.approval.Campaigning;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Desk;
import dev.postern.approval.Directory;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Effects;
import dev.postern.approval.Granting;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Identity;
import dev.postern.approval.Judgement;
import dev.postern.approval.LaterOnes;
import dev.postern.approval.Mandate;
import dev.postern.approval.MemoryRecords;
import dev.postern.approval.Message;
import dev.postern.approval.Outcome;
import dev.postern.approval.Panel;
import dev.postern.approval.Petition;
import dev.postern.approval.Petitions;
import dev.postern.approval.Quarantine;
import dev.postern.approval.Records;
import dev.postern.approval.SenderBook;
import dev.postern.approval.Senders;
import dev.postern.approval.Tokens;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import dev.postern.policy.APlan;
import dev.postern.policy.Action;
import dev.postern.policy.Chain;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.Grouping;
import dev.postern.policy.Reason;
import dev.postern.policy.Rota;
import dev.postern.policy.Rules;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A desk on a real store, with test people, a clock to turn and a mail system to script. */
public final class World implements AutoCloseable {
  /** Where Slack cards of the test stand. */
  public static final CardPlace SLACK = new CardPlace("slack", "C0MAILOPS1");

  /** The instant that the clock shows; set it to travel. */
  public volatile Instant now = Instant.parse("2026-11-24T07:00:00Z");

  /** What the policy says of every message. */
  public volatile Action action = new Action.Ask("admins");

  /** The chain that is asked. */
  public volatile Chain chain = chain(1);

  /** Who is on call, by the name of the rota. */
  public final Map<String, Rota> rotas = new ConcurrentHashMap<>();

  /** Groups of the policy itself. */
  public final Map<String, List<String>> groups = new ConcurrentHashMap<>();

  /** Who wrote before. */
  public final Acquaintance acquaintance;

  /** How much came from whom. */
  public final SenderBook senders;

  /** What the rules saw last. */
  public volatile Optional<Situation> ruledOn = Optional.empty();

  /** Rules in shadow that match whatever comes. */
  public volatile List<Ruling.Shadow> shadows = List.of();

  /**
   * What was counted of them for mail without a case, as {@code rule passed} or {@code refused}.
   */
  public final List<String> noted = new CopyOnWriteArrayList<>();

  public final Records records;
  public final Desk desk;
  public final Doorkeeper clicks;
  public final Campaigning campaigns;
  public final Effects effects;
  public final Petitions petitions;
  public final LaterOnes later;
  public final Brake brake;

  /** Whether messages of one kind are decided together. */
  public volatile Grouping grouping = Grouping.OFF;

  /** How exceptions are asked for, as the policy says it. */
  public volatile GrantLaw law = GrantLaw.USUAL;

  /** Who may freeze releasing by rule, as the policy says it. */
  public volatile List<String> mayFreeze = List.of("kim");

  public final Tokens tokens;
  public final ScriptedQuarantine quarantine = new ScriptedQuarantine();
  public final List<Story.Line> story = new CopyOnWriteArrayList<>();
  private final Panel panel;
  private final Optional<Store> store;
  private final String run = UUID.randomUUID() + "-";
  private final AtomicInteger events = new AtomicInteger();

  /** A world on this database, or in memory. */
  public World(Store.Access access, Directory people, Dns dns) {
    InstantSource clock = () -> now;
    SecureRandom random = new SecureRandom();
    if (access.equals(Databases.MEMORY)) {
      MemoryRecords memory = new MemoryRecords(this::tell, clock, random);
      store = Optional.empty();
      records = memory;
      acquaintance = memory.acquaintance();
      senders = memory.senders();
    } else {
      Store opened = Store.open(access, story::add, clock);
      store = Optional.of(opened);
      records = opened.records();
      acquaintance = opened.acquaintance();
      senders = opened.senders(Duration.ofDays(90));
    }
    byte[] key = new byte[32];
    Arrays.fill(key, (byte) 7);
    tokens = new Tokens(List.of(key));
    panel = new Panel(people, new FixedRules(), List.of(CardPlace.WEB, SLACK), random);
    Examiner examiner =
        new Examiner(dns, Duration.ofSeconds(5), Home.unknown())
            .with(new Signals(Home.unknown(), acquaintance));
    desk =
        new Desk(records, examiner, new FixedRules(), panel, tokens, clock)
            .with(new Senders(key, senders), new NotedShadows(noted));
    campaigns = new Campaigning(records, panel, clock);
    clicks = new Doorkeeper(records, desk, clock, new Random(6));
    brake = new Brake(records, new FixedRules(), people, clock);
    petitions = new Petitions(records, new FixedRules(), panel, desk, false, clock);
    later = new LaterOnes(records, panel, petitions, clock);
    effects = new Effects(records, this::systemOf, panel, clock, new Random(5));
  }

  private Quarantine systemOf(HoldRef hold) {
    return hold.source().equals(Petition.SOURCE)
        ? new Granting(records.grants(), () -> now)
        : quarantine;
  }

  private void tell(CaseId id, CaseBook.HistoryLine line) {
    story.add(new Story.Line(line.what(), Optional.of(id), line.actor(), line.detail()));
  }

  /** The database, of a world that has one. */
  public Store store() {
    return store.orElseThrow();
  }

  private final class FixedRules implements Rules {
    @Override
    public Ruling rule(Situation situation) {
      ruledOn = Optional.of(situation);
      Ruling.Notes notes = new Ruling.Notes(Optional.empty(), shadows, Optional.empty(), 0, false);
      Reason reason = Reason.own("a test rule");
      return new Ruling(action, "test", reason, "0123456789ab", List.of(), notes);
    }

    @Override
    public Chain chain(String name) {
      return chain;
    }

    @Override
    public Chain otherwise() {
      return chain;
    }

    @Override
    public List<String> mayFreeze() {
      return mayFreeze;
    }

    @Override
    public Grouping grouping() {
      return grouping;
    }

    @Override
    public GrantLaw grants() {
      return law;
    }

    @Override
    public Optional<Rota> rota(String name) {
      return Optional.ofNullable(rotas.get(name));
    }

    @Override
    public Optional<List<String>> group(String name) {
      return Optional.ofNullable(groups.get(name));
    }
  }

  /** A chain of one stage with this quorum. */
  public static Chain chain(int quorum) {
    return APlan.of("Mail admins", "group:admins").quorum(quorum).chain("admins");
  }

  /** A small message; the same text gives the same octets. */
  public static RawMessage raw(String subject) {
    String text =
        "From: Eve <eve@evil.example>\r\nTo: anna@corp.example\r\nSubject: "
            + subject
            + "\r\nMessage-ID: <1@evil.example>\r\n\r\nHello\r\n";
    return RawMessage.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** An envelope to two recipients. */
  public static Envelope envelope() {
    return new Envelope(
        EmailAddress.parse("eve@evil.example"),
        List.of(address("anna@corp.example"), address("bo@corp.example")),
        InetAddress.ofLiteral("192.0.2.1"),
        "mx.evil.example");
  }

  /** An address that is one. */
  public static EmailAddress address(String text) {
    return EmailAddress.parse(text).orElseThrow();
  }

  /** A message as an inline connector gives it. */
  public Message message(String id) {
    return new Message(new HoldRef("smtp", id), envelope(), raw("Subject " + id), now);
  }

  /** A hold as a following connector gives it. */
  public Hold hold(String id) {
    RawMessage raw = raw("Subject " + id);
    return new Hold(
        new HoldRef("edge-1", id),
        envelope(),
        Optional.of(raw),
        MessageReader.summarise(raw),
        "edge-1",
        now,
        "{}");
  }

  /** Holds a message and returns its case. */
  public CaseId held(String id) {
    return ((Judgement.Held) desk.judge(message(id))).caseId();
  }

  /** The case as it stands. */
  public CaseFile find(CaseId id) {
    return records.find(id).orElseThrow();
  }

  /** The sealed token that the card at a place carries. */
  public String token(CaseId id, CardPlace place) {
    return tokens.seal(records.tokenAt(id, place).orElseThrow().id());
  }

  /** A click on the web page by a person of the settings, as a new event. */
  public Click click(String person, String token, Act act) {
    String event = run + events.incrementAndGet();
    return new Click(event, "web", Identity.ofPostern(person), token, "", act, "because");
  }

  /** Does something on the web card. */
  public Answer act(CaseId id, String person, Act act) {
    return desk.click(click(person, token(id, CardPlace.WEB), act));
  }

  /** Clicks Release for all on the web card. */
  public Answer release(CaseId id, String person) {
    return desk.click(click(person, token(id, CardPlace.WEB), new Choice.ReleaseAll()));
  }

  /** The effects of another process on the same rows, with the same mail system. */
  public Effects replica() {
    return new Effects(records, this::systemOf, panel, () -> now, new Random(6));
  }

  /** Carries an effect out until it is settled; time passes as far as it wants to wait. */
  public void settle(long effect) {
    Optional<Duration> again = effects.carryOut(effect);
    while (again.isPresent()) {
      now = now.plus(again.get());
      again = effects.carryOut(effect);
    }
  }

  @Override
  public void close() {
    store.ifPresent(Store::close);
  }

  /** A mail system that does as it is told and remembers what it was asked. */
  public static final class ScriptedQuarantine implements Quarantine {
    public final List<String> calls = new ArrayList<>();
    public volatile Outcome.Kind says = Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    public volatile String refuses = "";
    public volatile Standing stands = Standing.HELD;

    /** Messages that stand otherwise, by their ids. */
    public final Map<String, Standing> standsOf = new ConcurrentHashMap<>();

    public volatile Runnable meanwhile = () -> {};

    /** What a release leaves to be taken away. */
    public volatile Optional<String> leaves = Optional.empty();

    @Override
    public synchronized Outcome tidy(CaseFile held, Mandate mandate) {
      calls.add("tidy attempt " + mandate.attempt());
      meanwhile.run();
      return new Outcome(List.of(), leaves);
    }

    @Override
    public synchronized Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
      calls.add("release " + to + " attempt " + mandate.attempt());
      meanwhile.run();
      return new Outcome(to.stream().map(this::resultFor).toList(), leaves);
    }

    private Outcome.Result resultFor(EmailAddress to) {
      return to.toString().equals(refuses)
          ? new Outcome.Result(to, Outcome.Kind.TEMP_FAIL, "451 4.2.2 mailbox full")
          : new Outcome.Result(to, says, "250 2.0.0 Ok: queued as TEST1");
    }

    @Override
    public synchronized Outcome discard(CaseFile held, Mandate mandate) {
      calls.add("discard attempt " + mandate.attempt());
      return Outcome.forAll(held.envelope().recipients(), Outcome.Kind.DISCARDED, "deleted");
    }

    @Override
    public Standing standing(CaseFile held) {
      return standsOf.getOrDefault(held.hold().id(), stands);
    }

    @Override
    public Set<Ability> abilities() {
      return EnumSet.allOf(Ability.class);
    }

    @Override
    public Optional<String> trouble() {
      return Optional.empty();
    }
  }
}
