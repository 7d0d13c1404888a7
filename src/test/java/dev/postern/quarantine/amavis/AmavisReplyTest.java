package dev.postern.quarantine.amavis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What amavis's replies prove; the texts are those of amavisd-new 2.13. */
class AmavisReplyTest {
  private static final String MTA = "MTA(smtp:[127.0.0.1]:10025)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "451 4.5.0 from " + MTA + ": No resp. to data-dot",
        "451 4.5.0 from " + MTA + ": Bad resp. to data-dot: 451 x",
        "451 4.5.0 From " + MTA + " during fwd-data-end (Error writing: Broken pipe): id=rel-1",
        "451 4.5.0 From " + MTA + " during fwd-rundown-1 (No SMTP response to RSET): id=rel-1",
        "450 4.4.2 Timed out during fwd-data-end, " + MTA + ", id=rel-1",
        "450 4.5.0 Unexpected: 550-5.1.1 x",
        "450 4.5.0 ERROR: mail_dispatch: Can't open /var/lib/amavis/x: 550 during fwd-connect (",
        "451 4.7.1 hold on: from " + MTA + ": 451 x",
        "",
        "x"
      })
  void P7_whatAmavisOnlyMissedTheReplyToIsNoRefusal(String reply) {
    assertThat(AmavisReply.of(reply).kind()).isEqualTo(Kind.UNCERTAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "451 4.7.1 from MTA(smtp:[127.0.0.1]:10025): 451 4.7.1 greylisted | TEMP_FAIL",
        "550 5.1.1 from MTA(smtp:[127.0.0.1]:10025): 550 5.1.1 no such user | PERM_FAIL",
        "450 4.5.0 from MTA(smtp:[127.0.0.1]:10025): 450 4.5.0 No response to DATA | TEMP_FAIL",
        "450 4.4.1 Can't connect to [127.0.0.1]:10025: refused, MTA(), id=rel-1 | TEMP_FAIL",
        "450 4.4.2 Timed out during fwd-mail-from, MTA(smtp:x), id=rel-1 | TEMP_FAIL",
        "451 4.5.0 From MTA() during fwd-connect (Negative greeting: 421 x): id=rel-1 | TEMP_FAIL",
        "554 5.4.6 Reject: Too many hops: 101 'Received:' header fields, id=rel-1 | PERM_FAIL",
        "250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok | DELIVERED_TO_NEXT_HOP"
      })
  void whatTheNextHopSaidOrWhatFailedBeforeItIsSure(String reply, Kind kind) {
    assertThat(AmavisReply.of(reply).kind()).isEqualTo(kind);
  }

  @Test
  void whatItDiedOfHasNoPathsOfTheServerOnTheCard() {
    AmavisReply died = AmavisReply.of("450 4.5.0 ERROR: no /var/lib/amavis/tmp at line 7");
    AmavisReply strange =
        AmavisReply.of("450 4.5.0 ERROR: Stored quarantine ID 'x' does not match requested ID y");

    assertThat(died.words()).contains("its log says why").doesNotContain("/var");
    assertThat(strange.kind()).isEqualTo(Kind.PERM_FAIL);
    assertThat(strange.words()).isEqualTo("amavis does not take the file for its own");
  }
}
