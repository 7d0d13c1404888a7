package dev.postern.quarantine.m365;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.quarantine.DecidedCase;
import dev.postern.teams.FakeEntra;
import dev.postern.teams.TestCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An organisation of Microsoft 365 with one app, and Postern's way to it. */
public final class AnOrganisation implements AutoCloseable {
  static final String EML =
      """
      Received: from BN8PR05.namprd05.prod.outlook.com (2603:10b6:408::1) by
       BN9PR05.namprd05.prod.outlook.com with HTTPS; Tue, 24 Nov 2026 06:46:00 +0000
      Received: from mx.shop.test (203.0.113.5) by
       BN1NAM02FT032.mail.protection.outlook.com (10.13.2.148) with Microsoft SMTP
       Server id 15.20.1; Tue, 24 Nov 2026 06:46:00 +0000
      Received: from bank.test (198.51.100.1) by x.mail.protection.outlook.com with ESMTP
      From: Shop <billing@shop.test>
      To: you@corp.example
      Subject: Your  order

      Hello \u00fc
      """
          .replace("\n", "\r\n");

  final FakeEntra entra;
  public final FakeExchange exchange;
  final TestCertificate certificate;
  volatile Instant now = Instant.now();
  private final M365Parts parts;

  public AnOrganisation() {
    this(Duration.ofSeconds(5), 1 << 20);
  }

  AnOrganisation(Duration patience, int largest) {
    entra = new FakeEntra(() -> now);
    exchange = new FakeExchange(entra);
    certificate = TestCertificate.until(Instant.now().plus(Duration.ofDays(300)));
    entra.proofs.upload(certificate.certificate());
    parts = new M365Parts(settings(exchange.http.origin(), patience, largest), clock());
  }

  /** As where mail.m365.api-url leads elsewhere on the same host. */
  M365Parts atWrongAddress() {
    String elsewhere = exchange.http.origin() + "/elsewhere";
    return new M365Parts(settings(elsewhere, Duration.ofSeconds(5), 1 << 20), clock());
  }

  private M365Settings settings(String api, Duration patience, int largest) {
    return new M365Settings(
        "m365",
        new M365Settings.App(
            FakeEntra.TENANT,
            FakeEntra.APP,
            AppCertificate.parse(certificate.pem(), certificate.keyPem())),
        URI.create(entra.http.origin()),
        URI.create(api),
        Duration.ofSeconds(60),
        patience,
        largest);
  }

  private InstantSource clock() {
    return () -> now;
  }

  /** What the page says is to be set, for this one; its files go into the folder. */
  public String posternConf(Path folder) throws IOException {
    secret(folder.resolve("m365.crt"), certificate.pem());
    secret(folder.resolve("m365.key"), certificate.keyPem());
    return DocumentedLines.of("microsoft365.md")
            .linesFor("postern.conf")
            .replace("00000000-1111-2222-3333-444444444444", FakeEntra.TENANT)
            .replace("55555555-6666-7777-8888-999999999999", FakeEntra.APP)
            .replace("/etc/postern/", folder + "/")
        + "mail.m365.login-url = \"%s\"\nmail.m365.api-url = \"%s\"\n"
            .formatted(entra.http.origin(), exchange.http.origin())
        + "mail.m365.poll = 300ms\n";
  }

  private static void secret(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  M365Holdings holdings() {
    return new M365Holdings(parts);
  }

  M365Quarantine quarantine() {
    return new M365Quarantine(parts);
  }

  M365Check check() {
    return new M365Check(parts);
  }

  public FakeMessage hold(String... recipients) {
    return exchange.hold("billing@shop.test", EML, now.minus(Duration.ofMinutes(5)), recipients);
  }

  Hold fetched(FakeMessage message) {
    return holdings().fetch(ref(message)).orElseThrow();
  }

  static HoldRef ref(FakeMessage message) {
    return new HoldRef("m365", message.identity);
  }

  CaseFile decided(FakeMessage message, Choice choice) {
    Hold hold = fetched(message);
    return DecidedCase.of(hold.ref(), hold.envelope(), choice);
  }

  List<String> ran() {
    return exchange.ran;
  }

  @Override
  public void close() {
    exchange.close();
    entra.close();
  }
}
