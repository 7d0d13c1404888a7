package dev.postern.quarantine.builtin;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.ScriptedNextHop;
import dev.postern.quarantine.SmtpNextHop;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuiltinQuarantineTest {
  private static final RawMessage MAIL =
      RawMessage.of("Subject: kept\r\n\r\n.\r\nHello\r\n".getBytes(US_ASCII));

  @SuppressWarnings("NullAway.Init")
  private ScriptedNextHop hop;

  @BeforeEach
  void start() throws IOException {
    hop = new ScriptedNextHop();
  }

  @AfterEach
  void stop() throws IOException {
    hop.close();
  }

  @Test
  void releaseSendsTheKeptOctetsWithTheEnvelopeTheyCameWith() {
    CaseFile held = aCase().decided(release()).build();
    Outcome outcome =
        quarantine(MAIL).release(held, held.envelope().recipients(), Mandate.ofThisConnection());

    assertThat(outcome.results()).allMatch(r -> r.kind() == Kind.DELIVERED_TO_NEXT_HOP);
    assertThat(hop.messages()).singleElement().isEqualTo(MAIL.octets());
    assertThat(hop.commands())
        .anyMatch(c -> c.startsWith("MAIL FROM:<" + held.envelope().mailFromText() + ">"));
  }

  @Test
  void releaseToSomeGoesToThemAlone() {
    EmailAddress lee = address("lee@corp.example");
    CaseFile held = aCase().decided(releaseTo("lee@corp.example")).build();
    assertThat(quarantine(MAIL).release(held, List.of(lee), Mandate.ofThisConnection()).results())
        .map(Outcome.Result::recipient)
        .containsExactly(lee);
    assertThat(hop.commands())
        .filteredOn(c -> c.startsWith("RCPT"))
        .containsExactly("RCPT TO:<lee@corp.example>");
  }

  @Test
  void withoutOctetsTheReleaseFailsAndSaysHowToMendIt() {
    CaseFile held = aCase().decided(release()).build();
    Outcome outcome =
        quarantine(null).release(held, held.envelope().recipients(), Mandate.ofThisConnection());
    assertThat(outcome.results())
        .allMatch(r -> r.kind() == Kind.PERM_FAIL && r.words().contains("release it there"));
    assertThat(hop.commands()).isEmpty();
  }

  @Test
  void discardSendsNothingAndIsProof() {
    CaseFile held = aCase().decided(discard()).build();
    assertThat(quarantine(MAIL).discard(held, Mandate.ofThisConnection()).results())
        .hasSize(held.envelope().recipients().size())
        .allMatch(r -> r.kind() == Kind.DISCARDED);
    assertThat(hop.commands()).isEmpty();
  }

  @Test
  void P7_aReleaseThatWasBegunAndHasNoProofIsUnknown_neverHeld() {
    assertThat(standing(aCase().decided(release()).build())).isEqualTo(Standing.UNKNOWN);
    for (Kind kind : List.of(Kind.UNCERTAIN, Kind.TEMP_FAIL, Kind.PERM_FAIL)) {
      CaseFile earlierAttempt = aCase().decided(release()).done(kind, "earlier").build();
      assertThat(standing(earlierAttempt)).as(kind.name()).isEqualTo(Standing.UNKNOWN);
    }
  }

  @Test
  void whatMayBeRepeatedIsHeld() {
    assertThat(standing(aCase().build())).isEqualTo(Standing.HELD);
    assertThat(standing(aCase().decided(discard()).build())).isEqualTo(Standing.HELD);
  }

  @Test
  void whatIsProvedIsReleasedOrGone() {
    assertThat(standing(aCase().decided(release()).done(Kind.DELIVERED_TO_NEXT_HOP, "250").build()))
        .isEqualTo(Standing.RELEASED);
    assertThat(standing(aCase().decided(discard()).done(Kind.DISCARDED, "gone").build()))
        .isEqualTo(Standing.GONE);
  }

  private Standing standing(CaseFile held) {
    return quarantine(MAIL).standing(held);
  }

  private BuiltinQuarantine quarantine(@Nullable RawMessage kept) {
    return new BuiltinQuarantine(_ -> Optional.ofNullable(kept), new SmtpNextHop(hop.settings()));
  }
}
