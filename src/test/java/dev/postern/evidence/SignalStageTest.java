package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignalStageTest {

  @Test
  void aClientWhoseNamesAreNotInTheCacheIsAskedAboutAllTheSame() {
    ZoneDns zone =
        ZoneDns.of(
            Map.of(
                "bank.example", Map.of("TXT", "v=spf1 ip4:192.0.2.0/24 -all"),
                "_dmarc.bank.example", Map.of("TXT", "v=DMARC1; p=reject")));
    Evidence evidence =
        new Examiner(new AllButPointers(zone), Duration.ofSeconds(10), Home.unknown())
            .with(new Signals(Home.unknown(), Acquaintance.withEverybody()))
            .examine(
                Replays.envelope("a@bank.example", "192.0.2.7", "bank.example"),
                Replays.from("a@bank.example"),
                Instant.EPOCH);

    assertThat(evidence.signals()).extracting(Signal::name).contains("no-reverse-dns");
    assertThat(evidence.dns()).extracting(DnsRecord::type).contains(DnsType.PTR);
  }

  /** A resolver that has seen the domain, but not this client. */
  private record AllButPointers(Dns dns) implements Dns {
    @Override
    public Answer query(DnsName name, DnsType type, Deadline by) {
      return dns.query(name, type, by);
    }

    @Override
    public Optional<Answer> known(DnsName name, DnsType type) {
      return type == DnsType.PTR ? Optional.empty() : dns.known(name, type);
    }
  }
}
