package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.CardView;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.EarnedRules;
import dev.postern.card.Look;
import dev.postern.card.LookupParts;
import dev.postern.card.Lookups;
import dev.postern.card.Prompt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that are decided together, listed and taken out by buttons of a chat. */
final class H2CampaignInChatTest extends OnACampaign {
  @TempDir Path folder;

  @Override
  Store.Access database() {
    return Databases.h2(folder);
  }

  @Override
  Store.Access opened() {
    return Databases.h2(folder);
  }

  private CardView press(String token, Person who) {
    return lookups().look(Look.parse(token).orElseThrow(), who);
  }

  private Lookups lookups() {
    LookupParts parts =
        new LookupParts(
            new Reading(world.records, world.desk::ballot),
            domain -> {
              throw new AssertionError("nobody looks up " + domain);
            },
            world.brake,
            world.petitions,
            Map::of,
            EarnedRules.NONE,
            world.campaigns::apart);
    return new Lookups(world.records, people, parts, () -> world.now);
  }

  private Person person(String id) {
    return people.person(Identity.ofPostern(id)).orElseThrow();
  }

  private static String list(CaseId leader) {
    return new Look.Members(leader, Optional.empty()).token();
  }

  private static List<CardAction> buttons(CardView card) {
    return card.groups().stream().flatMap(group -> group.actions().stream()).toList();
  }

  private static List<String> labels(CardView card) {
    return card.groups().getFirst().rows().stream().map(CardView.Row::label).toList();
  }

  @Test
  void everyMessageOfTheSetIsReachedPageByPage() {
    List<CaseId> all = held(12);
    gathered();
    CardView page = press(list(all.getFirst()), person("kim"));
    assertThat(page.title()).isEqualTo("12 messages of one kind");
    assertThat(page.groups().toString()).contains("1 to 4 of 12", "u0@corp[.]example");
    List<String> seen = new ArrayList<>(labels(page));
    for (String place : List.of("5 to 8 of 12", "9 to 12 of 12")) {
      page = press(buttons(page).getLast().token(), person("kim"));
      assertThat(page.groups().getFirst().title()).isEqualTo(place);
      seen.addAll(labels(page));
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(all.stream().map(CaseId::text).toList());
    assertThat(buttons(page))
        .extracting(CardAction::id)
        .containsExactly("pn.apart0", "pn.apart1", "pn.apart2", "pn.apart3");
  }

  @Test
  void oneIsTakenOutAndAskedAboutOnItsOwnAndAgainChangesNothing() {
    List<CaseId> all = held(4);
    gathered();
    CardAction second =
        buttons(press(list(all.getFirst()), person("kim"))).stream()
            .filter(button -> button.label().equals("Take out " + all.get(1)))
            .findFirst()
            .orElseThrow();

    CardView after = press(second.token(), person("kim"));
    assertThat(after.lead().toString()).contains("Taken out. ");
    assertThat(after.title()).isEqualTo("3 messages of one kind");
    run();
    assertThat(world.find(all.get(1)).asking()).isTrue();
    press(second.token(), person("kim"));
    run();
    assertThat(together(all.getFirst()).size()).isEqualTo(3);
    assertThat(world.records.history(all.getFirst()))
        .filteredOn(line -> line.what().equals("campaign.apart"))
        .extracting(line -> line.actor() + " " + line.detail())
        .containsExactly("kim case=" + all.get(1));
  }

  @Test
  void whoMayNotDecideTakesNothingOutAndWhoMayNotReadSeesNothing() {
    List<CaseId> all = held(3);
    gathered();
    String token = new Look.Apart(all.get(1)).token();
    Person eve = new Person("eve", "Eve", Optional.empty(), Optional.empty(), Set.of("other"));

    CardView hidden = press(list(all.getFirst()), eve);
    assertThat(hidden.title()).isEqualTo("Alone");
    assertThat(press(token, eve).lead().toString()).contains("Not yours to read");
    Person admin =
        new Person("eve", "Eve", Optional.empty(), Optional.empty(), Set.of(Reading.ADMINS));
    assertThat(buttons(press(list(all.getFirst()), admin))).isEmpty();
    assertThat(press(token, admin).lead().toString()).doesNotContain("Taken out. ");
    assertThat(together(all.getFirst()).size()).isEqualTo(3);
  }

  @Test
  void whatWaitsSaysOfHowManyMessagesItIsTheCard() {
    held(4);
    held("odd", "Something else", "odd@corp.example");
    gathered();

    CardView mine = lookups().answer("mine", person("kim"), Prompt.SLACK);

    assertThat(mine.groups()).hasSize(2);
    assertThat(mine.groups().toString().split(", on 4 messages of one kind")).hasSize(2);
  }

  @Test
  void aCaseThatIsLookedUpLeadsToItsSetOrOutOfIt() {
    List<CaseId> all = held(3);
    gathered();
    Person kim = person("kim");

    assertThat(lookups().answer(all.getFirst().text(), kim, Prompt.SLACK).actions())
        .extracting(CardAction::token)
        .containsExactly(list(all.getFirst()));
    assertThat(lookups().answer(all.get(2).text(), kim, Prompt.SLACK).actions())
        .extracting(CardAction::label)
        .containsExactly("Take out " + all.get(2));
    CardView alone = press(new Look.Apart(all.getFirst()).token(), kim);
    assertThat(alone.title()).isEqualTo("Alone");
    run();
    assertThat(lookups().answer(all.getFirst().text(), kim, Prompt.SLACK).actions()).isEmpty();
  }
}
