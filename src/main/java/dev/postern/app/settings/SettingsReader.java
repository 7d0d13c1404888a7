package dev.postern.app.settings;

import dev.postern.app.settings.Settings.Audit;
import dev.postern.app.settings.Settings.Http;
import dev.postern.app.settings.Settings.Log;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.app.settings.Settings.Resolvers;
import dev.postern.app.settings.Settings.SlackAccess;
import dev.postern.app.settings.Settings.Smtp;
import dev.postern.app.settings.Settings.StoreAccess;
import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.evidence.Home;
import dev.postern.mail.DomainName;
import dev.postern.store.Retention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads all settings and finds everything that is wrong with them in one go. */
public final class SettingsReader {
  /** Who signs in and decides under {@code try}, unless {@code people.operator} says otherwise. */
  public static final PersonEntry OPERATOR =
      new PersonEntry(
          "operator",
          "Operator",
          Optional.empty(),
          "",
          Optional.empty(),
          Set.of("admins"),
          Optional.empty());

  private final Path folder;
  private final Values values;
  private final List<Fault> faults;

  private SettingsReader(Path folder, Values values, List<Fault> faults) {
    this.folder = folder;
    this.values = values;
    this.faults = faults;
  }

  /**
   * Reads the settings.
   *
   * @throws SettingsProblem with everything that is wrong
   */
  public static Settings read(Places places, Mode mode) throws SettingsProblem {
    List<Fault> faults = new ArrayList<>();
    Values values = Values.collect(places, faults);
    Settings settings = new SettingsReader(places.workingFolder(), values, faults).settings(mode);
    new SettingsCheck(settings, values, faults).run(mode);
    if (!faults.isEmpty()) {
      throw new SettingsProblem(faults.stream().distinct().toList());
    }
    return settings;
  }

  /**
   * Reads only what it takes to examine one message, whatever is wrong with other settings.
   *
   * @throws SettingsProblem with everything that is wrong in {@code dns} and {@code evidence}, or
   *     when a file as a whole cannot be read
   */
  public static Settings.Examination examination(Places places) throws SettingsProblem {
    List<Fault> faults = new ArrayList<>();
    Values values = Values.collect(places, faults);
    SettingsReader reader = new SettingsReader(places.workingFolder(), values, faults);
    var needed = new Settings.Examination(reader.resolvers(), reader.home());
    refuse(faults, "dns", "evidence");
    return needed;
  }

  /**
   * Reads only what it takes to read the tamper-evident log, whatever is wrong with other settings.
   *
   * @throws SettingsProblem with everything that is wrong in {@code data} and {@code store}, or
   *     when a file as a whole cannot be read
   */
  public static Settings.Keeping keeping(Places places) throws SettingsProblem {
    List<Fault> faults = new ArrayList<>();
    Values values = Values.collect(places, faults);
    SettingsReader reader = new SettingsReader(places.workingFolder(), values, faults);
    Path data = reader.data();
    var needed = new Settings.Keeping(data, reader.store(data));
    refuse(faults, "store");
    return needed;
  }

  /** Complains about what is wrong in these sections. */
  private static void refuse(List<Fault> faults, String... sections) throws SettingsProblem {
    List<Fault> inTheWay =
        faults.stream().filter(it -> Stream.of(sections).anyMatch(it::isOf)).distinct().toList();
    if (!inTheWay.isEmpty()) {
      throw new SettingsProblem(inTheWay);
    }
  }

  private Path data() {
    return folder.resolve(fallback(Keys.DATA)).normalize();
  }

  private Settings settings(Mode mode) {
    Path data = data();
    Smtp smtp = smtp();
    return new Settings(
        data,
        new Http(
            fallback(Keys.HTTP_HOST), fallback(Keys.HTTP_PORT), values.get(Keys.HTTP_PUBLIC_URL)),
        smtp,
        new MailReader(values, faults, folder).read(smtp),
        resolvers(),
        home(),
        values.get(Keys.POLICY_FILE).map(folder::resolve),
        people(mode),
        intakeSecrets(),
        slack(),
        new TeamsReader(values, faults, folder).read(),
        store(data),
        new Retention.Terms(
            fallback(Keys.RETENTION_MESSAGES),
            fallback(Keys.RETENTION_CASES),
            fallback(Keys.RETENTION_CLICKS),
            fallback(Keys.RETENTION_SENDERS)),
        new Audit(values.get(Keys.AUDIT_COPY).map(folder::resolve), values.get(Keys.AUDIT_WITNESS)),
        new Log(fallback(Keys.LOG_FORMAT).equals("json"), fallback(Keys.LOG_LEVEL)));
  }

  private Smtp smtp() {
    return new Smtp(
        fallback(Keys.SMTP_LISTEN),
        values.get(Keys.SMTP_NEXT_HOP),
        fallback(Keys.SMTP_MAX_SIZE),
        fallback(Keys.SMTP_TRUSTED_RELAYS),
        fallback(Keys.SMTP_HOSTNAME),
        new SmtpReader(values, faults, folder).read());
  }

  private Resolvers resolvers() {
    return new Resolvers(
        values.get(Keys.DNS_SERVERS).orElse(List.of()), fallback(Keys.DNS_TIMEOUT));
  }

  private Home home() {
    return new Home(
        Set.copyOf(values.get(Keys.AUTHSERV_IDS).orElse(List.of())),
        domains(Keys.TRUSTED_SEALERS),
        domains(Keys.OWN_DOMAINS),
        domains(Keys.FREQUENT_DOMAINS),
        values.get(Keys.COLLEAGUES).orElse(List.of()));
  }

  private Set<DomainName> domains(Key<List<DomainName>> key) {
    return Set.copyOf(values.get(key).orElse(List.of()));
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }

  private List<PersonEntry> people(Mode mode) {
    List<Key<?>> keys =
        List.of(
            Keys.PERSON_NAME,
            Keys.PERSON_EMAIL,
            Keys.PERSON_SLACK,
            Keys.PERSON_TEAMS,
            Keys.PERSON_GROUPS,
            Keys.PERSON_TOKEN);
    List<PersonEntry> people = new ArrayList<>();
    values.chosen(keys).forEach(id -> people.add(person(id)));
    return mode == Mode.TRY ? withOperator(people) : people;
  }

  /** The one-time sign-in link of a trial is the operator's, so that there always is one. */
  private static List<PersonEntry> withOperator(List<PersonEntry> people) {
    List<PersonEntry> all = new ArrayList<>();
    people.stream().filter(p -> !p.id().equals(OPERATOR.id())).forEach(all::add);
    PersonEntry operator =
        people.stream()
            .filter(p -> p.id().equals(OPERATOR.id()))
            .findFirst()
            .map(SettingsReader::completed)
            .orElse(OPERATOR);
    all.addFirst(operator);
    return all;
  }

  private static PersonEntry completed(PersonEntry operator) {
    return new PersonEntry(
        operator.id(),
        operator.name().equals(operator.id()) ? OPERATOR.name() : operator.name(),
        operator.email(),
        operator.slackTeam(),
        operator.slackUser(),
        operator.teamsTenant(),
        operator.teamsUser(),
        operator.groups().isEmpty() ? OPERATOR.groups() : operator.groups(),
        operator.token());
  }

  private PersonEntry person(String id) {
    if (!id.matches("[a-z0-9][a-z0-9_-]{0,63}")) {
      String form = "people." + id + ": a person's id is lower-case letters, digits, - and _";
      faults.add(new Fault(values.whereBelow("people." + id + "."), form));
    }
    Optional<String> slack = values.get(Keys.PERSON_SLACK, id);
    Optional<String> teams =
        values.get(Keys.PERSON_TEAMS, id).map(it -> it.toLowerCase(Locale.ROOT));
    return new PersonEntry(
        id,
        values.get(Keys.PERSON_NAME, id).orElse(id),
        values.get(Keys.PERSON_EMAIL, id),
        slack.filter(s -> s.contains("/")).map(s -> s.replaceFirst("/.*", "")).orElse(""),
        slack.map(s -> s.replaceFirst(".*/", "")),
        teams.filter(it -> it.contains("/")).map(it -> it.replaceFirst("/.*", "")).orElse(""),
        teams.map(it -> it.replaceFirst(".*/", "")),
        Set.copyOf(values.get(Keys.PERSON_GROUPS, id).orElse(List.of())),
        values.secret(Keys.PERSON_TOKEN, id));
  }

  private Map<String, Secret> intakeSecrets() {
    Map<String, Secret> secrets = new LinkedHashMap<>();
    for (String source : values.chosen(List.of(Keys.INTAKE_SECRET))) {
      values.secret(Keys.INTAKE_SECRET, source).ifPresent(s -> secrets.put(source, s));
      if (!source.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
        String form = "intake.secrets." + source + ": a source is letters, digits, dots, - and _";
        faults.add(new Fault(values.whereBelow("intake.secrets." + source), form));
      }
    }
    return secrets;
  }

  private Optional<SlackAccess> slack() {
    Optional<Secret> signingSecret = values.secret(Keys.SLACK_SIGNING_SECRET, "");
    Optional<Secret> appToken = values.secret(Keys.SLACK_APP_TOKEN, "");
    String url = fallback(Keys.SLACK_API_URL).toString();
    String apiUrl = url.endsWith("/") ? url : url + "/";
    String channel = values.get(Keys.SLACK_DEFAULT_CHANNEL).orElse("");
    ByEmail byEmail =
        new ByEmail(
            fallback(Keys.SLACK_LINK_BY_EMAIL).equals("on"),
            fallback(Keys.SLACK_ASK_BY_EMAIL).equals("on"));
    boolean text = fallback(Keys.SLACK_MESSAGE_TEXT).equals("on");
    return values
        .secret(Keys.SLACK_BOT_TOKEN, "")
        .map(
            bot ->
                new SlackAccess(
                    bot,
                    signingSecret,
                    appToken,
                    apiUrl,
                    channel,
                    byEmail,
                    values.get(Keys.SLACK_DIGEST),
                    text,
                    fallback(Keys.SLACK_PACE)));
  }

  private StoreAccess store(Path data) {
    String embedded = "jdbc:h2:file:" + data.resolve("postern");
    return new StoreAccess(
        values.get(Keys.STORE_URL).orElse(embedded),
        values.get(Keys.STORE_USER).orElse(""),
        values.secret(Keys.STORE_PASSWORD, ""),
        fallback(Keys.STORE_SYNC).equals("on"));
  }
}
