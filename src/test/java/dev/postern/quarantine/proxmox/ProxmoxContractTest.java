package dev.postern.quarantine.proxmox;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.quarantine.DecidedCase;
import dev.postern.quarantine.HoldingSystem;
import dev.postern.quarantine.QuarantineContract;
import dev.postern.quarantine.RemoteQuarantine;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Proxmox Mail Gateway, as its API is written, keeps to the contract. */
class ProxmoxContractTest extends QuarantineContract {
  @Override
  protected HoldingSystem start(Path folder) {
    return new Gateway();
  }

  /** It may have sent what it still lists. */
  @Override
  protected Standing decidedAndListed() {
    return Standing.UNKNOWN;
  }

  private static final class Gateway implements HoldingSystem {
    private final FakeProxmox gateway = new FakeProxmox();
    private final FakeHttp http = new FakeHttp(gateway);
    private final ProxmoxStore store = new ProxmoxStore(Stores.settings(http));

    @Override
    public Holdings holdings() {
      return new ProxmoxHoldings(store, (_, _, _) -> {}, InstantSource.system());
    }

    @Override
    public Quarantine quarantine() {
      return new RemoteQuarantine(store, Duration.ofSeconds(1));
    }

    @Override
    public HoldRef hold(String sender, List<String> recipients) {
      Instant came = Instant.now().minus(DecidedCase.MINUTES);
      List<String> ids =
          recipients.stream()
              .map(to -> gateway.hold("spam", sender, to, came, FakeProxmox.message("order")))
              .toList();
      return new HoldRef("proxmox", ids.getFirst());
    }

    @Override
    public long reached(String recipient) {
      return gateway.delivered().stream().filter(recipient::equals).count();
    }

    @Override
    public void deletedByHand(HoldRef hold) {
      gateway.delete(hold.id());
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
