package dev.postern.app.settings;

import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.teams.door.Emulators;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses settings that are each well formed and together unsafe or incomplete. */
final class SettingsCheck {
  private static final Pattern WRITE_DELAY =
      Pattern.compile(";write_delay=([^;]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PASSWORD =
      Pattern.compile("[;?&]password=|//[^/@?;]*:[^/@?;]*@", Pattern.CASE_INSENSITIVE);

  private final Settings settings;
  private final Values values;
  private final List<Fault> faults;

  SettingsCheck(Settings settings, Values values, List<Fault> faults) {
    this.settings = settings;
    this.values = values;
    this.faults = faults;
  }

  void run(Mode mode) {
    publicBind();
    if (mode == Mode.SERVE) {
      whatServeNeeds();
    }
    slack();
    emulators();
    store();
    policyFile();
    nobodyTwice();
  }

  private void publicBind() {
    boolean signIn = settings.people().stream().anyMatch(person -> person.token().isPresent());
    if (!HostPort.isLoopback(settings.http().host()) && !signIn) {
      refuse(
          Keys.HTTP_HOST,
          "http.host "
              + settings.http().host()
              + " can be reached by others and nobody has a token to sign in with: set"
              + " people.<id>.token-file, or http.host = 127.0.0.1");
    }
  }

  private void whatServeNeeds() {
    if (!values.has(Keys.SMTP_NEXT_HOP)) {
      refuse(
          Keys.SMTP_NEXT_HOP,
          "mail.smtp.next-hop is not set: released mail needs a mail server to go to, such as"
              + " mail.firm.example:25");
    }
    if (settings.people().isEmpty()) {
      refuse(
          Keys.PERSON_NAME,
          "people is empty: nobody could decide. Add people.<id>.groups = [admins] with an email,"
              + " slack or token");
    }
  }

  private void slack() {
    boolean bot = values.has(Keys.SLACK_BOT_TOKEN);
    boolean proof = values.has(Keys.SLACK_SIGNING_SECRET) || values.has(Keys.SLACK_APP_TOKEN);
    if (bot && !proof) {
      refuse(
          Keys.SLACK_BOT_TOKEN,
          "slack is half configured: slack.bot-token also needs slack.signing-secret (requests over"
              + " HTTP) or slack.app-token (Socket Mode)");
    }
    if (proof && !bot) {
      refuse(
          values.has(Keys.SLACK_APP_TOKEN) ? Keys.SLACK_APP_TOKEN : Keys.SLACK_SIGNING_SECRET,
          "slack is half configured: slack.bot-token is not set");
    }
    if (bot && !values.has(Keys.SLACK_DEFAULT_CHANNEL)) {
      refuse(
          Keys.SLACK_BOT_TOKEN,
          "slack is half configured: slack.channels.default must say where cards go");
    }
    settings.slack().map(access -> URI.create(access.apiUrl())).ifPresent(this::slackAddress);
  }

  /** Tokens go to this address, so it is encrypted, or it does not leave the machine. */
  private void slackAddress(URI api) {
    String host = String.valueOf(api.getHost()).replaceAll("[\\[\\]]", "");
    if (!"https".equals(api.getScheme()) && !HostPort.isLoopback(host)) {
      refuse(Keys.SLACK_API_URL, "slack.api-url must begin with https://");
    }
  }

  /** Whoever can reach an emulator's door can be anybody. */
  private void emulators() {
    Settings.Http http = settings.http();
    settings
        .teams()
        .ifPresent(
            teams -> {
              try {
                var _ =
                    new Emulators(teams.outside().emulatorIssuers(), http.host(), http.publicUrl());
              } catch (IllegalArgumentException open) {
                refuse(TeamsKeys.EMULATOR_ISSUERS, String.valueOf(open.getMessage()));
              }
            });
  }

  private void store() {
    String url = settings.store().url();
    Matcher delay = WRITE_DELAY.matcher(url);
    if (url.toLowerCase(Locale.ROOT).startsWith("jdbc:h2:") && delay.find()) {
      if (!delay.group(1).equals("0")) {
        refuse(
            Keys.STORE_URL,
            "store.url delays writes (WRITE_DELAY="
                + delay.group(1)
                + "): a crash would lose mail that was acknowledged. Leave it out, or say"
                + " WRITE_DELAY=0");
      }
    }
    if (PASSWORD.matcher(url).find()) {
      refuse(
          Keys.STORE_URL,
          "store.url carries a password: move it to store.password-file or store.password");
    }
  }

  private void policyFile() {
    settings
        .policyFile()
        .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
        .ifPresent(
            file -> refuse(Keys.POLICY_FILE, "policy.file: there is no readable file " + file));
  }

  private void nobodyTwice() {
    unique("slack", person -> person.slackUser());
    unique("teams", person -> person.teamsUser());
    unique("email", person -> person.email().map(e -> e.toString().toLowerCase(Locale.ROOT)));
    unique("token", person -> person.token().map(Secret::text));
  }

  /** Two people behind one account could fill a quorum of two alone. */
  private void unique(String what, Function<PersonEntry, Optional<String>> value) {
    Map<String, String> owners = new HashMap<>();
    for (PersonEntry person : settings.people()) {
      Optional<String> other = value.apply(person).map(v -> owners.put(v, person.id()));
      other.ifPresent(
          id -> {
            String name = "people." + person.id() + "." + what;
            String sentence = name + " is the same as people." + id + "." + what;
            faults.add(new Fault(values.where(name), sentence));
          });
    }
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
