package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.approval.Witness;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConfiguredPeopleTest {
  private final ASlack slack = new ASlack();
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
          () -> slack,
          ByEmail.NOTHING);

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

  @Test
  void groupsOfThePolicyCountAndTheirMistakesAreFound() throws PolicyProblem {
    Policy policy =
        Policy.parse(
            """
            groups: {ops: [kim, alex], admins: [kim], duty: [kimm]}
            chains:
              a: {name: A, approvers: ["group:ops"], quorum: 2, window: 1h}
            rules: []
            """,
            "p.yaml");

    assertThat(PolicyInForce.unmanned(policy, people))
        .containsExactly(
            "group admins stands in the policy and in people.<id>.groups: keep one of them",
            "group duty names kimm, and people has none");
  }

  @Test
  void P6_whomSlackDoesNotCallAMemberIsNobodyAndToldWhy() {
    Identity kim = new Identity("slack", "T9", "U1");
    assertThat(people.bars(kim)).isEmpty();

    slack.says.put("U1", new Membership.Barred(Refusal.GUEST));
    assertThat(people.person(kim)).isEmpty();
    assertThat(people.bars(kim)).contains(Refusal.GUEST);

    slack.says.put("U1", new Membership.Unknown());
    assertThat(people.person(kim)).isEmpty();
    assertThat(people.bars(kim)).contains(Refusal.UNCONFIRMED);
    assertThat(people.bars(Identity.ofPostern("kim"))).isEmpty();
  }

  @Test
  void P6_anAccountOfAnotherWorkspaceCountsOnlyWhereTheSettingsNameItWithThat() {
    Identity alex = new Identity("slack", "T2", "U2");
    Identity kim = new Identity("slack", "T9", "U1");
    slack.says.put("U2", new Membership.Outsider("T2"));
    slack.says.put("U1", new Membership.Outsider("T9"));

    assertThat(people.person(alex)).map(Person::id).contains("alex");
    assertThat(people.bars(alex)).isEmpty();
    assertThat(people.person(kim)).isEmpty();
    assertThat(people.bars(kim)).contains(Refusal.STRANGER);
  }

  @Test
  void P6_anAddressLinksOnlyWhereThatIsSwitchedOnAndTheWorkspaceVerifiedIt() {
    Identity sam = new Identity("slack", "T9", "U7");
    slack.says.put("U7", new Membership.Insider(EmailAddress.parse("SAM@corp.example")));
    assertThat(people.person(sam)).isEmpty();

    ConfiguredPeople linked = linkedByEmail();
    assertThat(linked.person(sam)).map(Person::id).contains("sam");

    slack.says.put("U7", new Membership.Insider(Optional.empty()));
    assertThat(linked.person(sam)).isEmpty();
    slack.says.put("U7", new Membership.Outsider("T9"));
    assertThat(linked.person(sam)).isEmpty();
  }

  @Test
  void P6_whoNamesAnAccountIsLinkedToNoOtherByTheAddress() {
    slack.says.put("U8", new Membership.Insider(EmailAddress.parse("kim@corp.example")));

    assertThat(linkedByEmail().person(new Identity("slack", "T9", "U8"))).isEmpty();
  }

  @Test
  void aUserGroupNamesThoseMembersThatAreSomebody() {
    assertThat(people.named("slack-group:S1")).isEmpty();
    assertThat(people.hasRead("slack-group:S1")).isFalse();
    assertThat(people.hasRead("group:admins")).isTrue();

    slack.says.put("U5", new Membership.Barred(Refusal.BOT));
    slack.groups.put("S1", List.of("U1", "U5", "U6", "UNOBODY"));

    assertThat(people.named("slack-group:S1")).extracting(Person::id).containsExactly("kim");
    assertThat(people.hasRead("slack-group:S1")).isTrue();
  }

  @Test
  void onlySlacksOwnEntriesAreAskedAbout() {
    people.refresh("group:admins");
    people.refresh(Identity.ofPostern("kim"));
    assertThat(slack.asked).isEmpty();

    people.refresh("slack-group:S1");
    people.refresh(new Identity("slack", "T9", "U1"));
    assertThat(slack.asked).containsExactly("S1", "U1");
  }

  @Test
  void whomTheSettingsNameIsAskedThereAndOthersByTheirVerifiedAddress() {
    slack.owners.put("sam@corp.example", "U7");
    slack.owners.put("kim@corp.example", "U8");
    slack.owners.put("zoe@corp.example", "U9");
    ConfiguredPeople byEmail = linkedByEmail();

    assertThat(witness(byEmail, "KIM@corp.example"))
        .contains(new Witness("kim", "kim", new CardPlace("slack", "U1")));
    assertThat(witness(byEmail, "sam@corp.example"))
        .contains(new Witness("sam", "sam", new CardPlace("slack", "U7")));
    assertThat(witness(byEmail, "zoe@corp.example"))
        .contains(new Witness("slack:U9", "U9", new CardPlace("slack", "U9")));
    assertThat(witness(byEmail, "bo@corp.example")).isEmpty();
  }

  @Test
  void whereAddressesAreNotToBeLookedUpNobodyIsFoundByOneAndSlackIsNotAsked() {
    slack.owners.put("zoe@corp.example", "U9");

    assertThat(witness(people, "zoe@corp.example")).isEmpty();
    people.refresh(EmailAddress.parse("zoe@corp.example").orElseThrow());
    assertThat(slack.asked).isEmpty();
  }

  private static Optional<Witness> witness(ConfiguredPeople people, String address) {
    return people.witness(EmailAddress.parse(address).orElseThrow());
  }

  private ConfiguredPeople linkedByEmail() {
    return new ConfiguredPeople(
        List.of(
            person("sam", Optional.empty(), "sam@corp.example"),
            person("kim", Optional.of("U1"), "kim@corp.example")),
        () -> slack,
        new ByEmail(true, true));
  }

  private static PersonEntry person(String id, Optional<String> user, String email) {
    return new PersonEntry(id, id, EmailAddress.parse(email), "", user, Set.of(), Optional.empty());
  }

  /** Slack as the test wants it: everybody it was not told of is a full member. */
  private static final class ASlack implements Accounts {
    final Map<String, Membership> says = new HashMap<>();
    final Map<String, List<String>> groups = new HashMap<>();
    final Map<String, String> owners = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    @Override
    public Optional<String> home() {
      return Optional.of("T9");
    }

    @Override
    public Optional<Duration> refresh(Identity who) {
      asked.add(who.user());
      return Optional.empty();
    }

    @Override
    public Optional<Duration> refresh(String group) {
      asked.add(group);
      return Optional.empty();
    }

    @Override
    public Optional<Duration> refresh(EmailAddress address) {
      asked.add(address.toString());
      return Optional.empty();
    }

    @Override
    public Optional<String> owner(EmailAddress address) {
      return Optional.ofNullable(owners.get(address.toString()));
    }

    @Override
    public Membership membership(Identity who) {
      return says.getOrDefault(who.user(), insiderOrOutsider(who));
    }

    private static Membership insiderOrOutsider(Identity who) {
      return who.tenant().equals("T9")
          ? new Membership.Insider(Optional.empty())
          : new Membership.Outsider(who.tenant());
    }

    @Override
    public Optional<List<Member>> members(String group) {
      return Optional.ofNullable(groups.get(group))
          .map(
              users ->
                  users.stream()
                      .map(user -> new Identity("slack", "T9", user))
                      .map(who -> new Member(who, membership(who)))
                      .toList());
    }
  }

  private static PersonEntry entry(String id, String team, String user, String... groups) {
    return new PersonEntry(
        id, id, Optional.empty(), team, Optional.of(user), Set.of(groups), Optional.empty());
  }
}
