package dev.postern.quarantine.amavis;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.mailsystem.AmavisServer;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real amavis keeps to it. */
class AmavisContractIT extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    int requests = Programs.freePort();
    return new OfAmavis(AmavisQuarantineIT.server(requests), requests);
  }

  private static final class OfAmavis implements HoldingSystem {
    private final AmavisServer amavis;
    private final int requests;
    private boolean away;

    OfAmavis(AmavisServer amavis, int requests) {
      this.amavis = amavis;
      this.requests = requests;
    }

    @Override
    public Holdings holdings() {
      return new AmavisHoldings(parts());
    }

    @Override
    public Quarantine quarantine() {
      return new AmavisQuarantine(parts());
    }

    private AmavisParts parts() {
      return AmavisQuarantineIT.parts(
          "127.0.0.1:" + requests, away ? Path.of("/nowhere/virusmails") : amavis.quarantine());
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) throws IOException {
      String[] to = recipients.toArray(String[]::new);
      return new HoldRef("amavis", amavis.quarantine(AmavisQuarantineIT.MESSAGE, sender, to));
    }

    @Override
    public long reached(String recipient) {
      return amavis.nextHop().taken().stream()
          .filter(message -> message.recipients().contains(recipient))
          .count();
    }

    @Override
    public void deletedByHand(HoldRef hold) throws IOException {
      Files.delete(amavis.quarantine().resolve(hold.id()));
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
      amavis.close();
    }
  }
}
