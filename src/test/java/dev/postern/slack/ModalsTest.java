package dev.postern.slack;

import static dev.postern.approval.CaseBuilder.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardView.Stake;
import dev.postern.card.Cleaner;
import dev.postern.card.EveryCard;
import dev.postern.card.Foreign;
import dev.postern.card.HostileVector;
import dev.postern.card.Stakes;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModalsTest {
  private static final Memo MEMO =
      new Memo("pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU", "C0MAILOPS1", new CaseId("PN-7F3K-2QXD"));

  private final CaseFile it = aCase().quorum(2).build();
  private final Stake stake = new Stake(Stakes.ofRelease(it).consequence(), true, Optional.empty());

  @Test
  void theReleaseFormIsTheDesigns() {
    ObjectNode view = Modals.release(Samples.card("pending-high"), MEMO, stake);

    // What the form remembers is ours to choose; the block that ends it is named by its purpose.
    ObjectNode sample = Samples.slack("modal-release").deepCopy();
    ((ObjectNode) sample.path("blocks").path(5)).put("block_id", "pn.m.foot");
    sample.put("private_metadata", MEMO.text());
    assertThat(Samples.parse(view.toString())).isEqualTo(sample);
    assertThat(BlockKitRules.ofView(view)).isEmpty();
  }

  @Test
  void theEvidenceIsTheDesigns() {
    ObjectNode view = Modals.evidence(Samples.card("pending-high"), it, List.of(), "");

    JsonNode sample = Samples.slack("modal-evidence").path("blocks");
    for (int i = 1; i <= 8; i++) {
      assertThat(view.path("blocks").path(i)).isEqualTo(sample.path(i));
    }
    assertThat(BlockKitRules.ofView(view)).isEmpty();
  }

  @Test
  void theEvidenceOfASetLeadsToItsMessages() {
    CardView set = EveryCard.named("set", "<!channel>");

    ObjectNode view = Modals.evidence(set, it, List.of(), "");

    assertThat(view.toString()).contains("List them, or take one out", "\"pn.open0\"");
    assertThat(BlockKitRules.ofView(view)).isEmpty();
    assertThat(BlockKitRules.ofView(LookView.of(EveryCard.named("set-list", "<!channel>"))))
        .isEmpty();
  }

  @Test
  void aFormOfASetHasABoxForLaterOnes() {
    CardView set = EveryCard.named("set", "<!channel>");
    Stake both = new Stake("All 40 go.", true, Optional.of("Let later ones pass, too"));

    for (ObjectNode view :
        List.of(Modals.release(set, MEMO, both), Modals.discard(set, MEMO, both))) {
      assertThat(view.findValuesAsText("block_id")).contains(Modals.LATER_BLOCK);
      assertThat(view.toString()).contains("Let later ones pass, too", Stake.IF_LATER);
      assertThat(BlockKitRules.ofView(view)).isEmpty();
    }
  }

  @Test
  void oneRecipientIsNoChoice() {
    CardView card = withRecipients(List.of(Cleaner.clean("a@b.example", Cleaner.Kind.ADDRESS)));

    ObjectNode view = Modals.release(card, MEMO, stake);

    assertThat(view.findValuesAsText("block_id")).doesNotContain(Modals.TO_BLOCK);
    assertThat(BlockKitRules.ofView(view)).isEmpty();
  }

  @Test
  void moreEvidenceThanAViewHoldsIsCutNotRefused() {
    Group group = new Group("ev", "Path", List.of(new Row("Hop", List.of())));
    CardView card = withEvidence(Collections.nCopies(500, group));

    assertThat(BlockKitRules.ofView(Modals.evidence(card, it, List.of(), ""))).isEmpty();
  }

  @Test
  void noEvidenceIsSaid() {
    ObjectNode view = Modals.evidence(withEvidence(List.of()), it, List.of(), "");

    assertThat(view.toString()).contains("Nothing more was found.");
    assertThat(BlockKitRules.ofView(view)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileTextStaysInertInForms(HostileVector attack) {
    Foreign text = Cleaner.clean(attack.raw(), attack.kind());
    Group who = new Group("who", "", List.of(new Row("Subject", List.of(text))));
    CardView card = with(List.of(who), List.of(text, text), List.of(who));

    ObjectNode release = Modals.release(card, MEMO, stake);
    ObjectNode evidence = Modals.evidence(card, it, List.of(), "");

    assertThat(BlockKitRules.ofView(release)).isEmpty();
    assertThat(BlockKitRules.ofView(evidence)).isEmpty();
    assertThat(release.toString() + evidence).doesNotContain("mrkdwn", "\"link\"", "\"url\"");
  }

  private static CardView withRecipients(List<Foreign> recipients) {
    CardView c = Samples.card("pending-high");
    return with(c.groups(), recipients, c.evidence());
  }

  private static CardView withEvidence(List<Group> evidence) {
    CardView c = Samples.card("pending-high");
    return with(c.groups(), c.recipients(), evidence);
  }

  private static CardView with(List<Group> groups, List<Foreign> recipients, List<Group> evidence) {
    CardView c = Samples.card("pending-high");
    return new CardView(
        c.kind(),
        c.state(),
        c.caseId(),
        c.rev(),
        c.title(),
        c.verdict(),
        c.lead(),
        groups,
        c.actions(),
        recipients,
        evidence,
        c.footer(),
        c.fallback());
  }
}
