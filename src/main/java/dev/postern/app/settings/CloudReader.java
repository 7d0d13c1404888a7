package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.mail.EmailAddress;
import dev.postern.quarantine.google.GoogleSettings;
import dev.postern.quarantine.google.ServiceAccount;
import dev.postern.quarantine.m365.AppCertificate;
import dev.postern.quarantine.m365.M365Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what is set for quarantines in the cloud. */
final class CloudReader {
  /** The largest messages take a while. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Values values;
  private final List<Fault> faults;

  CloudReader(Values values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  /** Microsoft 365; empty when it is off, or after a complaint. */
  Optional<M365Settings> m365(long largest) {
    int before = faults.size();
    Optional<String> name = new SourceName(values, faults).read(M365Keys.NAME, M365Keys.ALL);
    URI login = encrypted(M365Keys.LOGIN_URL);
    URI api = encrypted(M365Keys.API_URL);
    if (name.isEmpty() || faults.size() > before) {
      return Optional.empty();
    }
    String tenant = needed(M365Keys.TENANT);
    String app = needed(M365Keys.APP_ID);
    String certificate = secret(M365Keys.CERTIFICATE);
    String key = secret(M365Keys.KEY);
    if (faults.size() > before) {
      return Optional.empty();
    }
    return unlessUnfit(() -> AppCertificate.parse(certificate, key))
        .map(
            proof ->
                new M365Settings(
                    name.get(),
                    new M365Settings.App(tenant, app, proof),
                    login,
                    api,
                    values.get(M365Keys.POLL).orElseThrow(),
                    PATIENCE,
                    (int) largest));
  }

  /** Google Workspace; empty when it is off, or after a complaint. */
  Optional<GoogleSettings> google(long largest) {
    int before = faults.size();
    Optional<String> name = new SourceName(values, faults).read(GoogleKeys.NAME, GoogleKeys.ALL);
    URI token = encrypted(GoogleKeys.TOKEN_URL);
    URI api = encrypted(GoogleKeys.API_URL);
    if (name.isEmpty() || faults.size() > before) {
      return Optional.empty();
    }
    // The console shows it with a C before it, the API wants it without.
    String customer = needed(GoogleKeys.CUSTOMER).replaceFirst("^C", "");
    Optional<EmailAddress> admin = values.get(GoogleKeys.ADMIN);
    if (admin.isEmpty()) {
      missing(GoogleKeys.ADMIN);
    }
    String key = secret(GoogleKeys.KEY);
    if (faults.size() > before) {
      return Optional.empty();
    }
    String inWhoseName = admin.map(EmailAddress::toString).orElseThrow();
    return unlessUnfit(() -> ServiceAccount.parse(key))
        .map(
            account ->
                new GoogleSettings(
                    name.get(),
                    new GoogleSettings.Access(customer, inWhoseName, account),
                    token,
                    api,
                    values.get(GoogleKeys.POLL).orElseThrow(),
                    PATIENCE,
                    (int) largest));
  }

  /** Tokens go there, so it is encrypted, or it does not leave the machine. */
  private URI encrypted(Key<URI> key) {
    URI address = values.get(key).orElseThrow();
    String host = String.valueOf(address.getHost()).replaceAll("[\\[\\]]", "");
    if (!"https".equals(address.getScheme()) && !HostPort.isLoopback(host)) {
      refuse(key, key.name() + " must begin with https://");
    }
    return URI.create(address.toString().replaceFirst("/+$", ""));
  }

  private String needed(Key<String> key) {
    Optional<String> value = values.get(key);
    if (value.isEmpty() && !values.has(key)) {
      missing(key);
    }
    return value.orElse("");
  }

  private String secret(Key<String> key) {
    if (!values.has(key)) {
      missing(key);
    }
    return values.secret(key, "").map(Secret::text).orElse("");
  }

  private void missing(Key<?> key) {
    String room = key.name().substring(0, key.name().lastIndexOf('.') + 1);
    faults.add(
        new Fault(values.whereBelow(room), room + "name is set, and " + key.name() + " is not"));
  }

  /** A complaint begins with the name of the setting. */
  private <T> Optional<T> unlessUnfit(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (IllegalArgumentException unfit) {
      String sentence = String.valueOf(unfit.getMessage());
      faults.add(new Fault(values.where(sentence.replaceFirst(" .*", "")), sentence));
      return Optional.empty();
    }
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
