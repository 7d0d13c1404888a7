package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.app.settings.SmtpLinks.OwnCertificate;
import dev.postern.quarantine.Link;
import dev.postern.quarantine.Link.Login;
import dev.postern.quarantine.Link.Protocol;
import dev.postern.quarantine.Link.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads how mail comes in and goes out. */
final class SmtpReader {
  private static final Set<String> THIS_HOST = Set.of("localhost", "127.0.0.1", "::1");

  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  SmtpReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  SmtpLinks read() {
    Tls tls = word(SmtpKeys.TLS, Tls.class);
    Optional<Path> authorities = values.get(SmtpKeys.CA_FILE).map(folder::resolve);
    if (authorities.isPresent() && !tls.checked()) {
      refuse(
          SmtpKeys.CA_FILE,
          "mail.smtp.ca-file does nothing unless mail.smtp.tls is required or implicit");
    }
    return new SmtpLinks(
        new Link(word(SmtpKeys.PROTOCOL, Protocol.class), tls, authorities, login(tls)),
        values.get(SmtpKeys.LMTP_LISTEN),
        own());
  }

  private Optional<Login> login(Tls tls) {
    Optional<String> user = values.get(SmtpKeys.USER);
    Optional<Secret> password = values.secret(SmtpKeys.PASSWORD, "");
    together(SmtpKeys.USER, user, SmtpKeys.PASSWORD, password);
    boolean here =
        values.get(Keys.SMTP_NEXT_HOP).map(HostPort::host).filter(THIS_HOST::contains).isPresent();
    if (user.isPresent() && !tls.checked() && !here) {
      refuse(
          SmtpKeys.USER,
          "mail.smtp.user: no password is sent to a server that has not proved its name: set"
              + " mail.smtp.tls to required or implicit");
    }
    return user.flatMap(name -> password.map(it -> new Login(name, it.text())));
  }

  private Optional<OwnCertificate> own() {
    Optional<Path> file = values.get(SmtpKeys.CERTIFICATE).map(folder::resolve);
    Optional<Secret> key = values.secret(SmtpKeys.KEY, "");
    together(SmtpKeys.CERTIFICATE, file, SmtpKeys.KEY, key);
    return file.flatMap(it -> key.map(secret -> new OwnCertificate(it, secret)));
  }

  private void together(Key<?> one, Optional<?> its, Key<?> other, Optional<?> others) {
    if (its.isPresent() && others.isEmpty() && !values.has(other)) {
      refuse(one, one.name() + " needs " + other.name());
    } else if (others.isPresent() && its.isEmpty() && !values.has(one)) {
      refuse(other, other.name() + " needs " + one.name());
    }
  }

  /** Where the value is wrong, the default stands in meanwhile. */
  private <E extends Enum<E>> E word(Key<String> key, Class<E> type) {
    return Enum.valueOf(type, values.get(key).orElseThrow().toUpperCase(Locale.ROOT));
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
