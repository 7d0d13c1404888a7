package dev.postern.quarantine.postfix;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A real Postfix keeps to it. */
class PostfixContractIT extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new OfPostfix(HeldMail.start(folder));
  }

  private static final class OfPostfix implements HoldingSystem {
    private final HeldMail mail;
    private boolean away;

    OfPostfix(HeldMail mail) {
      this.mail = mail;
    }

    @Override
    public Holdings holdings() {
      return new PostfixHoldings(parts());
    }

    @Override
    public Quarantine quarantine() {
      return new PostfixQuarantine(parts(), InstantSource.system());
    }

    private PostfixParts parts() {
      return away ? mail.partsWithoutPrograms() : mail.parts();
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) throws IOException {
      return new HoldRef(
          "postfix", mail.hold(OnHeldMail.MESSAGE, sender, recipients.toArray(String[]::new)));
    }

    @Override
    public long reached(String recipient) {
      return mail.nextHop().taken().stream()
          .filter(message -> message.recipients().contains(recipient))
          .count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      mail.postfix().command("postsuper", "-d", hold.id()).orFail();
    }

    /** Root is told of the queue also while Postfix is stopped. */
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
