package dev.postern.app;

import dev.postern.app.mail.CanaryFlight;
import dev.postern.app.mail.WayOut;
import dev.postern.app.settings.Secret;
import dev.postern.app.settings.Settings;
import dev.postern.app.trial.SamplePost;
import dev.postern.app.witness.SecondPlaces;
import dev.postern.approval.CaseBook;
import dev.postern.approval.Follower;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.CardKeeper;
import dev.postern.card.CardWriter;
import dev.postern.card.Finding;
import dev.postern.card.ShadowNews;
import dev.postern.card.Surfaces;
import dev.postern.card.Teller;
import dev.postern.intake.milter.MilterServer;
import dev.postern.intake.mtahooks.MtaHooksEndpoint;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.mail.MessageReader;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.quarantine.rspamd.RspamdTeacher;
import dev.postern.store.Retention;
import dev.postern.store.RollCall;
import dev.postern.store.Story;
import dev.postern.store.WorkQueue;
import dev.postern.store.Workers;
import dev.postern.web.AccessTokens;
import dev.postern.web.SignInLinks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running Postern: the only place that knows all rooms. Reads top to bottom as a parts list;
 * stopping takes the parts down in the opposite order, so that nothing loses what it leans on.
 */
public final class Service implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private static final CaseBook.Query ANY_CASE =
      new CaseBook.Query(Set.of(), "", Optional.empty(), 1);

  private static final Duration TO_LEARN = Duration.ofSeconds(30);

  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(10);

  private final Core.Plan plan;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Deque<AutoCloseable> running = new ArrayDeque<>();
  private final SignInLinks links = new SignInLinks();

  private Service(Core.Plan plan) {
    this.plan = plan;
  }

  /**
   * Starts everything and prints the line that says so.
   *
   * @throws Unusable when it cannot start; says what to mend, and nothing keeps running
   */
  static Service start(Core.Plan plan, PrintStream out) {
    Service service = new Service(plan);
    try {
      service.start(out);
      return service;
    } catch (RuntimeException | IOException e) {
      service.close();
      throw e instanceof Unusable known ? known : new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  private void start(PrintStream out) throws IOException {
    Settings settings = plan.settings();
    KeyRing.privateFolder(settings.data());
    Listeners listeners = new Listeners(settings, new SecureRandom(), plan.clock());
    AtomicReference<Chats> chatsLater = new AtomicReference<>(Chats.NONE);
    Optional<TrialMailbox> mailbox = mailbox();
    SmtpNextHop nextHop = listeners.nextHop(mailbox.map(TrialMailbox::port));

    SecondPlaces places = SecondPlaces.of(settings.audit());
    StoryLog told = new StoryLog(meters);
    AtomicReference<Optional<Lessons>> lessonsLater = new AtomicReference<>(Optional.empty());
    Story story =
        line -> {
          told.tell(line);
          lessonsLater.get().ifPresent(lessons -> lessons.tell(line));
        };
    Core.Listening listening = new Core.Listening(story, places);
    Core core = Core.of(plan, nextHop, platform -> chatsLater.get().accounts(platform), listening);
    running.push(core.store());
    core.senders().start();
    running.push(core.senders());
    core.shadows().start();
    running.push(core.shadows());
    core.mail().keepsAll(core.store().openBySource());
    running.push(places);
    core.sequencer().start();
    running.push(core.sequencer());
    running.push(core.nameServers());
    lessonsLater.set(lessons(core));
    lessonsLater.get().ifPresent(running::push);

    CardWriter writer =
        new CardWriter(
            core.directory(),
            hold -> core.mail().systems().of(hold).abilities(),
            it -> core.mail().systems().of(it.hold()).suggestion(it));
    AtomicReference<Supplier<Map<String, String>>> healthLater = new AtomicReference<>(Map::of);
    Chats chats = new ChatWiring(plan, core, writer, () -> healthLater.get().get()).start();
    chatsLater.set(chats);
    chats.slack().ifPresent(running::push);
    chats.teams().ifPresent(running::push);
    SecureRandom random = new SecureRandom();
    Surfaces surfaces = new Surfaces(chats.surfaces(), random);
    CardKeeper keeper =
        new CardKeeper(
            core.store().cards(),
            core.store().book(),
            core.tokens(),
            writer,
            surfaces,
            plan.clock(),
            random);
    Teller teller =
        new Teller(core.store().book(), core.store().cards(), writer, surfaces, plan.clock());
    Workers workers =
        Workers.of(
            core.clicks(),
            core.desk(),
            core.campaigns(),
            core.effects(),
            core.petitions(),
            core.later(),
            keeper,
            teller);
    WorkQueue queue = core.store().queue(workers, plan.clock());
    running.push(queue);

    SmtpListener smtp = listeners.smtp(core.desk(), nextHop);
    Optional<SmtpListener> lmtp = listeners.lmtp(core.desk(), nextHop);
    InlineMeters inline = new InlineMeters(meters);
    Optional<MilterServer> milter =
        listeners.milter(core.desk(), core.mail().sources(), inline.milter());
    Optional<MtaHooksEndpoint> hooks = listeners.hooks(core.desk(), inline.hooks());
    MailRounds rounds = rounds(core);
    List<Operations.Part> parts = Readiness.parts(core, keeper, chats, places, rounds);
    settings.policyFile().ifPresent(_ -> parts.add(watchPolicy()));
    milter.map(Readiness::milter).ifPresent(parts::add);
    Optional<StartCanary> canary = canary(core);
    canary.map(StartCanary::part).ifPresent(parts::add);
    Operations operations = new Operations(parts, meters);
    healthLater.set(operations::health);
    HttpServer http =
        listeners.http(
            core,
            writer,
            new Listeners.Doors(
                links,
                tokens(core),
                mailbox,
                chats,
                operations,
                rounds,
                hooks,
                plan.policy()::get));
    running.push(http);
    queue.start();
    Retention retention = core.store().retention(settings.retention(), plan.clock());
    retention.start();
    running.push(retention);
    RollCall rollCall = core.store().rollCall(plan.clock());
    rollCall.start();
    running.push(rollCall);
    digests(core, chats, surfaces);
    rounds.start();
    running.push(rounds);
    Together entrances = new Together();
    running.push(entrances);
    hooks.ifPresent(entrances::add);
    smtp.start();
    entrances.add(smtp);
    lmtp.ifPresent(SmtpListener::start);
    lmtp.ifPresent(entrances::add);
    milter.ifPresent(
        it -> {
          it.start();
          entrances.add(it);
          inline.watch(it);
        });
    running.push(operations::drain);

    Meters.register(meters, core.store());
    ready(out, http, new Entrances(smtp, lmtp, milter), core);
    if (plan.mode() == Settings.Mode.SERVE) {
      Thread.ofVirtual().name("way-out").start(this::tryWayOut);
    }
    canary.ifPresent(it -> Thread.ofVirtual().name("canary").start(it::fly));
  }

  private Optional<StartCanary> canary(Core core) {
    Settings.Smtp smtp = plan.settings().smtp();
    return plan.settings()
        .mail()
        .canary()
        .map(it -> new CanaryFlight(it.to(), it.through()))
        .map(flight -> new StartCanary(flight, smtp, core.mail().connectors()));
  }

  private Optional<Lessons> lessons(Core core) {
    return plan.settings()
        .mail()
        .teacher()
        .map(
            at ->
                new Lessons(
                    core.store().records()::find,
                    core.store().book()::raw,
                    new RspamdTeacher(at, TO_LEARN)));
  }

  /** Said at once, rather than with the first release. */
  private void tryWayOut() {
    WayOut.check(plan.settings().smtp())
        .ifPresent(
            finding -> {
              if (finding.grade() == Finding.Grade.WELL) {
                LOG.info(finding.what());
              } else {
                LOG.warn("{}; {}", finding.what(), finding.mend());
              }
            });
  }

  private Operations.Part watchPolicy() {
    PolicyWatch watch = new PolicyWatch(plan.settings(), plan.policy());
    watch.start();
    running.push(watch);
    return new Operations.Part("policy file", false, watch::trouble);
  }

  private void digests(Core core, Chats chats, Surfaces surfaces) {
    ShadowNews news = new ShadowNews(plan.policy()::get, core.store().precedents(), core.shadows());
    chats
        .digests(plan.settings(), core.store().days(), news, surfaces.pauses(), plan.clock())
        .forEach(
            digest -> {
              digest.start();
              running.push(digest);
            });
  }

  private Optional<TrialMailbox> mailbox() {
    Settings settings = plan.settings();
    if (plan.mode() == Settings.Mode.SERVE || settings.smtp().nextHop().isPresent()) {
      return Optional.empty();
    }
    TrialMailbox mailbox =
        new TrialMailbox(
            settings.data().resolve("mailbox"),
            0,
            MessageReader::summarise,
            plan.clock(),
            new SecureRandom());
    mailbox.start();
    running.push(mailbox);
    return Optional.of(mailbox);
  }

  private MailRounds rounds(Core core) {
    MailWiring mail = core.mail();
    List<Follower> followers =
        mail.followed().stream()
            .map(
                holdings ->
                    new Follower(
                        holdings,
                        mail.systems().at(holdings.source()),
                        core.store().records(),
                        core.desk(),
                        plan.clock()))
            .toList();
    return new MailRounds(followers, BETWEEN_ROUNDS, meters, plan.clock());
  }

  private AccessTokens tokens(Core core) {
    Map<String, Person> byToken = new HashMap<>();
    for (Settings.PersonEntry entry : plan.settings().people()) {
      Person person = core.directory().person(Identity.ofPostern(entry.id())).orElseThrow();
      entry.token().map(Secret::text).ifPresent(token -> byToken.put(token, person));
    }
    if (plan.mode() == Settings.Mode.TRY) {
      core.directory()
          .person(Identity.ofPostern("operator"))
          .ifPresent(operator -> byToken.put(operatorToken(), operator));
    }
    return new AccessTokens(byToken);
  }

  /** The operator's token, for the command line on the same machine; made at the first start. */
  private String operatorToken() {
    Path file = plan.settings().data().resolve("operator.token");
    try {
      if (!Files.exists(file)) {
        byte[] bits = new byte[24];
        new SecureRandom().nextBytes(bits);
        KeyRing.write(
            plan.settings().data(), "operator.token", HexFormat.of().formatHex(bits) + "\n");
      }
      return Files.readString(file, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new Unusable("the token file " + file + " cannot be read or made", e);
    }
  }

  /**
   * Where mail comes in.
   *
   * @param smtp always
   * @param lmtp where it is on
   * @param milter where it is on
   */
  private record Entrances(
      SmtpListener smtp, Optional<SmtpListener> lmtp, Optional<MilterServer> milter) {}

  private void ready(PrintStream out, HttpServer http, Entrances entrances, Core core) {
    Settings settings = plan.settings();
    out.println(
        "postern ready http="
            + http.url()
            + " smtp="
            + settings.smtp().listen().host()
            + ":"
            + entrances.smtp().port()
            + settings
                .smtp()
                .links()
                .lmtp()
                .map(it -> " lmtp=" + it.host() + ":")
                .flatMap(name -> entrances.lmtp().map(it -> name + it.port()))
                .orElse("")
            + settings
                .mail()
                .milter()
                .map(it -> " milter=" + it.listen().getHostString() + ":")
                .flatMap(name -> entrances.milter().map(it -> name + it.port()))
                .orElse(""));
    if (plan.mode() == Settings.Mode.TRY) {
      out.println("sign in once: " + http.url() + "/login/" + links.mint("operator"));
      if (core.store().book().list(ANY_CASE).isEmpty()) {
        Thread.ofVirtual().name("samples").start(() -> post(entrances.smtp().port()));
      }
    }
    out.flush();
  }

  private static void post(int port) {
    try {
      new SamplePost(port).send();
    } catch (IOException e) {
      LOG.warn("the sample messages could not all be sent: {}", e.getMessage());
    }
  }

  /** Stops taking work, finishes what is being done, and closes; within ten seconds. */
  @Override
  public void close() {
    while (!running.isEmpty()) {
      AutoCloseable part = running.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.warn("a part did not stop cleanly", e);
      }
    }
  }
}
