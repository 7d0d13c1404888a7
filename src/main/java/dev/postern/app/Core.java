package dev.postern.app;

import dev.postern.app.settings.ByEmail;
import dev.postern.app.settings.ConfiguredPeople;
import dev.postern.app.settings.Settings;
import dev.postern.app.trial.Samples;
import dev.postern.approval.Accounts;
import dev.postern.approval.Brake;
import dev.postern.approval.Campaigning;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Desk;
import dev.postern.approval.Directory;
import dev.postern.approval.Doorkeeper;
import dev.postern.approval.Effects;
import dev.postern.approval.LaterOnes;
import dev.postern.approval.NextHop;
import dev.postern.approval.Panel;
import dev.postern.approval.Petitions;
import dev.postern.approval.Senders;
import dev.postern.approval.Throttle;
import dev.postern.approval.Tokens;
import dev.postern.audit.Witness;
import dev.postern.dns.DnsJavaResolver;
import dev.postern.dns.ZoneDns;
import dev.postern.dns.ZoneFirstDns;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.posture.DomainCheck;
import dev.postern.evidence.signal.Signals;
import dev.postern.policy.Policy;
import dev.postern.policy.Rules;
import dev.postern.store.SenderLedger;
import dev.postern.store.Sequencer;
import dev.postern.store.ShadowLedger;
import dev.postern.store.Store;
import dev.postern.store.Story;
import java.io.ByteArrayInputStream;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The parts that decide about mail, wired together: everything that stays the same whatever mail
 * systems and chat platforms are around it.
 *
 * @param store the rows
 * @param sequencer numbers the log
 * @param nameServers asks them; to be closed
 * @param directory who people are
 * @param tokens seals what buttons carry
 * @param desk the desk
 * @param clicks has clicks judged that were taken down
 * @param campaigns keeps messages of one kind together
 * @param mail the mail systems
 * @param effects tells mail systems
 * @param petitions asks for exceptions from the rules
 * @param later sees to votes that cover later messages, too
 * @param brake stops releasing by rule
 * @param senders remembers who sent how much
 * @param shadows remembers what rules in shadow would have done
 * @param check looks at what domains publish
 */
record Core(
    Store store,
    Sequencer sequencer,
    DnsJavaResolver nameServers,
    Directory directory,
    Tokens tokens,
    Desk desk,
    Doorkeeper clicks,
    Campaigning campaigns,
    MailWiring mail,
    Effects effects,
    Petitions petitions,
    LaterOnes later,
    Brake brake,
    SenderLedger senders,
    ShadowLedger shadows,
    DomainCheck check) {
  private static final int CONNECTIONS = 16;

  /**
   * What was asked for.
   *
   * @param settings checked
   * @param policy checked against the people; replaced when its file changes
   * @param mode a service, or a look at Postern
   * @param clock the time
   */
  record Plan(
      Settings settings, AtomicReference<Policy> policy, Settings.Mode mode, InstantSource clock) {}

  /**
   * Who is told.
   *
   * @param story of every log entry, once it is durable
   * @param witness of every checkpoint of the log
   */
  record Listening(Story story, Witness witness) {}

  static Core of(
      Plan plan, NextHop nextHop, Function<String, Accounts> accounts, Listening listening) {
    Settings settings = plan.settings();
    InstantSource clock = plan.clock();
    KeyRing keys = new KeyRing(settings.data());
    Directory directory =
        new ConfiguredPeople(
            settings.reachable(),
            accounts,
            settings.slack().map(Settings.SlackAccess::byEmail).orElse(ByEmail.NOTHING));
    Tokens tokens = new Tokens(keys.tokens());
    Store store = Store.open(settings.store().opened(CONNECTIONS), listening.story(), clock);
    Rules policy = new Throttle(plan.policy()::get, store.allowance(), clock);
    SecureRandom random = new SecureRandom();
    Panel panel = new Panel(directory, policy, places(settings), random);
    DnsJavaResolver network = nameServers(settings.dns());
    Dns dns = dns(plan.mode(), network);
    Examiner examiner =
        new Examiner(dns, settings.dns().timeout(), settings.home())
            .with(new Signals(settings.home(), store.acquaintance()));
    SenderLedger ledger = store.senders(settings.retention().senders());
    ShadowLedger shadows = store.shadows(plan.policy()::get);
    Desk desk =
        new Desk(store.records(), examiner, policy, panel, tokens, clock)
            .with(new Senders(keys.senders(), ledger), shadows);
    Doorkeeper clicks = new Doorkeeper(store.records(), desk, clock, random);
    Campaigning campaigns = new Campaigning(store.records(), panel, clock);
    MailWiring mail = MailWiring.of(settings, store, nextHop, clock);
    Effects effects = new Effects(store.records(), mail.systems()::of, panel, clock, random);
    boolean alone = plan.mode() == Settings.Mode.TRY;
    Petitions petitions = new Petitions(store.records(), policy, panel, desk, alone, clock);
    LaterOnes later = new LaterOnes(store.records(), panel, petitions, clock);
    Sequencer sequencer = store.sequencer(keys.log(), listening.witness(), clock);
    Brake brake = new Brake(store.records(), policy, directory, clock);
    DomainCheck check = new DomainCheck(dns, settings.dns().timeout());
    return new Core(
        store, sequencer, network, directory, tokens, desk, clicks, campaigns, mail, effects,
        petitions, later, brake, ledger, shadows, check);
  }

  private static List<CardPlace> places(Settings settings) {
    List<CardPlace> places = new ArrayList<>(List.of(CardPlace.WEB));
    settings.slack().ifPresent(s -> places.add(new CardPlace("slack", s.defaultChannel())));
    settings.teams().ifPresent(t -> places.add(new CardPlace("teams", t.defaultChannel())));
    return places;
  }

  private static Dns dns(Settings.Mode mode, Dns network) {
    return switch (mode) {
      case SERVE -> network;
      case TRY -> new ZoneFirstDns(ZoneDns.read(new ByteArrayInputStream(Samples.zone())), network);
    };
  }

  /** The name servers that the settings name; those of the system where they name none. */
  static DnsJavaResolver nameServers(Settings.Resolvers settings) {
    return new DnsJavaResolver(
        settings.servers().stream()
            .map(server -> new InetSocketAddress(server.host(), server.port()))
            .toList());
  }
}
