package dev.postern.app.settings;

import dev.postern.card.DigestPlan;
import dev.postern.card.pace.Pacing;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.teams.TeamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting there is. Parsing, defaults, complaints and docs/settings.md come from here. */
final class Keys {
  private static final String TOKEN_FORM = "at least 24 characters without spaces";

  static final Key<Path> DATA =
      key("data", Form.PATH, "data", "Folder for everything Postern keeps.");
  static final Key<String> HTTP_HOST =
      key("http.host", Form.HOST, "127.0.0.1", "Address that web console and API listen on.");
  static final Key<Integer> HTTP_PORT =
      key("http.port", Form.PORT, "8080", "Port of web console and API.");
  static final Key<URI> HTTP_PUBLIC_URL =
      key("http.public-url", Form.WEB_ADDRESS, "", "Where people reach the console; for links.");
  static final Key<HostPort> SMTP_LISTEN =
      key(
          "mail.smtp.listen",
          Form.address("127.0.0.1:2525", Optional.empty()),
          "127.0.0.1:2525",
          "Where the SMTP entrance listens.");
  static final Key<HostPort> SMTP_NEXT_HOP =
      key(
          "mail.smtp.next-hop",
          Form.address("mail.firm.example:25", Optional.of(25)),
          "",
          "Mail server that passed and released mail goes to; try has one built in.");
  static final Key<Long> SMTP_MAX_SIZE =
      key("mail.smtp.max-size", Form.SIZE_FORM, "50MiB", "Largest message, announced as SIZE.");
  static final Key<List<String>> SMTP_TRUSTED_RELAYS =
      key(
          "mail.smtp.trusted-relays",
          Form.NETWORKS,
          "127.0.0.0/8, ::1",
          "Mail servers that may say whom they took a message from (XFORWARD).");
  static final Key<String> SMTP_HOSTNAME =
      key("mail.smtp.hostname", Form.HOST, "localhost", "Name in the greeting and in EHLO.");
  static final Key<List<HostPort>> DNS_SERVERS =
      key("dns.servers", Form.SERVERS, "", "Resolvers to ask; without, those of the system.");
  // RFC 7208 §4.6.4 lets SPF take 20 s; an SMTP client waits far longer for the reply to DATA.
  static final Key<Duration> DNS_TIMEOUT =
      key("dns.timeout", Form.DURATION_FORM, "20s", "How long DNS may take for one message.");
  static final Key<List<DomainName>> OWN_DOMAINS =
      key(
          "evidence.own-domains",
          Form.DOMAINS,
          "",
          "Your mail domains; what imitates them is told as a signal.");
  static final Key<List<DomainName>> FREQUENT_DOMAINS =
      key(
          "evidence.frequent-domains",
          Form.DOMAINS,
          "",
          "Domains that often write to you, such as banks and suppliers; imitations are told.");
  static final Key<List<String>> COLLEAGUES =
      key(
          "evidence.colleagues",
          Form.PEOPLE,
          "",
          "Names that outsiders might use, such as those of executives.");
  static final Key<List<String>> AUTHSERV_IDS =
      key(
          "evidence.authserv-ids",
          Form.AUTHSERV_IDS,
          "",
          "Names of your gateways in Authentication-Results; only their results are read.");
  static final Key<List<DomainName>> TRUSTED_SEALERS =
      key(
          "evidence.trusted-sealers",
          Form.DOMAINS,
          "",
          "Domains of forwarders whose ARC seals are trusted, with all names below them.");
  static final Key<Path> POLICY_FILE =
      key("policy.file", Form.PATH, "", "The policy; without, the built-in one (docs/policy.md).");

  static final Key<String> PERSON_NAME =
      key("people.*.name", Form.TEXT, "", "How cards and the log show the person.");
  static final Key<EmailAddress> PERSON_EMAIL =
      key("people.*.email", Form.EMAIL, "", "Address by which own mail is recognised.");
  static final Key<String> PERSON_SLACK =
      key(
          "people.*.slack",
          Form.matching(
              "a Slack member id such as U012AB3CD, or team and member such as T01AB/U012AB3CD",
              "(T[A-Z0-9]{2,20}/)?[UW][A-Z0-9]{2,20}"),
          "",
          "The person's account in Slack.");
  static final Key<String> PERSON_TEAMS =
      key(
          "people.*.teams",
          Form.matching(
              "an object id such as 0a1b2c3d-1234-4abc-8def-0123456789ab: Entra shows it under"
                  + " Users; of another tenant than the app's own TENANT/OBJECT-ID",
              "(" + TeamsSettings.GUID + "/)?" + TeamsSettings.GUID),
          "",
          "The person's account in Teams, by its object id in Entra.");
  static final Key<List<String>> PERSON_GROUPS =
      key("people.*.groups", Form.NAMES, "", "Groups that chains can name as group:NAME.");
  static final Key<String> PERSON_TOKEN =
      secret(
          "people.*.token",
          Form.matching(TOKEN_FORM, "[\\x21-\\x7e]{24,400}"),
          "Token for API, command line and sign-in.");

  static final Key<String> INTAKE_SECRET =
      secret(
          "intake.secrets.*",
          Form.matching("at least 32 characters", "[^\\p{Cntrl}]{32,400}"),
          "Secret with which that source signs POST /v1/holds.");

  static final Key<String> SLACK_BOT_TOKEN =
      secret(
          "slack.bot-token",
          Form.matching(
              "a token that begins with xoxb-: copy \"Bot User OAuth Token\" from"
                  + " \"OAuth & Permissions\"",
              "xoxb-[\\x21-\\x7e]{1,400}"),
          "Switches Slack on.");
  static final Key<String> SLACK_SIGNING_SECRET =
      secret(
          "slack.signing-secret",
          Form.matching(
              "32 characters: copy it from \"Basic Information\" → \"App Credentials\"",
              "[\\x21-\\x7e]{32}"),
          "Proves that a request is Slack's; not needed with app-token.");
  static final Key<String> SLACK_APP_TOKEN =
      secret(
          "slack.app-token",
          Form.matching(
              "a token that begins with xapp-: make one under \"Basic Information\" →"
                  + " \"App-Level Tokens\" with the scope connections:write",
              "xapp-[\\x21-\\x7e]{1,400}"),
          "Uses Socket Mode: no public address is needed.");
  static final Key<URI> SLACK_API_URL =
      key(
          "slack.api-url",
          Form.WEB_ADDRESS,
          "https://slack.com/api/",
          "Where Slack answers; https, or an emulator on this machine.");
  static final Key<String> SLACK_DEFAULT_CHANNEL =
      key(
          "slack.channels.default",
          Form.matching(
              "a channel's id such as C0MAILOPS1, not its name: open the channel's details in"
                  + " Slack and copy the id from the end of the page",
              "[CG][A-Z0-9]{6,20}"),
          "",
          "Channel that cards go to.");

  static final Key<DigestPlan> SLACK_DIGEST =
      key(
          "slack.digest",
          Form.digest("C0MAILOPS1", "[CG][A-Z0-9]{6,20}"),
          "",
          "Where and when to tell each day what became of mail (docs/slack.md).");

  static final Key<String> SLACK_LINK_BY_EMAIL =
      key(
          "slack.link-by-email",
          Form.oneOf("on", "off"),
          "off",
          "on links Slack accounts that no person names to the person whose people.*.email the"
              + " workspace verified (docs/slack.md).");

  static final Key<String> SLACK_ASK_BY_EMAIL =
      key(
          "slack.ask-by-email",
          Form.oneOf("on", "off"),
          "on",
          "off offers only recipients as witnesses whose people.* names a Slack account, and looks"
              + " up nobody's address (docs/slack.md).");

  static final Key<String> SLACK_MESSAGE_TEXT =
      key(
          "slack.message-text",
          Form.oneOf("on", "off"),
          "on",
          "off keeps headers, link targets and text of the message out of the private evidence view"
              + " (docs/slack.md).");

  static final Key<Pacing> SLACK_PACE =
      key(
          "slack.pace",
          Form.PACING,
          "on",
          "on keeps calls below the rates that Slack publishes, so that it refuses none; off for an"
              + " emulator (docs/slack.md).");

  static final Key<String> STORE_URL =
      key(
          "store.url",
          Form.matching(
              "jdbc:postgresql://HOST/DATABASE or jdbc:h2:file:PATH",
              "jdbc:(postgresql|h2):[^\\p{Cntrl}]{1,1000}"),
          "",
          "The database; without, H2 in the data folder. H2 serves one process only.");
  static final Key<String> STORE_USER = key("store.user", Form.TEXT, "", "User of the database.");
  static final Key<String> STORE_PASSWORD =
      secret("store.password", Form.TEXT, "Password of the database.");
  static final Key<String> STORE_SYNC =
      key(
          "store.sync",
          Form.oneOf("on", "off"),
          "on",
          "off lets H2 skip forcing commits to the disk: faster, and power loss can lose mail.");
  static final Key<Duration> RETENTION_MESSAGES =
      key(
          "retention.messages",
          Form.DAYS,
          "30d",
          "How long the octets of a message stay after its case has ended.");
  static final Key<Duration> RETENTION_CASES =
      key(
          "retention.cases",
          Form.DAYS,
          "400d",
          "How long a case stays after it has ended; the tamper-evident log stays for good.");
  static final Key<Duration> RETENTION_CLICKS =
      key(
          "retention.clicks",
          Form.DAYS,
          "30d",
          "How long an answered click stays, so that it is known when it comes again.");
  static final Key<Duration> RETENTION_SENDERS =
      key(
          "retention.senders",
          Form.DAYS,
          "90d",
          "For how long rules know how much mail came from a sender.");
  static final Key<Path> AUDIT_COPY =
      key(
          "audit.checkpoint-copy",
          Form.PATH,
          "",
          "File that each new checkpoint of the tamper-evident log is appended to.");
  static final Key<URI> AUDIT_WITNESS =
      key(
          "audit.witness-url",
          Form.WEB_ADDRESS,
          "",
          "Where each new checkpoint is posted to, as text.");
  static final Key<String> LOG_FORMAT =
      key("log.format", Form.oneOf("text", "json"), "text", "One line of text or JSON per event.");
  static final Key<String> LOG_LEVEL =
      key(
          "log.level",
          Form.oneOf("error", "warn", "info", "debug", "trace"),
          "info",
          "The least that is told.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      Stream.of(
              List.<Key<?>>of(
                  DATA,
                  HTTP_HOST,
                  HTTP_PORT,
                  HTTP_PUBLIC_URL,
                  SMTP_LISTEN,
                  SMTP_NEXT_HOP,
                  SMTP_MAX_SIZE,
                  SMTP_TRUSTED_RELAYS,
                  SMTP_HOSTNAME),
              SmtpKeys.ALL,
              MailKeys.ALL,
              List.<Key<?>>of(
                  DNS_SERVERS,
                  DNS_TIMEOUT,
                  OWN_DOMAINS,
                  FREQUENT_DOMAINS,
                  COLLEAGUES,
                  AUTHSERV_IDS,
                  TRUSTED_SEALERS,
                  POLICY_FILE,
                  PERSON_NAME,
                  PERSON_EMAIL,
                  PERSON_SLACK,
                  PERSON_TEAMS,
                  PERSON_GROUPS,
                  PERSON_TOKEN,
                  INTAKE_SECRET,
                  SLACK_BOT_TOKEN,
                  SLACK_SIGNING_SECRET,
                  SLACK_APP_TOKEN,
                  SLACK_API_URL,
                  SLACK_DEFAULT_CHANNEL,
                  SLACK_DIGEST,
                  SLACK_LINK_BY_EMAIL,
                  SLACK_ASK_BY_EMAIL,
                  SLACK_MESSAGE_TEXT,
                  SLACK_PACE),
              TeamsKeys.ALL,
              List.<Key<?>>of(
                  STORE_URL,
                  STORE_USER,
                  STORE_PASSWORD,
                  STORE_SYNC,
                  RETENTION_MESSAGES,
                  RETENTION_CASES,
                  RETENTION_CLICKS,
                  RETENTION_SENDERS,
                  AUDIT_COPY,
                  AUDIT_WITNESS,
                  LOG_FORMAT,
                  LOG_LEVEL))
          .flatMap(List::stream)
          .toList();

  /** All of them, with the {@code …-file} of each secret before the secret itself. */
  static final List<Key<?>> WITH_FILES =
      ALL.stream().<Key<?>>flatMap(key -> Stream.concat(fileKey(key), Stream.of(key))).toList();

  private Keys() {}

  /** One line of Markdown per setting, for the documentation. */
  static String table() {
    StringBuilder table =
        new StringBuilder("| setting | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (Key<?> key : ALL) {
      String name = "`" + key.name() + "`" + (key.secret() ? " (secret)" : "");
      String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
      table.append(
          "| %s | %s | %s | %s |\n"
              .formatted(name, key.form().expected(), fallback, key.meaning()));
    }
    return table.toString();
  }

  private static Stream<Key<?>> fileKey(Key<?> key) {
    return key.fileKey().stream().map(file -> file);
  }

  private static <T> Key<T> key(String name, Form<T> form, String fallback, String meaning) {
    return new Key<>(name, form, false, fallback, meaning);
  }

  private static Key<String> secret(String name, Form<String> form, String meaning) {
    return new Key<>(name, form, true, "", meaning);
  }
}
