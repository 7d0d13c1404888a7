package dev.postern.evidence.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.DomainName;
import org.junit.jupiter.api.Test;

/** What the benchmarks of this room measure gives the right result. */
class BenchmarkedTreeWalkTest {
  private final TreeWalkBenchmark walks = new TreeWalkBenchmark();

  @Test
  void everyWalkFindsTheDomainBelowThePublicSuffix() {
    DomainName organization = new DomainName("shop.example");
    assertThat(walks.threeLabels()).contains(organization);
    assertThat(walks.elevenLabels()).contains(organization);
  }
}
