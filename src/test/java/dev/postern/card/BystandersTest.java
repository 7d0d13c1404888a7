package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.aCase;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.AStage;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.People;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.policy.StagePlan.ReasonRule;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What those see of a card who are not asked. */
class BystandersTest {
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";

  private final People people = new People();

  private CardView asking(int approvers) {
    List<String> ids = IntStream.range(0, approvers).mapToObj(i -> "p" + i).toList();
    ids.forEach(people::and);
    Stage stage =
        new AStage(1, "Mail", ids, 1, ReasonRule.NEVER, HELD, HELD.plus(Duration.ofHours(4)))
            .in(Stage.State.OPEN);
    CaseFile file = aCase().at(stage).build();
    CardRow row =
        new CardRow(
            "c1",
            file.id(),
            new CardPlace("teams", "19:mail@thread.tacv2"),
            Optional.empty(),
            Optional.empty(),
            1,
            0);
    CardView card = new CardWriter(people).write(file, row, Optional.of(TOKEN), HELD);
    assertThat(card.decides()).isTrue();
    return new Bystanders(people).of(card, stage);
  }

  private static String said(CardView card) {
    Group last = card.groups().getLast();
    List<Run> runs = new ArrayList<>(last.rows().getFirst().value());
    last.lines().forEach(runs::addAll);
    StringBuilder text = new StringBuilder(last.rows().getFirst().label()).append(": ");
    for (Run run : runs) {
      text.append(
          switch (run) {
            case Run.Own own -> own.text();
            case Run.Person person -> person.name().text();
            case Foreign foreign -> foreign.text();
            case Run.Time time -> time.at().toString();
          });
    }
    return text.toString();
  }

  @Test
  void theySeeTheFactsAndWhoIsAskedAndNoButtonAtAll() {
    CardView card = asking(2);

    assertThat(card.decides()).isFalse();
    assertThat(card.actions()).isEmpty();
    assertThat(card.overflow()).isEmpty();
    assertThat(card.recipients()).isEmpty();
    assertThat(CardViewJson.text(card)).doesNotContain(TOKEN).contains("Who decides");
    assertThat(said(card))
        .isEqualTo(
            "Asked: The p0 and The p1You are not asked, so that this card has no buttons for you.");
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
  }

  @Test
  void ofManyTheFirstTenAreNamed() {
    assertThat(said(asking(13)))
        .startsWith("Asked: The p0, The p1, ")
        .contains("The p9 and 3 more");
    assertThat(said(asking(1))).startsWith("Asked: The p0You");
  }

  @Test
  void whatOnlyOpensSomethingStays() {
    CardView card = asking(1);
    CardView withLink =
        new CardView(
            card.kind(),
            card.state(),
            card.caseId(),
            card.rev(),
            card.title(),
            card.verdict(),
            card.lead(),
            card.groups(),
            List.of(CardView.CardAction.link("Open the first card", URI.create("https://x.test/"))),
            List.of(),
            List.of(),
            card.footer(),
            card.fallback());
    assertThat(withLink.withoutButtons(new Group("more", "", List.of())).actions()).hasSize(1);
  }
}
