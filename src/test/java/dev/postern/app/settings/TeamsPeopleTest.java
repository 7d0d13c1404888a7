package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.settings.Settings.PersonEntry;
import dev.postern.approval.Accounts;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.mail.EmailAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People by their accounts in Teams. */
class TeamsPeopleTest {
  private static final String OURS = "72f988bf-86f1-41af-91ab-2d7cd011db47";
  private static final String PARTNER = "0d1c2b3a-4958-4766-8574-839201a0b1c2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String ALEX = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";
  private static final String TEAM = "19:ops@thread.tacv2";

  private final ATeams teams = new ATeams();
  private final ConfiguredPeople people =
      new ConfiguredPeople(
          List.of(entry("kim", "", KIM), entry("alex", PARTNER, ALEX)),
          name -> name.equals("teams") ? teams : Accounts.NONE,
          ByEmail.NOTHING);

  private static PersonEntry entry(String id, String tenant, String account) {
    return new PersonEntry(
        id,
        id,
        Optional.empty(),
        "",
        Optional.empty(),
        tenant,
        Optional.of(account),
        Set.of(),
        Optional.empty());
  }

  private Optional<String> whoIs(String account) {
    return people.person(new Identity("teams", OURS, account)).map(Person::id);
  }

  @Test
  void P6_anAccountOfAnotherTenantCountsOnlyWhereTheSettingsNameItWithThat() {
    teams.says.put(KIM, new Membership.Outsider(PARTNER));
    teams.says.put(ALEX, new Membership.Outsider(PARTNER));
    assertThat(whoIs(KIM)).isEmpty();
    assertThat(people.bars(new Identity("teams", OURS, KIM))).contains(Refusal.STRANGER);
    assertThat(whoIs(ALEX)).contains("alex");
    assertThat(people.bars(new Identity("teams", OURS, ALEX))).isEmpty();

    teams.says.put(ALEX, new Membership.Outsider(KIM));
    assertThat(whoIs(ALEX)).as("a third tenant").isEmpty();
  }

  @Test
  void P6_anAccountThatIsNamedWithAnotherTenantIsNobodyOfOurs() {
    assertThat(whoIs(KIM)).contains("kim");
    assertThat(whoIs(ALEX)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "teams-group:19:ops@thread.tacv2",
        "entra-group:02BD9FD6-8f93-4758-87c3-1fb73740a315"
      })
  void P6_aGroupNamesThoseMembersThatAreSomebodyAndNoGuests(String group) {
    String id = group.startsWith("teams") ? TEAM : "02bd9fd6-8f93-4758-87c3-1fb73740a315";
    assertThat(people.hasRead(group)).isFalse();
    assertThat(people.named(group)).isEmpty();

    teams.groups.put(id, List.of(KIM, ALEX, OURS));
    assertThat(people.hasRead(group)).isTrue();
    assertThat(people.named(group)).extracting(Person::id).containsExactly("kim");

    teams.says.put(KIM, new Membership.Barred(Refusal.GUEST));
    assertThat(people.named(group)).isEmpty();
    people.refresh(group);
    assertThat(teams.asked).containsExactly(id);
  }

  /** Teams as the test wants it: everybody it was not told of is one of ours. */
  private static final class ATeams implements Accounts {
    final Map<String, Membership> says = new HashMap<>();
    final Map<String, List<String>> groups = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    @Override
    public Optional<String> home() {
      return Optional.of(OURS);
    }

    @Override
    public Optional<Duration> refresh(Identity who) {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> refresh(String group) {
      asked.add(group);
      return Optional.empty();
    }

    @Override
    public Optional<Duration> refresh(EmailAddress address) {
      return Optional.empty();
    }

    @Override
    public Optional<String> owner(EmailAddress address) {
      return Optional.empty();
    }

    @Override
    public Membership membership(Identity who) {
      return says.getOrDefault(who.user(), new Membership.Insider(Optional.empty()));
    }

    @Override
    public Optional<List<Member>> members(String group) {
      return Optional.ofNullable(groups.get(group))
          .map(
              users ->
                  users.stream()
                      .map(user -> new Identity("teams", OURS, user))
                      .map(who -> new Member(who, membership(who)))
                      .toList());
    }
  }
}
