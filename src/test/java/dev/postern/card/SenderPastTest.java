package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.policy.SenderHistory;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SenderPastTest {
  private static final Instant LAST = Instant.parse("2026-11-20T08:00:00Z");

  @Test
  void aStrangerIsSaidToBeOne() {
    assertThat(line(aCase().sender(SenderHistory.NONE, SenderHistory.NONE)))
        .isEqualTo("none: first message from this domain");
  }

  @Test
  void earlierMailIsCounted() {
    assertThat(line(aCase().sender(history(12, 10, 2, 0, 2), history(12, 10, 2, 0, 2))))
        .isEqualTo("12 from this domain, the last on @: 10 passed, 2 asked about, 2 discarded");
  }

  @Test
  void aNewAddressOfAKnownDomainIsSaidToBeOne() {
    assertThat(line(aCase().sender(history(12, 12, 0, 0, 0), SenderHistory.NONE)))
        .isEqualTo("12 from this domain, the last on @: 12 passed; first from this address");
  }

  @Test
  void anAddressAmongOthersOfItsDomainIsCountedToo() {
    assertThat(line(aCase().sender(history(12, 11, 1, 1, 0), history(3, 2, 1, 1, 0))))
        .isEqualTo(
            "12 from this domain, the last on @: 11 passed, 1 asked about, 1 released;"
                + " 3 from this address");
  }

  @Test
  void whatIsLongAgoIsNotCounted() {
    assertThat(line(aCase().sender(history(0, 0, 0, 0, 0), history(0, 0, 0, 0, 0))))
        .isEqualTo("none of late, the last on @");
  }

  @Test
  void whoOnlyClaimsADomainHasNoPartInItsPast() {
    SenderHistory against = new SenderHistory(0, 0, 3, 0, 2, Optional.empty(), Optional.empty());
    CaseBuilder spoof = aCase().evidence(EvidenceBuilder.aSpoof());
    assertThat(line(spoof.sender(SenderHistory.NONE, SenderHistory.NONE)))
        .isEqualTo("does not count, the domain is not proved");
    assertThat(line(spoof.sender(against, against)))
        .isEqualTo(
            "does not count, the domain is not proved; of others like it 3 asked about, 2 discarded");
  }

  @Test
  void aCaseOfAVersionThatKeptNothingHasNoSuchLine() {
    assertThat(SenderPast.of(aCase().build())).isEmpty();
  }

  private static SenderHistory history(
      long seen, long passed, long asked, long released, long discarded) {
    return new SenderHistory(
        seen, passed, asked, released, discarded, Optional.of(LAST), Optional.of(LAST));
  }

  private static String line(CaseBuilder of) {
    CaseFile file = of.build();
    return SenderPast.of(file).orElseThrow().value().stream()
        .map(run -> run instanceof Run.Own own ? own.text() : "@")
        .collect(Collectors.joining());
  }
}
