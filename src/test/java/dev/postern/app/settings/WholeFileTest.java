package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings.Audit;
import dev.postern.app.settings.Settings.Http;
import dev.postern.app.settings.Settings.Log;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.app.settings.Settings.Resolvers;
import dev.postern.app.settings.Settings.SlackAccess;
import dev.postern.app.settings.Settings.Smtp;
import dev.postern.app.settings.Settings.StoreAccess;
import dev.postern.card.pace.Pacing;
import dev.postern.evidence.Home;
import dev.postern.intake.milter.MilterSettings;
import dev.postern.intake.mtahooks.MtaHooksSettings;
import dev.postern.intake.rspamd.RspamdSettings;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Network;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.Link;
import dev.postern.quarantine.Link.Login;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.amavis.AmavisSettings;
import dev.postern.quarantine.exim.EximSettings;
import dev.postern.quarantine.mailcow.MailcowSettings;
import dev.postern.quarantine.postfix.PostfixSettings;
import dev.postern.quarantine.proxmox.ProxmoxSettings;
import dev.postern.quarantine.rspamd.TeacherSettings;
import dev.postern.store.Retention;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.wire.Credential;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file with every setting in it. */
class WholeFileTest {
  private static final String FINGERPRINT = "AB:".repeat(31) + "AB";
  private static final String TOKEN = "a-token-of-at-least-24-characters";
  private static final String OTHER_TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  @TempDir private Path folder;

  @Test
  void everySettingCanStandInTheFile() throws SettingsProblem {
    Settings settings =
        new AHome(folder)
            .file("policy.yaml", "", "rw-r--r--")
            .conf(
                """
                data = /var/lib/postern
                http { host = "0.0.0.0", port = 0, public-url = "https://postern.example/p" }
                mail.smtp {
                  listen = "[::1]:0", next-hop = mail.firm.example, max-size = 25MiB
                  trusted-relays = [192.0.2.0/24, "2001:db8::/32"], hostname = mx.firm.example
                  protocol = lmtp, tls = required, ca-file = ca.pem
                  user = postern, password = "a word that opens"
                }
                mail.lmtp.listen = "127.0.0.1:2424"
                mail.milter {
                  listen = 10.0.0.5, peers = 10.0.0.0/24, keep-in = store, on-trouble = accept
                  judge-authenticated = on, own-networks = 10.1.0.0/16, results = off
                  authserv-id = in.firm.example, timeout = 9s, max-connections = 30
                }
                mail.postfix {
                  name = mx1, helper = "doas -n  /opt/helper", programs = /opt/postfix
                  config = etc/mx1, reinject = "127.0.0.1:10027", log = /var/log/mail.log
                }
                mail.exim { name = mx2, helper = "doas -n  /opt/exim-helper", log = mainlog }
                mail.amavis {
                  name = av, release = /run/amavis/sock, quarantine = /var/quarantine
                  kinds = [banned, virus]
                }
                mail.proxmox {
                  name = pmg, url = "https://pmg.firm.example:8006/", user = "eva@pam"
                  password = "not-so-secret", kinds = "virus, spam", window = 7d
                  fingerprint = "%s", timeout = 5s
                }
                mail.mta-hooks {
                  secret = %s, user = stalwart, on-trouble = accept, judge-authenticated = on
                  own-networks = "10.1.0.0/16", release-port = 10026, timeout = 9s
                  authserv-id = in.firm.example
                }
                mail.retired = [old-mx, older]
                mail.canary { to = "me@firm.example", through = "127.0.0.1:25" }
                mail.mailcow {
                  name = cow, url = "http://127.0.0.1:8081", api-key = "11AA22-33BB44-55CC66"
                  ca-file = cow.pem
                }
                dns { servers = ["192.0.2.53", "127.0.0.1:5353", "2001:db8::53"], timeout = 500ms }
                policy.file = policy.yaml
                people.kim {
                  name = "Kim Lee", email = "kim@firm.example", slack = T01AB/U012AB3CD
                  groups = [admins, finance], token = %s
                }
                intake.secrets.gateway = %s
                slack {
                  bot-token = xoxb-1, signing-secret = %s, app-token = xapp-1
                  api-url = "http://127.0.0.1:9/api", channels.default = C0MAILOPS1
                  link-by-email = on, ask-by-email = off
                  message-text = off
                  pace = 1/3
                }
                teams {
                  app-id = 8C3E0D4B-1f7a-4f0e-9d53-2b6a7c9e1f20, app-secret = "s3cr3t~value"
                  tenant-id = [0d1c2b3a-4958-4766-8574-839201a0b1c2, %s]
                  login-url = "http://127.0.0.1:9", metadata-url = "http://127.0.0.1:9/openid"
                  service-urls = ["https://smba.infra.gcc.teams.microsoft.com/", "http://[::1]:9/x"]
                  channels.default = "19:mail-ops@thread.tacv2"
                }
                mail.rspamd {
                  password = %s, user = mx, queue = edge-1, actions = [quarantine, add header]
                  learn = ham-and-spam, controller = "http://127.0.0.1:11335"
                  controller-password = teach-me
                }
                store { url = "jdbc:postgresql://db/postern", user = p, password = q, sync = off }
                evidence {
                  own-domains = [firm.example, f\u00edrm.example], frequent-domains = bank.example
                  colleagues = ["Kim Lee", Bo Ek], authserv-ids = MX.firm.example
                  trusted-sealers = google.com
                }
                retention { messages = 7d, cases = 800d, clicks = 1d }
                audit { checkpoint-copy = kept.txt, witness-url = "https://w.example/log" }
                log { format = JSON, level = debug }
                """
                    .formatted(FINGERPRINT, SECRET, TOKEN, SECRET, SECRET, OTHER_TENANT, SECRET))
            .forServe();

    assertThat(settings)
        .isEqualTo(
            new Settings(
                Path.of("/var/lib/postern"),
                new Http("0.0.0.0", 0, Optional.of(URI.create("https://postern.example/p"))),
                new Smtp(
                    new HostPort("::1", 0),
                    Optional.of(new HostPort("mail.firm.example", 25)),
                    25L << 20,
                    List.of("192.0.2.0/24", "2001:db8::/32"),
                    "mx.firm.example",
                    new SmtpLinks(
                        new Link(
                            Protocol.LMTP,
                            Tls.REQUIRED,
                            Optional.of(folder.resolve("ca.pem")),
                            Optional.of(new Login("postern", "a word that opens"))),
                        Optional.of(new HostPort("127.0.0.1", 2424)),
                        Optional.empty())),
                new MailSettings(
                    Optional.of(
                        new MilterSettings(
                            new InetSocketAddress("10.0.0.5", 8893),
                            Set.of(Network.parse("10.0.0.0/24").orElseThrow()),
                            new MilterSettings.Keeping.InStore(),
                            MilterSettings.OnTrouble.ACCEPT,
                            new MilterSettings.Scope(
                                true, Set.of(Network.parse("10.1.0.0/16").orElseThrow())),
                            new MilterSettings.Results(false, Optional.of("in.firm.example")),
                            new MilterSettings.Limits(25 << 20, 1000, 30),
                            MilterSettings.Timing.answering(Duration.ofSeconds(9)))),
                    Optional.of(
                        new PostfixSettings(
                            "mx1",
                            List.of("doas", "-n", "/opt/helper"),
                            Path.of("/opt/postfix"),
                            Optional.of(folder.resolve("etc/mx1")),
                            Optional.of(
                                new NextHopSettings(
                                    "127.0.0.1",
                                    10027,
                                    "mx.firm.example",
                                    "",
                                    NextHopSettings.Timing.usual())),
                            Optional.of(Path.of("/var/log/mail.log")),
                            25 << 20)),
                    Optional.of(
                        new EximSettings(
                            "mx2",
                            List.of("doas", "-n", "/opt/exim-helper"),
                            Optional.of(folder.resolve("mainlog")),
                            25 << 20)),
                    Optional.of(
                        new AmavisSettings(
                            "av",
                            "/run/amavis/sock",
                            Path.of("/var/quarantine"),
                            List.of("banned", "virus"),
                            25 << 20)),
                    Optional.empty(),
                    Optional.of(
                        new RspamdSettings(
                            "mx",
                            SECRET,
                            "edge-1",
                            RspamdSettings.Keeper.MAIL_SYSTEM,
                            Set.of("quarantine", "add header"),
                            25 << 20,
                            200L << 20)),
                    Optional.of(
                        new TeacherSettings(URI.create("http://127.0.0.1:11335"), "teach-me")),
                    Optional.of(
                        new ProxmoxSettings(
                            "pmg",
                            URI.create("https://pmg.firm.example:8006"),
                            "eva@pam",
                            "not-so-secret",
                            List.of("virus", "spam"),
                            Duration.ofDays(7),
                            new HttpTrust.Fingerprint("ab".repeat(32)),
                            Duration.ofSeconds(5),
                            25 << 20)),
                    Optional.of(
                        new MailcowSettings(
                            "cow",
                            URI.create("http://127.0.0.1:8081"),
                            "11AA22-33BB44-55CC66",
                            new HttpTrust.Authorities(folder.resolve("cow.pem")),
                            Duration.ofMinutes(1),
                            50 << 20)),
                    Optional.of(
                        new MtaHooksSettings(
                            "stalwart",
                            SECRET,
                            MtaHooksSettings.OnTrouble.ACCEPT,
                            new MtaHooksSettings.Scope(
                                true,
                                Set.of(Network.parse("10.1.0.0/16").orElseThrow()),
                                Optional.of(10026)),
                            Optional.of("in.firm.example"),
                            new MtaHooksSettings.Limits(25 << 20, 1000, 400L << 20),
                            Duration.ofSeconds(9))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(
                        new CanaryPlan(
                            EmailAddress.parse("me@firm.example").orElseThrow(),
                            new HostPort("127.0.0.1", 25))),
                    Set.of("old-mx", "older")),
                new Resolvers(
                    List.of(
                        new HostPort("192.0.2.53", 53),
                        new HostPort("127.0.0.1", 5353),
                        new HostPort("2001:db8::53", 53)),
                    Duration.ofMillis(500)),
                new Home(
                    Set.of("mx.firm.example"),
                    Set.of(new DomainName("google.com")),
                    Set.of(new DomainName("firm.example"), new DomainName("xn--frm-rma.example")),
                    Set.of(new DomainName("bank.example")),
                    List.of("Kim Lee", "Bo Ek")),
                Optional.of(folder.resolve("policy.yaml")),
                List.of(
                    new PersonEntry(
                        "kim",
                        "Kim Lee",
                        EmailAddress.parse("kim@firm.example"),
                        "T01AB",
                        Optional.of("U012AB3CD"),
                        Set.of("admins", "finance"),
                        Optional.of(new Secret(TOKEN)))),
                java.util.Map.of("gateway", new Secret(SECRET)),
                Optional.of(
                    new SlackAccess(
                        new Secret("xoxb-1"),
                        Optional.of(new Secret(SECRET)),
                        Optional.of(new Secret("xapp-1")),
                        "http://127.0.0.1:9/api/",
                        "C0MAILOPS1",
                        new ByEmail(true, false),
                        Optional.empty(),
                        false,
                        new Pacing(3))),
                Optional.of(
                    new TeamsSettings(
                        new TeamsSettings.App(
                            "8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20",
                            Optional.of(new Credential.Secret("s3cr3t~value")),
                            List.of("0d1c2b3a-4958-4766-8574-839201a0b1c2", OTHER_TENANT)),
                        new TeamsSettings.Outside(
                            URI.create("http://127.0.0.1:9/"),
                            URI.create("http://127.0.0.1:9/openid"),
                            List.of(
                                URI.create("https://smba.infra.gcc.teams.microsoft.com/"),
                                URI.create("http://[::1]:9/x")),
                            List.of()),
                        "19:mail-ops@thread.tacv2")),
                new StoreAccess(
                    "jdbc:postgresql://db/postern", "p", Optional.of(new Secret("q")), false),
                new Retention.Terms(Duration.ofDays(7), Duration.ofDays(800), Duration.ofDays(1)),
                new Audit(
                    Optional.of(folder.resolve("kept.txt")),
                    Optional.of(URI.create("https://w.example/log"))),
                new Log(true, "debug")));
  }
}
