package dev.postern.quarantine.exim;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A real Exim keeps to it. */
class EximContractIT extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new OfExim(FrozenMail.start(folder));
  }

  private static final class OfExim implements HoldingSystem {
    private static final String MESSAGE = "X-Test: hold\r\nSubject: x\r\n\r\nhello\r\n";

    private final FrozenMail mail;
    private boolean away;

    OfExim(FrozenMail mail) {
      this.mail = mail;
    }

    @Override
    public Holdings holdings() {
      return new EximHoldings(parts());
    }

    @Override
    public Quarantine quarantine() {
      return new EximQuarantine(parts(), InstantSource.system());
    }

    private EximParts parts() {
      return away ? mail.parts("/nowhere/helper", Optional.of(mail.exim().log())) : mail.parts();
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) throws IOException {
      return new HoldRef("exim", mail.hold(MESSAGE, sender, recipients.toArray(String[]::new)));
    }

    @Override
    public long reached(String recipient) {
      return mail.nextHop().taken().stream()
          .filter(message -> message.recipients().contains(recipient))
          .count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      mail.exim().command("-Mrm", hold.id()).orFail();
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
      mail.close();
    }
  }
}
