package dev.postern.quarantine.mailcow;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import dev.postern.quarantine.RemoteQuarantine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** mailcow, as its API is written, keeps to the contract. */
class MailcowContractTest extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new Server();
  }

  /** It may have sent what it still lists. */
  @Override
  protected Standing decidedAndListed() {
    return Standing.UNKNOWN;
  }

  private static final class Server implements HoldingSystem {
    private final FakeMailcow mailcow = new FakeMailcow();
    private final FakeHttp http = new FakeHttp(mailcow);
    private final MailcowStore store = new MailcowStore(MailcowQuarantineTest.settings(http));

    @Override
    public Holdings holdings() {
      return new MailcowHoldings(store, (_, _, _) -> {}, InstantSource.system());
    }

    @Override
    public Quarantine quarantine() {
      return new RemoteQuarantine(store, Duration.ofSeconds(1));
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) {
      List<Integer> ids =
          recipients.stream().map(to -> mailcow.hold(sender, to, "Subject: x\n\n")).toList();
      return new HoldRef("mailcow", mailcow.idOf(ids.getFirst()));
    }

    @Override
    public long reached(String recipient) {
      return mailcow.delivered().stream().filter(recipient::equals).count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      mailcow.delete(Integer.parseInt(hold.id().substring(0, hold.id().indexOf('.'))));
    }

    @Override
    public void away() {
      http.weather = () -> Optional.of(Mishap.UNAVAILABLE);
    }

    @Override
    public void back() {
      http.weather = Optional::empty;
    }

    @Override
    public void close() {
      http.close();
    }
  }
}
