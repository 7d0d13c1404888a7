package dev.postern.quarantine.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mailsystem.NextHopServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A quarantine mailbox for each test. Its mail lies in a Maildir, whoever serves it. */
abstract class OnMailbox {
  static final Mandate GOOD = new Mandate(1, () -> true);

  @SuppressWarnings("NullAway.Init")
  NextHopServer nextHop;

  @SuppressWarnings("NullAway.Init")
  Path maildir;

  /** A fresh, empty mailbox with the folders Released and Discarded. */
  abstract Path fresh();

  abstract MailboxSettings.Place place();

  /** Puts a message where an MTA puts it. */
  abstract void deliver(String message);

  @BeforeEach
  void begin() throws IOException {
    nextHop = NextHopServer.start();
    maildir = fresh();
  }

  @AfterEach
  void end() {
    nextHop.close();
  }

  MailboxParts moving() {
    return new MailboxParts(Quarantined.settings(place(), Optional.of("Discarded"), 0));
  }

  MailboxParts deleting() {
    return new MailboxParts(Quarantined.settings(place(), Optional.empty(), 0));
  }

  MailboxParts sending() {
    return new MailboxParts(
        Quarantined.settings(place(), Optional.of("Discarded"), nextHop.port()));
  }

  Hold held(String recipients) {
    deliver(Quarantined.to(recipients));
    return only(moving());
  }

  static Hold only(MailboxParts parts) {
    MailboxHoldings holdings = new MailboxHoldings(parts);
    assertThat(holdings.held()).hasSize(1);
    return holdings.fetch(holdings.held().getFirst()).orElseThrow();
  }

  static List<EmailAddress> everybody(CaseFile it) {
    return it.envelope().recipients();
  }

  static Kind kind(Outcome outcome) {
    assertThat(outcome.results())
        .extracting(Outcome.Result::kind)
        .containsOnly(outcome.results().getFirst().kind());
    return outcome.results().getFirst().kind();
  }

  static String words(Outcome outcome) {
    return outcome.results().getFirst().words();
  }

  /** Contents of a folder, INBOX for the mailbox itself. */
  List<String> in(String folder) {
    List<String> all = new ArrayList<>();
    for (String part : List.of("new", "cur")) {
      Path base = folder.equals("INBOX") ? maildir : maildir.resolve("." + folder);
      try (Stream<Path> files = Files.list(base.resolve(part))) {
        for (Path file : files.toList()) {
          all.add(Files.readString(file, ISO_8859_1));
        }
      } catch (IOException unreadable) {
        throw new AssertionError(unreadable);
      }
    }
    return all;
  }
}
