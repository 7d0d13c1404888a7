package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.mail.Network;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.mailbox.MailboxSettings;
import dev.postern.quarantine.mailbox.MailboxSettings.Place;
import dev.postern.quarantine.mailbox.MailboxSettings.Tls;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads what is set for a quarantine mailbox. */
final class MailboxReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  MailboxReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set; empty when it is off, or after a complaint. */
  Optional<MailboxSettings> read(Settings.Smtp smtp) {
    int before = faults.size();
    Optional<String> name = new SourceName(values, faults).read(MailboxKeys.NAME, MailboxKeys.ALL);
    if (name.isEmpty()) {
      return Optional.empty();
    }
    Optional<Place> place = place();
    MailboxSettings.Folders folders =
        new MailboxSettings.Folders(
            fallback(MailboxKeys.FOLDER),
            fallback(MailboxKeys.RELEASED),
            values.get(MailboxKeys.DISCARDED));
    apart(folders, place);
    if (faults.size() > before) {
      return Optional.empty();
    }
    return place.map(
        it ->
            new MailboxSettings(
                name.get(),
                it,
                folders,
                fields(),
                values.get(MailboxKeys.REINJECT).map(to -> reinject(to, smtp.hostname())),
                (int) smtp.maxSize()));
  }

  private Optional<Place> place() {
    Optional<HostPort> imap = values.get(MailboxKeys.IMAP);
    Optional<Path> maildir = values.get(MailboxKeys.MAILDIR);
    if (imap.isPresent() == maildir.isPresent()) {
      refuse(MailboxKeys.NAME, "needs either mail.mailbox.imap or mail.mailbox.maildir");
      return Optional.empty();
    }
    return imap.isPresent()
        ? imap(imap.get())
        : maildir.map(folder::resolve).map(MailboxSettings.Maildir::new);
  }

  private Optional<Place> imap(HostPort server) {
    Optional<String> user = values.get(MailboxKeys.USER);
    Optional<Secret> password = values.secret(MailboxKeys.PASSWORD, "");
    Tls tls = Tls.valueOf(fallback(MailboxKeys.TLS).toUpperCase(Locale.ROOT));
    if (user.isEmpty() || password.isEmpty()) {
      refuse(MailboxKeys.IMAP, "needs mail.mailbox.user and mail.mailbox.password");
    }
    if (tls == Tls.NONE && !loopback(server.host())) {
      refuse(
          MailboxKeys.TLS,
          "is none, which would show the password to the network: only for loopback");
    }
    return user.flatMap(
        name ->
            password.map(
                secret ->
                    new MailboxSettings.Imap(
                        server.host(), server.port(), tls, trust(), name, secret.text())));
  }

  private HttpTrust trust() {
    return values
        .get(MailboxKeys.CA_FILE)
        .<HttpTrust>map(file -> new HttpTrust.Authorities(folder.resolve(file)))
        .orElseGet(HttpTrust.Usual::new);
  }

  private static boolean loopback(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException name) {
      return false;
    }
  }

  /** A folder that is two things would have released mail asked about again. */
  private void apart(MailboxSettings.Folders folders, Optional<Place> place) {
    HashSet<String> different = new HashSet<>(List.of(folders.held()));
    boolean apart =
        different.add(folders.released()) && folders.discarded().map(different::add).orElse(true);
    if (!apart) {
      refuse(
          MailboxKeys.FOLDER, "must be another folder than mail.mailbox.released and .discarded");
    }
    boolean nested = different.stream().anyMatch(name -> name.contains("/"));
    if (nested && place.filter(MailboxSettings.Maildir.class::isInstance).isPresent()) {
      refuse(MailboxKeys.FOLDER, "and others have no / in a Maildir: folders are parted by dots");
    }
  }

  private MailboxSettings.Fields fields() {
    List<Network> relays =
        fallback(MailboxKeys.RELAYS).stream()
            .flatMap(text -> Network.parse(text).stream())
            .toList();
    Predicate<InetAddress> ours = client -> relays.stream().anyMatch(it -> it.contains(client));
    return new MailboxSettings.Fields(
        fallback(MailboxKeys.SENDER_FIELDS),
        fallback(MailboxKeys.RECIPIENT_FIELDS),
        values.get(MailboxKeys.ADDRESS),
        ours);
  }

  private static NextHopSettings reinject(HostPort to, String hostname) {
    return new NextHopSettings(to.host(), to.port(), hostname, "", NextHopSettings.Timing.usual());
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }

  private void refuse(Key<?> key, String claim) {
    faults.add(new Fault(values.where(key.name()), key.name() + " " + claim));
  }
}
