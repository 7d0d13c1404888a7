package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Person;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Agreement;
import dev.postern.policy.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The private answer to who asks which rules people have earned. */
class SuggestionWriterTest {
  private static final Suggestion BAKERY =
      new Suggestion(
          "release from bakery.example",
          "release",
          "not proved",
          List.of("- name: release from bakery.example"),
          new Suggestion.Merits(
              new Agreement(19, 1),
              0,
              List.of("PN-7F3K-2QXD"),
              new Suggestion.Saved(20, Duration.ofHours(9)),
              new Suggestion.Spread(4, 2, 3)));

  private static Person of(String... groups) {
    return new Person(
        "kim", "Kim", EmailAddress.parse("kim@corp.example"), Optional.empty(), Set.of(groups));
  }

  @Test
  void administratorsSeeFiguresAndHowToAdopt_andForeignValuesAreMadeHarmless() {
    CardView card = SuggestionWriter.of(of("admins"), () -> List.of(BAKERY));

    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
    assertThat(card.title()).isEqualTo("Rules that people have earned");
    String lines = card.groups().getFirst().lines().toString();
    assertThat(lines)
        .contains("People decided so 19 of 20 times, at least 76 %; it saves 20 votes.")
        .contains("Decided the other way: PN-7F3K-2QXD")
        .contains("bakery[.]example")
        .doesNotContain("bakery.example");
    assertThat(card.lead().toString()).contains("postern policy suggest --adopt NUMBER");
  }

  @Test
  void othersSeeNothing_andNoCaseIsLookedAtForThem() {
    CardView card =
        SuggestionWriter.of(
            of("finance"),
            () -> {
              throw new AssertionError("looked");
            });

    assertThat(card.title()).isEqualTo("Not for you");
    assertThat(SuggestionWriter.of(of("admins"), List::of).title()).isEqualTo("Nothing to propose");
  }
}
