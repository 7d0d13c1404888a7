package dev.postern.quarantine.google;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.quarantine.DecidedCase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/** A Google Workspace with one service account, and Postern's way to it. */
public final class AWorkspace implements AutoCloseable {
  static final String MESSAGE =
      """
      Delivered-To: you@corp.example
      Received: by 2002:a05:7300:6d25:b0:1 with SMTP id x1csp1;
              Tue, 24 Nov 2026 06:46:00 -0800 (PST)
      Return-Path: <billing@shop.test>
      Received: from mx.shop.test (mx.shop.test. [203.0.113.5])
              by mx.google.com with ESMTPS id d2e1a72fcca58 for <you@corp.example>;
              Tue, 24 Nov 2026 06:46:00 -0800 (PST)
      Return-Path: <ceo@corp.example>
      Received: from bank.test (bank.test. [198.51.100.1]) by mx.google.com with ESMTP
      From: Shop <billing@shop.test>
      To: you@corp.example
      Subject: Your  order

      Hello \u00fc
      """
          .replace("\n", "\r\n");

  static final int LARGEST = 1 << 20;

  public final FakeGoogle google;
  volatile Instant now = Instant.now();
  private final GoogleParts parts;

  public AWorkspace() {
    this(Duration.ofSeconds(5));
  }

  AWorkspace(Duration patience) {
    this(patience, LARGEST);
  }

  AWorkspace(Duration patience, int largest) {
    google = new FakeGoogle(() -> now);
    parts =
        new GoogleParts(
            new GoogleSettings(
                "google",
                new GoogleSettings.Access(
                    FakeGoogle.CUSTOMER,
                    FakeGoogle.ADMIN,
                    ServiceAccount.parse(FakeGoogle.keyFile())),
                URI.create(google.tokenUrl()),
                URI.create(google.http.origin()),
                Duration.ofSeconds(60),
                patience,
                largest),
            () -> now);
  }

  /** What the page says is to be set, for this one; its file goes into the folder. */
  public String posternConf(Path folder) throws IOException {
    Path key = Files.writeString(folder.resolve("google.json"), FakeGoogle.keyFile());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    return DocumentedLines.of("google.md")
            .linesFor("postern.conf")
            .replace("admin@firm.example", FakeGoogle.ADMIN)
            .replace("/etc/postern/", folder + "/")
        + "mail.google.token-url = \"%s\"\nmail.google.api-url = \"%s\"\n"
            .formatted(google.tokenUrl(), google.http.origin())
        + "mail.google.poll = 300ms\n";
  }

  GoogleHoldings holdings() {
    return new GoogleHoldings(parts);
  }

  GoogleQuarantine quarantine() {
    return new GoogleQuarantine(parts);
  }

  GoogleCheck check() {
    return new GoogleCheck(parts);
  }

  public FakeGoogle.Message hold(String owner) {
    return google.hold(owner, MESSAGE, now.minus(Duration.ofMinutes(5)));
  }

  static HoldRef ref(FakeGoogle.Message message) {
    return new HoldRef("google", message.name());
  }

  Hold fetched(FakeGoogle.Message message) {
    return holdings().fetch(ref(message)).orElseThrow();
  }

  CaseFile decided(FakeGoogle.Message message, Choice choice) {
    Hold hold = fetched(message);
    return DecidedCase.of(hold.ref(), hold.envelope(), choice);
  }

  @Override
  public void close() {
    google.close();
  }
}
