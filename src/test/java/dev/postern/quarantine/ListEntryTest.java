package dev.postern.quarantine;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.evidence.EvidenceBuilder.aSpoof;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is pasted into a mail system must be safe to paste, and about the right sender. */
class ListEntryTest {
  private static CaseBuilder discarded() {
    return aCase().decided(discard()).state(CaseState.DONE);
  }

  @Test
  void aProvedSenderIsBlockedAfterADiscardAndAllowedAfterARelease() {
    assertThat(ListEntry.of(discarded().build()))
        .contains(new ListEntry("marta@supplier.example", "dispatch@corp.example", true));
    assertThat(ListEntry.of(aCase().decided(release()).state(CaseState.DONE).build()))
        .contains(new ListEntry("marta@supplier.example", "dispatch@corp.example", false));
  }

  @Test
  void nothingIsSuggestedForASenderThatMayBeForgedOrBeforeItIsDone() {
    assertThat(ListEntry.of(discarded().evidence(aSpoof().build()).build())).isEmpty();
    assertThat(ListEntry.of(aCase().decided(discard()).build())).isEmpty();
    assertThat(ListEntry.of(aCase().build())).isEmpty();
  }

  @Test
  void nobodyBlocksTheirOwnHouse() {
    assertThat(ListEntry.of(discarded().from("boss@CORP.example", "Boss", "").build())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\";Remove-Mailbox b\"@x.example",
        "$(id)@x.example",
        "`id`@x.example",
        "a'b@x.example",
        "a;b@x.example",
        "-Force@x.example",
        "a b@x.example",
        "a@x.example\r\nb",
        "a@x",
        "a@[192.0.2.1]",
        "a@x.example --pmail eva@corp.example",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@x.example",
        ""
      })
  void P13_anAddressThatCouldMeanMoreThanItselfIsInNoCommand(String sender) {
    assertThat(ListEntry.of(discarded().from(sender, "", "").build())).isEmpty();
  }
}
