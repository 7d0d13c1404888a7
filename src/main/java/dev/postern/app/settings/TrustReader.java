package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.HoldRef;
import dev.postern.quarantine.HttpTrust;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads what settings of mail systems have in common that are asked over HTTP. */
final class TrustReader {
  /** As browsers and openssl show it. */
  static final Form<String> FINGERPRINT =
      Form.matching(
          "a SHA-256 fingerprint such as AB:CD:…, 32 octets in hexadecimal",
          "[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}");

  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  TrustReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /**
   * What cases call it; complains of the name of one of Postern's own sources, and of settings that
   * do nothing without a name.
   */
  Optional<String> name(Key<String> key, List<Key<?>> all) {
    Optional<String> name = values.get(key);
    name.filter(HoldRef.OWN_SOURCES::contains)
        .ifPresent(taken -> refuse(key, key.name() + ": the name " + taken + " is Postern's own"));
    all.stream()
        .filter(other -> name.isEmpty() && !other.equals(key) && values.has(other))
        .findFirst()
        .ifPresent(
            other ->
                refuse(
                    other,
                    other.name()
                        + " does nothing without "
                        + key.name()
                        + ", which switches it on"));
    return name;
  }

  /**
   * The address, without a slash at its end; complains where there is none, of one that everybody
   * on the way could read along, and of a path.
   */
  URI address(Key<URI> key) {
    int before = faults.size();
    Optional<URI> url = values.get(key);
    if (url.isEmpty() && faults.size() == before) {
      refuse(key, key.name() + " is not set");
    }
    url.filter(it -> !it.getScheme().equals("https") && !HostPort.isLoopback(bare(it)))
        .ifPresent(it -> refuse(key, key.name() + " must begin with https://: " + it));
    url.filter(it -> !it.getRawPath().matches("/?"))
        .ifPresent(it -> refuse(key, key.name() + " must have no path: " + it));
    return url.map(it -> URI.create(it.getScheme() + "://" + it.getRawAuthority()))
        .orElseGet(() -> URI.create("https://unset.invalid"));
  }

  private static String bare(URI address) {
    return address.getHost().replaceAll("[\\[\\]]", "");
  }

  /** Whose certificate it may show. */
  HttpTrust trust(Key<Path> caFile, Key<String> fingerprint) {
    if (values.has(caFile) && values.has(fingerprint)) {
      refuse(fingerprint, caFile.name() + " and " + fingerprint.name() + " are both set: keep one");
    }
    return values
        .get(fingerprint)
        .map(text -> text.replace(":", "").toLowerCase(Locale.ROOT))
        .<HttpTrust>map(HttpTrust.Fingerprint::new)
        .or(() -> values.get(caFile).map(folder::resolve).map(HttpTrust.Authorities::new))
        .orElseGet(HttpTrust.Usual::new);
  }

  /** A secret that must be there; complains where it is not. */
  String secret(Key<String> key) {
    int before = faults.size();
    Optional<Secret> secret = values.secret(key, "");
    if (secret.isEmpty() && faults.size() == before) {
      refuse(key, key.name() + " is not set, nor is " + key.name() + "-file");
    }
    return secret.map(Secret::text).orElse("");
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
