package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfiguredPeopleTest {
  private final ConfiguredPeople people =
      new ConfiguredPeople(
          List.of(
              entry("kim", "", "U1", "admins"),
              entry("alex", "T2", "U2", "admins", "finance"),
              new PersonEntry(
                  "sam",
                  "Sam",
                  Optional.empty(),
                  "",
                  Optional.empty(),
                  Set.of(),
                  Optional.empty())),
          () -> Optional.of("T9"));

  @Test
  void P6_aSlackAccountWithoutAWorkspaceBelongsToOurs() {
    assertThat(people.person(new Identity("slack", "T9", "U1"))).map(Person::id).contains("kim");
    assertThat(people.person(new Identity("slack", "T3", "U1"))).isEmpty();
  }

  @Test
  void aPersonIsFoundByEachAccount() {
    assertThat(people.person(Identity.ofPostern("kim"))).map(Person::id).contains("kim");
    assertThat(people.person(new Identity("slack", "T9", "U1"))).map(Person::id).contains("kim");
    assertThat(people.person(new Identity("slack", "T2", "U2"))).map(Person::id).contains("alex");
  }

  @Test
  void P6_strangersAreNobody() {
    assertThat(people.person(new Identity("slack", "T9", "U2"))).isEmpty();
    assertThat(people.person(new Identity("slack", "", "U2"))).isEmpty();
    assertThat(people.person(new Identity("slack", "T2", "kim"))).isEmpty();
    assertThat(people.person(new Identity("slack", "T2", ""))).isEmpty();
    assertThat(people.person(new Identity("teams", "", "kim"))).isEmpty();
    assertThat(people.person(new Identity("postern", "T2", "kim"))).isEmpty();
    assertThat(people.person(Identity.ofPostern(""))).isEmpty();
  }

  @Test
  void approversAreNamedByIdOrGroup() {
    assertThat(people.named("kim")).extracting(Person::id).containsExactly("kim");
    assertThat(people.named("group:admins")).extracting(Person::id).containsExactly("kim", "alex");
    assertThat(people.named("group:finance")).extracting(Person::id).containsExactly("alex");
    assertThat(people.named("admins")).isEmpty();
    assertThat(people.named("group:")).isEmpty();
  }

  @Test
  void aChainThatNobodyCanCarryIsFound() throws PolicyProblem {
    Policy policy =
        Policy.parse(
            """
            chains:
              a: {name: A, approvers: [kim, group:admins], quorum: 2, window: 1h}
              b: {name: B, approvers: [kim, "group:nobody"], quorum: 2, window: 1h}
            rules: []
            otherwise: a
            """,
            "p.yaml");

    assertThat(PolicyInForce.unmanned(policy, people))
        .containsExactly(
            "chain b needs 2 of kim, group:nobody, and people has 1: add people.<id>.groups or"
                + " approvers");
  }

  private static PersonEntry entry(String id, String team, String user, String... groups) {
    return new PersonEntry(
        id, id, Optional.empty(), team, Optional.of(user), Set.of(groups), Optional.empty());
  }
}
