package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.evidence.GatewayReport;
import dev.postern.policy.SenderHistory;
import dev.postern.policy.Situation.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SituationCodecTest {
  private static final Instant AT = Instant.parse("2026-11-26T09:30:00.123456Z");

  @Test
  void whatRulesKnewIsReadAsItWasWritten() {
    Context all =
        new Context(
            AT.atZone(ZoneOffset.UTC),
            Optional.of(
                new GatewayReport(
                    "edge",
                    "add header",
                    7.25,
                    List.of(new GatewayReport.Finding("PHISHING", 4, List.of("a \"b\" ü"))))),
            new SenderHistory(12, 10, 2, 1, 1, Optional.of(AT.minusSeconds(9)), Optional.of(AT)),
            new SenderHistory(0, 0, 3, 0, 2, Optional.empty(), Optional.empty()));

    assertThat(SituationCodec.read(SituationCodec.write(all))).isEqualTo(all);
  }

  @Test
  void whereNothingWasKnownTheRowIsSmall() {
    Context nothing = Context.at(AT);

    String written = SituationCodec.write(nothing);

    assertThat(written).hasSizeLessThan(50);
    assertThat(SituationCodec.read(written)).isEqualTo(nothing);
  }

  @Test
  void postgresHoldsNoNul() {
    GatewayReport hostile = new GatewayReport("edge", "\0", 1, List.of());
    Context context =
        new Context(
            AT.atZone(ZoneOffset.UTC),
            Optional.of(hostile),
            SenderHistory.NONE,
            SenderHistory.NONE);

    String written = SituationCodec.write(context);

    assertThat(written).doesNotContain("\0", "\\u0000");
    assertThat(SituationCodec.read(written).gateway().orElseThrow().action()).isEqualTo("\ufffd");
  }

  @Test
  void whatIsNoJsonIsSaidSo() {
    assertThatThrownBy(() -> SituationCodec.read("{")).isInstanceOf(StoreTrouble.class);
  }
}
