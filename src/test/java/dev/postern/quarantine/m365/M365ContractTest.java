package dev.postern.quarantine.m365;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import java.nio.file.Path;
import java.util.List;

/** The quarantine of Microsoft 365 keeps to it, as far as its documents go. */
class M365ContractTest extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new OfMicrosoft(new AnOrganisation());
  }

  private record OfMicrosoft(AnOrganisation organisation) implements HoldingSystem {
    @Override
    public Holdings holdings() {
      return organisation.holdings();
    }

    @Override
    public Quarantine quarantine() {
      return organisation.quarantine();
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) {
      FakeMessage message =
          organisation.exchange.hold(
              sender,
              AnOrganisation.EML,
              organisation.now.minusSeconds(300),
              recipients.toArray(String[]::new));
      return AnOrganisation.ref(message);
    }

    @Override
    public long reached(String recipient) {
      return organisation.exchange.delivered.stream().filter(recipient::equals).count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      organisation.exchange.messages.remove(hold.id());
    }

    @Override
    public void away() {
      organisation.exchange.http.always(FakeExchange.COMMAND, Mishap.SERVER_ERROR);
    }

    @Override
    public void back() {
      organisation.exchange.http.mend(FakeExchange.COMMAND);
    }

    @Override
    public void close() {
      organisation.close();
    }
  }
}
