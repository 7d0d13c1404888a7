package dev.postern.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.card.ManyCases;
import dev.postern.card.SampleCases;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static final CaseFile ASKING = SampleCases.spoofed().build();

  private final Reading reading = new Reading(new ManyCases(), (_, _) -> Optional.empty());

  @Test
  void whatAsksIsReadByThoseWhomItAsksAndByAdmins() {
    CaseFile kims = CaseMentions.askingOnly(ASKING, "kim");

    assertThat(reading.mayRead(person("kim"), kims)).isTrue();
    assertThat(reading.mayRead(person("noor", Reading.ADMINS), kims)).isTrue();
    assertThat(reading.mayRead(person("lee", "oncall"), kims)).isFalse();
    assertThat(reading.mayRead(person("anna"), kims)).isFalse();
  }

  /** Whoever is in the settings only to be asked as a witness must not search others' mail. */
  @Test
  void whatThePolicySettledIsReadByPeopleOfGroupsAlone() {
    CaseFile settled = CaseMentions.unasked(ASKING);

    assertThat(reading.mayRead(person("noor", Reading.ADMINS), settled)).isTrue();
    assertThat(reading.mayRead(person("lee", "oncall"), settled)).isTrue();
    assertThat(reading.mayRead(person("anna"), settled)).isFalse();
  }

  /** A message that another card asks about has no stage of its own. */
  @Test
  void whatAnothersCardAsksAboutIsReadByThoseWhoMayReadThatOne() {
    CaseFile leader = CaseMentions.askingOnly(ASKING, "kim");
    CaseFile member = CaseMentions.unasked(ASKING);
    Reading together =
        new Reading(
            new ManyCases() {
              @Override
              public Optional<CaseId> leaderOf(CaseId id) {
                return Optional.of(leader.id());
              }

              @Override
              public Optional<CaseFile> find(CaseId id) {
                return Optional.of(leader);
              }
            },
            (_, _) -> Optional.empty());

    assertThat(together.mayRead(person("kim"), member)).isTrue();
    assertThat(together.mayRead(person("lee", "oncall"), member)).isFalse();
  }

  private static Person person(String id, String... groups) {
    return new Person(id, id, Optional.empty(), Optional.empty(), Set.of(groups));
  }
}
