package dev.postern.quarantine.mailbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.quarantine.HoldingSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A quarantine mailbox whose mail is sent on by SMTP. */
final class MailboxSystem implements HoldingSystem {
  private final NextHopServer nextHop = NextHopServer.start();
  private final Path maildir;
  private final MailboxParts here;
  private final MailboxParts nowhere;
  private final Consumer<String> deliver;
  private boolean away;

  /**
   * @param maildir where its mail lies
   * @param nowhere where there is no mailbox
   * @param deliver puts a message where an MTA puts it
   */
  MailboxSystem(
      Path maildir,
      MailboxSettings.Place place,
      MailboxSettings.Place nowhere,
      Consumer<String> deliver) {
    this.maildir = maildir;
    this.here = parts(place);
    this.nowhere = parts(nowhere);
    this.deliver = deliver;
  }

  private MailboxParts parts(MailboxSettings.Place at) {
    return new MailboxParts(Quarantined.settings(at, Optional.of("Discarded"), nextHop.port()));
  }

  private MailboxParts parts() {
    return away ? nowhere : here;
  }

  @Override
  public Holdings holdings() {
    return new MailboxHoldings(parts());
  }

  @Override
  public Quarantine quarantine() {
    return new MailboxQuarantine(parts());
  }

  @Override
  public HoldRef hold(String sender, List<String> recipients) {
    List<HoldRef> before = holdings().held();
    deliver.accept(
        Quarantined.to(String.join(", ", recipients)).replace("ben@partner.example", sender));
    return holdings().held().stream().filter(it -> !before.contains(it)).findFirst().orElseThrow();
  }

  @Override
  public long reached(String recipient) {
    return nextHop.taken().stream().filter(it -> it.recipients().contains(recipient)).count();
  }

  @Override
  public void deletedByHand(HoldRef hold) throws IOException {
    String field =
        "X-Envelope-To: " + holdings().fetch(hold).orElseThrow().envelope().recipients().getFirst();
    for (String part : List.of("new", "cur")) {
      try (Stream<Path> files = Files.list(maildir.resolve(part))) {
        for (Path file : files.toList()) {
          if (Files.readString(file, ISO_8859_1).contains(field + "\r\n")) {
            Files.delete(file);
          }
        }
      }
    }
  }

  @Override
  public void away() {
    away = true;
  }

  @Override
  public void back() {
    away = false;
  }

  @Override
  public void close() {
    nextHop.close();
  }
}
