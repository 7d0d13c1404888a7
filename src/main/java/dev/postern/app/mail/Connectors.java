package dev.postern.app.mail;

import dev.postern.app.settings.MailSettings;
import dev.postern.approval.GatewayReports;
import dev.postern.quarantine.RemoteQuarantine;
import dev.postern.quarantine.amavis.AmavisCheck;
import dev.postern.quarantine.amavis.AmavisHoldings;
import dev.postern.quarantine.amavis.AmavisParts;
import dev.postern.quarantine.amavis.AmavisQuarantine;
import dev.postern.quarantine.amavis.AmavisSettings;
import dev.postern.quarantine.exim.EximCheck;
import dev.postern.quarantine.exim.EximHoldings;
import dev.postern.quarantine.exim.EximParts;
import dev.postern.quarantine.exim.EximQuarantine;
import dev.postern.quarantine.exim.EximSettings;
import dev.postern.quarantine.google.GoogleCheck;
import dev.postern.quarantine.google.GoogleHoldings;
import dev.postern.quarantine.google.GoogleParts;
import dev.postern.quarantine.google.GoogleQuarantine;
import dev.postern.quarantine.google.GoogleSettings;
import dev.postern.quarantine.m365.M365Check;
import dev.postern.quarantine.m365.M365Holdings;
import dev.postern.quarantine.m365.M365Parts;
import dev.postern.quarantine.m365.M365Quarantine;
import dev.postern.quarantine.m365.M365Settings;
import dev.postern.quarantine.mailbox.MailboxHoldings;
import dev.postern.quarantine.mailbox.MailboxParts;
import dev.postern.quarantine.mailbox.MailboxQuarantine;
import dev.postern.quarantine.mailbox.MailboxSettings;
import dev.postern.quarantine.mailcow.MailcowCheck;
import dev.postern.quarantine.mailcow.MailcowHoldings;
import dev.postern.quarantine.mailcow.MailcowSettings;
import dev.postern.quarantine.mailcow.MailcowStore;
import dev.postern.quarantine.postfix.PostfixCheck;
import dev.postern.quarantine.postfix.PostfixHoldings;
import dev.postern.quarantine.postfix.PostfixParts;
import dev.postern.quarantine.postfix.PostfixQuarantine;
import dev.postern.quarantine.postfix.PostfixSettings;
import dev.postern.quarantine.proxmox.ProxmoxCheck;
import dev.postern.quarantine.proxmox.ProxmoxHoldings;
import dev.postern.quarantine.proxmox.ProxmoxSettings;
import dev.postern.quarantine.proxmox.ProxmoxStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every mail system that the settings name. */
public final class Connectors {
  /** How long a quarantine that is asked over HTTP may take to take a message off its list. */
  private static final Duration UNTIL_IT_LEFT = Duration.ofSeconds(10);

  private Connectors() {}

  /** All of them, for looking them over: what they find in mail is not kept. */
  public static List<Connector> of(MailSettings mail, InstantSource clock) {
    return of(mail, (_, _, _) -> {}, clock);
  }

  /**
   * All of them, the retired ones last; none is reached yet.
   *
   * @param reports keeps what they find in mail by their own rules
   */
  public static List<Connector> of(MailSettings mail, GatewayReports reports, InstantSource clock) {
    Stream<Connector> retired = mail.retired().stream().sorted().map(Retired::connector);
    return Stream.concat(followed(mail, reports, clock), retired).toList();
  }

  private static Stream<Connector> followed(
      MailSettings mail, GatewayReports reports, InstantSource clock) {
    return Stream.of(
            mail.postfix().map(it -> postfix(it, clock)),
            mail.exim().map(it -> exim(it, clock)),
            mail.amavis().map(it -> amavis(it, clock)),
            mail.mailbox().map(Connectors::mailbox),
            mail.proxmox().map(it -> proxmox(it, reports, clock)),
            mail.mailcow().map(it -> mailcow(it, reports, clock)),
            mail.m365().map(it -> m365(it, clock)),
            mail.google().map(it -> google(it, clock)))
        .flatMap(Optional::stream);
  }

  private static Connector postfix(PostfixSettings settings, InstantSource clock) {
    PostfixParts parts = new PostfixParts(settings);
    return new Connector(
        "postfix",
        new PostfixHoldings(parts),
        new PostfixQuarantine(parts, clock),
        () -> new PostfixCheck(parts).look());
  }

  private static Connector exim(EximSettings settings, InstantSource clock) {
    EximParts parts = new EximParts(settings);
    return new Connector(
        "exim",
        new EximHoldings(parts),
        new EximQuarantine(parts, clock),
        () -> new EximCheck(parts).look());
  }

  private static Connector amavis(AmavisSettings settings, InstantSource clock) {
    AmavisParts parts = new AmavisParts(settings, clock);
    return new Connector(
        "amavis",
        new AmavisHoldings(parts),
        new AmavisQuarantine(parts),
        () -> new AmavisCheck(parts).look());
  }

  private static Connector mailbox(MailboxSettings settings) {
    MailboxParts parts = new MailboxParts(settings);
    return new Connector(
        "mailbox", new MailboxHoldings(parts), new MailboxQuarantine(parts), parts::look);
  }

  private static Connector proxmox(
      ProxmoxSettings settings, GatewayReports reports, InstantSource clock) {
    ProxmoxStore store = new ProxmoxStore(settings);
    return new Connector(
        "proxmox",
        new ProxmoxHoldings(store, reports, clock),
        new RemoteQuarantine(store, UNTIL_IT_LEFT),
        () -> new ProxmoxCheck(store, clock).look());
  }

  private static Connector mailcow(
      MailcowSettings settings, GatewayReports reports, InstantSource clock) {
    MailcowStore store = new MailcowStore(settings);
    return new Connector(
        "mailcow",
        new MailcowHoldings(store, reports, clock),
        new RemoteQuarantine(store, UNTIL_IT_LEFT),
        () -> new MailcowCheck(store).look());
  }

  private static Connector m365(M365Settings settings, InstantSource clock) {
    M365Parts parts = new M365Parts(settings, clock);
    return new Connector(
        "m365",
        new M365Holdings(parts),
        new M365Quarantine(parts),
        () -> new M365Check(parts).look());
  }

  private static Connector google(GoogleSettings settings, InstantSource clock) {
    GoogleParts parts = new GoogleParts(settings, clock);
    return new Connector(
        "google",
        new GoogleHoldings(parts),
        new GoogleQuarantine(parts),
        () -> new GoogleCheck(parts).look());
  }
}
