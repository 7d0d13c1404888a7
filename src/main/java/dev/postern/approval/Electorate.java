package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import dev.postern.policy.GroupKind;
import dev.postern.policy.Rota;
import dev.postern.policy.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Who may vote on a stage: as the policy says, less those with a part in the case already. */
final class Electorate {
  private static final String ON_CALL = "oncall:";
  private static final String GROUP = "group:";

  private final Directory directory;
  private final Rules rules;

  Electorate(Directory directory, Rules rules) {
    this.directory = directory;
    this.rules = rules;
  }

  /** The person behind an account. */
  Optional<Person> person(Identity who) {
    return directory.person(who);
  }

  /** Whom to ask who has that mail address. */
  Optional<Witness> witness(EmailAddress address) {
    return directory.witness(address);
  }

  /** Learns whose mail address it is. Calls out: never within a transaction. */
  Optional<Duration> refresh(EmailAddress address) {
    return directory.refresh(address);
  }

  /** Why an account may not count, whoever it belongs to; empty when it may. */
  Optional<Refusal> bars(Identity who) {
    return directory.bars(who);
  }

  /** Learns who somebody is. Calls out: never within a transaction. */
  Optional<Duration> refresh(Identity who) {
    return directory.refresh(who);
  }

  /**
   * Learns what the judgement of a click needs: who it is, and whether the groups still have him by
   * which alone he is asked. Calls out: never within a transaction.
   *
   * @return how long to wait before the next try; empty when all is known that can be
   */
  Optional<Duration> refresh(Identity who, Stage stage) {
    Optional<Duration> untold = directory.refresh(who);
    Optional<Person> person = untold.isPresent() ? Optional.empty() : directory.person(who);
    if (person.isEmpty()) {
      return untold;
    }
    List<String> asked = stage.terms().asked();
    List<String> groups = asked.stream().filter(Electorate::isPlatforms).toList();
    List<String> others = asked.stream().filter(entry -> !isPlatforms(entry)).toList();
    return named(others, stage.opens()).containsKey(person.get().id())
        ? Optional.empty()
        : groups.stream().map(directory::refresh).flatMap(Optional::stream).findFirst();
  }

  private static boolean isPlatforms(String entry) {
    return GroupKind.of(entry).isPresent();
  }

  /** Learns whom those entries name of which nobody knows. Calls out: never in a transaction. */
  void learn(List<String> asked) {
    unread(asked).forEach(directory::refresh);
  }

  /** The entries of which nobody knows yet whom they name. */
  List<String> unread(List<String> asked) {
    return asked.stream().filter(entry -> !directory.hasRead(entry)).toList();
  }

  /**
   * Ids of those who may vote on a stage that opens now.
   *
   * @param asked as the policy says it
   * @param barred ids of people who had their say in other stages
   */
  List<String> eligible(List<String> asked, CaseFile it, Set<String> barred, Instant now) {
    Map<String, Person> named = named(asked, now);
    List<String> eligible = new ArrayList<>();
    for (Person person : named.values()) {
      if (!isBarred(person, asked, it) && !barred.contains(person.id())) {
        eligible.add(person.id());
      }
    }
    return eligible;
  }

  /**
   * People who may take the place of one of a stage: the policy trusts them with this chain.
   *
   * @param chain whom it names, at whatever stage
   */
  List<Person> substitutes(List<String> chain, Stage stage, CaseFile it, Instant now) {
    return named(chain, now).values().stream()
        .filter(person -> !stage.approvers().contains(person.id()))
        .filter(person -> !isBarred(person, stage.terms().asked(), it))
        .toList();
  }

  /** Why this person may not vote on this stage of this case; empty when he may. */
  Optional<Refusal> mayNot(Optional<Person> person, Stage stage, CaseFile it) {
    if (person.isEmpty()) {
      return Optional.of(Refusal.NOT_ALLOWED);
    }
    if (!stage.approvers().contains(person.get().id())) {
      return Optional.of(reason(person.get(), stage, it));
    }
    if (stillAsked(person.get().id(), stage)) {
      return Optional.empty();
    }
    return Optional.of(
        unread(stage.terms().asked()).isEmpty() ? Refusal.LEFT : Refusal.UNCONFIRMED);
  }

  private Refusal reason(Person person, Stage stage, CaseFile it) {
    if (!named(stage.terms().asked(), stage.opens()).containsKey(person.id())) {
      return Refusal.NOT_ALLOWED;
    }
    return isBarred(person, stage.terms().asked(), it)
        ? Refusal.OWN_MESSAGE
        : Refusal.ANOTHER_STAGE;
  }

  /** Whether the policy's words still mean this person, who may have left a group since. */
  private boolean stillAsked(String personId, Stage stage) {
    return named(stage.terms().asked(), stage.opens()).containsKey(personId);
  }

  /**
   * Whether so many can still vote that the quorum can be reached. Nobody has left a group that was
   * not read yet, as after a restart.
   */
  boolean canBeReached(Stage stage, List<Vote> votes) {
    Set<String> able = new HashSet<>();
    votes.forEach(vote -> able.add(vote.personId()));
    boolean told = unread(stage.terms().asked()).isEmpty();
    stage.approvers().stream().filter(id -> !told || stillAsked(id, stage)).forEach(able::add);
    return able.size() >= stage.quorum();
  }

  /** Whether the policy's words mean this person now. */
  boolean names(List<String> words, Person person, Instant now) {
    return named(words, now).containsKey(person.id());
  }

  private Map<String, Person> named(List<String> asked, Instant at) {
    Map<String, Person> people = new LinkedHashMap<>();
    for (String entry : asked) {
      for (String one : whoAre(entry, at)) {
        directory.named(one).forEach(person -> people.put(person.id(), person));
      }
    }
    return people;
  }

  /**
   * A rota stands for whoever is on call, and for nobody once it left the policy; a group of the
   * policy for its people, and any other for those whom the directory has in it.
   */
  private List<String> whoAre(String entry, Instant at) {
    if (entry.startsWith(ON_CALL)) {
      return rules.rota(entry.substring(ON_CALL.length())).map((Rota it) -> it.at(at)).stream()
          .toList();
    }
    return entry.startsWith(GROUP)
        ? rules.group(entry.substring(GROUP.length())).orElse(List.of(entry))
        : List.of(entry);
  }

  /** Whether one of these people sent or gets the message. */
  boolean anyParty(List<String> people, CaseFile it) {
    return people.stream()
        .flatMap(id -> directory.person(Identity.ofPostern(id)).stream())
        .anyMatch(person -> isParty(person, it));
  }

  /**
   * Whether a person has no say in a case of their own: a party of a message, unless the policy
   * names just this person, and whoever asks for something, unless the policy lets those.
   */
  private static boolean isBarred(Person person, List<String> asked, CaseFile it) {
    return it.petition()
        .map(petition -> !petition.mayDecide() && petition.owner().equals(person.id()))
        .orElseGet(() -> isParty(person, it) && !asked.contains(person.id()));
  }

  /**
   * How many of those that entries name may decide about what one of them asks for; empty where
   * nobody knows yet whom they name.
   */
  OptionalInt besides(List<String> asked, String personId, Instant now) {
    return unread(asked).isEmpty()
        ? OptionalInt.of(
            (int) named(asked, now).keySet().stream().filter(id -> !id.equals(personId)).count())
        : OptionalInt.empty();
  }

  private static boolean isParty(Person person, CaseFile it) {
    Optional<EmailAddress> email = person.email();
    if (email.isEmpty()) {
      return false;
    }
    String mine = email.get().toString();
    return it.envelope().recipients().stream().anyMatch(r -> r.toString().equalsIgnoreCase(mine))
        || it.envelope().mailFromText().equalsIgnoreCase(mine)
        || it.message().from().equalsIgnoreCase(mine);
  }
}
