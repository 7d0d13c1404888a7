package dev.postern.app;

import dev.postern.app.mail.WayOut;
import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.approval.Desk;
import dev.postern.approval.Hold;
import dev.postern.approval.Received;
import dev.postern.approval.TokenRow;
import dev.postern.card.CardWriter;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.VerdictWatch;
import dev.postern.intake.http.HoldsEndpoint;
import dev.postern.intake.http.HoldsSettings;
import dev.postern.intake.milter.MilterDesk;
import dev.postern.intake.milter.MilterServer;
import dev.postern.intake.milter.MilterSettings.Keeping;
import dev.postern.intake.mtahooks.MtaHooksDesk;
import dev.postern.intake.mtahooks.MtaHooksEndpoint;
import dev.postern.intake.rspamd.RspamdEndpoint;
import dev.postern.intake.rspamd.RspamdSettings;
import dev.postern.intake.smtp.Offering;
import dev.postern.intake.smtp.Offering.Protocol;
import dev.postern.intake.smtp.ServerKey;
import dev.postern.intake.smtp.SmtpEntrance;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.MessageReader;
import dev.postern.mail.Network;
import dev.postern.policy.Policy;
import dev.postern.quarantine.SmtpNextHop;
import dev.postern.store.Store;
import dev.postern.store.StoreTrouble;
import dev.postern.web.AccessTokens;
import dev.postern.web.BackupApi;
import dev.postern.web.CaseApi;
import dev.postern.web.Console;
import dev.postern.web.FreezeApi;
import dev.postern.web.GrantApi;
import dev.postern.web.Mailbox;
import dev.postern.web.PolicyParts;
import dev.postern.web.PrecedentApi;
import dev.postern.web.Sessions;
import dev.postern.web.SignInLinks;
import dev.postern.web.WebParts;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The rim: what listens, and what mail is handed to, made from the settings. */
final class Listeners {
  private final Settings settings;
  private final SecureRandom random;
  private final InstantSource clock;
  private final String loopMark;
  private final SmtpSettings.Limits limits;

  /** What messages may take of it that any listener reads. */
  private final MemoryBudget memory;

  Listeners(Settings settings, SecureRandom random, InstantSource clock) {
    this.settings = settings;
    this.random = random;
    this.clock = clock;
    this.limits = SmtpSettings.Limits.forMessagesOf((int) settings.smtp().maxSize());
    this.memory = new MemoryBudget(limits.memory());
    byte[] mark = new byte[8];
    random.nextBytes(mark);
    this.loopMark = "Postern " + HexFormat.of().formatHex(mark);
  }

  /** Where passed and released mail goes: the configured MTA, or the trial's own mailbox. */
  SmtpNextHop nextHop(Optional<Integer> mailboxPort) {
    HostPort where =
        settings
            .smtp()
            .nextHop()
            .or(() -> mailboxPort.map(port -> new HostPort("127.0.0.1", port)))
            .orElseThrow(
                () -> new Unusable("mail.smtp.next-hop is not set: name your mail server"));
    try {
      return new SmtpNextHop(WayOut.of(settings.smtp(), where, loopMark));
    } catch (IllegalArgumentException unread) {
      throw new Unusable("mail.smtp.ca-file: " + unread.getMessage(), unread);
    }
  }

  /** The SMTP entrance, not yet listening. */
  SmtpListener smtp(Desk desk, SmtpNextHop nextHop) {
    return entrance(Protocol.SMTP, settings.smtp().listen(), desk, nextHop);
  }

  /** The LMTP entrance, not yet listening; empty where it is off. */
  Optional<SmtpListener> lmtp(Desk desk, SmtpNextHop nextHop) {
    return settings
        .smtp()
        .links()
        .lmtp()
        .map(listen -> entrance(Protocol.LMTP, listen, desk, nextHop));
  }

  private SmtpListener entrance(
      Protocol protocol, HostPort listen, Desk desk, SmtpNextHop nextHop) {
    return new SmtpListener(
        new SmtpSettings(
            new InetSocketAddress(listen.host(), listen.port()),
            settings.smtp().hostname(),
            loopMark,
            settings.smtp().trustedRelays().stream()
                .flatMap(text -> Network.parse(text).stream())
                .collect(Collectors.toSet()),
            limits,
            new Offering(protocol, ownCertificate(), nextHop::passesWishesOn)),
        new SmtpEntrance(desk::judge, nextHop, clock, random),
        memory);
  }

  private Optional<SSLContext> ownCertificate() {
    try {
      return settings.smtp().links().own().map(own -> ServerKey.read(own.file(), own.key().text()));
    } catch (IllegalArgumentException unread) {
      throw new Unusable("mail.smtp.certificate: " + unread.getMessage(), unread);
    }
  }

  /**
   * The milter, not yet listening; empty where it is off.
   *
   * @param holdQueues names of the hold queues that a connector releases from
   * @throws Unusable when nobody could release what it would hold
   */
  Optional<MilterServer> milter(Desk desk, Set<String> holdQueues, VerdictWatch watch) {
    return settings
        .mail()
        .milter()
        .map(
            it -> {
              if (it.keeping() instanceof Keeping.InQueue(String queue)
                  && !holdQueues.contains(queue)) {
                throw new Unusable(
                    "mail.milter would hold mail in the queue "
                        + queue
                        + ", and no connector of that name releases it: set mail.milter.queue, or"
                        + " mail.milter.keep-in = store (docs/mail/milter.md)");
              }
              MilterDesk milterDesk = new MilterDesk(desk::judge, desk::gone);
              return new MilterServer(it, milterDesk, memory, watch, clock);
            });
  }

  /**
   * What stands behind the HTTP listener besides the core.
   *
   * @param links one-time sign-in links
   * @param tokens access tokens
   * @param mailbox the trial's mailbox
   * @param chats chat platforms
   * @param operations health and metrics
   * @param rounds asks mail systems what they hold
   * @param hooks the entrance for MTA Hooks; empty where it is off
   * @param policy the one in force
   */
  record Doors(
      SignInLinks links,
      AccessTokens tokens,
      Optional<? extends Mailbox> mailbox,
      Chats chats,
      Operations operations,
      MailRounds rounds,
      Optional<MtaHooksEndpoint> hooks,
      Supplier<Policy> policy) {}

  /** The HTTP listener with everybody's routes, listening. */
  HttpServer http(Core core, CardWriter writer, Doors doors) {
    WebParts web =
        new WebParts(
            core.desk()::click,
            core.desk()::ballot,
            core.campaigns()::apart,
            t -> core.tokens().open(t).flatMap(core.store().records()::token).map(TokenRow::caseId),
            core.store().book(),
            core.directory(),
            writer,
            doors.mailbox().map(m -> m),
            doors.tokens(),
            doors.links(),
            new Sessions(new KeyRing(settings.data()).sessions()),
            core.brake(),
            publicUrl(),
            clock);
    List<Consumer<RoutesConfig>> rooms = new ArrayList<>();
    rooms.add(doors.operations()::register);
    rooms.add(
        new Console(web, core.petitions(), Optional.of(policy(core, doors.policy())))::register);
    rooms.add(new CaseApi(web)::register);
    rooms.add(new FreezeApi(doors.tokens(), core.brake())::register);
    rooms.add(new GrantApi(doors.tokens(), core.petitions())::register);
    rooms.add(
        new BackupApi(doors.tokens(), into -> backup(core.store(), into), settings.data())
            ::register);
    rooms.add(
        new PrecedentApi(
                doors.tokens(), core.store().precedents(), core.shadows(), doors.policy(), clock)
            ::register);
    rooms.add(holds(core)::register);
    rooms.add(doors.chats()::register);
    rspamd(core, doors.rounds()).ifPresent(it -> rooms.add(it::register));
    doors.hooks().ifPresent(it -> rooms.add(it::register));
    return new HttpServer(settings.http().host(), settings.http().port(), rooms);
  }

  private PolicyParts policy(Core core, Supplier<Policy> inForce) {
    String name =
        settings
            .policyFile()
            .map(file -> String.valueOf(file.getFileName()))
            .orElse("the built-in policy");
    return new PolicyParts(
        name,
        inForce,
        () -> PolicyInForce.editable(settings),
        core.store().precedents(),
        core.shadows());
  }

  private static void backup(Store store, Path into) throws IOException {
    try {
      store.backup(into);
    } catch (StoreTrouble trouble) {
      throw new IOException(trouble.getMessage(), trouble);
    }
  }

  private URI publicUrl() {
    HostPort here = new HostPort(settings.http().host(), settings.http().port());
    return settings.http().publicUrl().orElseGet(() -> URI.create("http://" + here));
  }

  /**
   * The entrance for rspamd; empty where it is off.
   *
   * @throws Unusable when nobody could release what it reports
   */
  private Optional<RspamdEndpoint> rspamd(Core core, MailRounds rounds) {
    return settings
        .mail()
        .rspamd()
        .map(
            it -> {
              if (it.keeper() == RspamdSettings.Keeper.MAIL_SYSTEM
                  && !core.mail().sources().contains(it.source())) {
                throw new Unusable(
                    "mail.rspamd.queue is "
                        + it.source()
                        + ", and no connector of that name releases from it: set"
                        + " mail.rspamd.queue, or mail.rspamd.keep-in = store"
                        + " (docs/mail/rspamd.md)");
              }
              return new RspamdEndpoint(
                  core.store().reports(), following(core.desk(), rounds, it), it, clock);
            });
  }

  /** The entrance for MTA Hooks; empty where it is off. */
  Optional<MtaHooksEndpoint> hooks(Desk desk, VerdictWatch watch) {
    MtaHooksDesk judging = new MtaHooksDesk(desk::judge, desk::gone);
    return settings
        .mail()
        .hooks()
        .map(it -> new MtaHooksEndpoint(judging, it, watch, clock, random));
  }

  private static RspamdEndpoint.Follow following(
      Desk desk, MailRounds rounds, RspamdSettings settings) {
    return new RspamdEndpoint.Follow() {
      @Override
      public void soon() {
        rounds.soon(settings.source());
      }

      @Override
      public Received receive(Hold hold) {
        return desk.receive(hold);
      }
    };
  }

  private HoldsEndpoint holds(Core core) {
    Map<String, List<byte[]>> secrets = new HashMap<>();
    settings
        .intakeSecrets()
        .forEach(
            (source, secret) ->
                secrets.put(source, List.of(secret.text().getBytes(StandardCharsets.UTF_8))));
    return new HoldsEndpoint(
        core.desk()::receive,
        core.desk()::gone,
        HoldsSettings.usual(secrets, core.mail().names()),
        MessageReader::summarise,
        clock);
  }
}
