package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.Grant;
import dev.postern.approval.GrantBook;
import dev.postern.approval.Identity;
import dev.postern.approval.Judgement;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Wish;
import dev.postern.policy.GrantTerms.Kind;
import java.util.List;
import java.util.Optional;

/** A desk where people ask for exceptions from the rules. */
abstract class OnGrants extends OnProvenMail {
  private int effects;

  Person person(String id) {
    return people.person(Identity.ofPostern(id)).orElseThrow();
  }

  static Wish wish(Kind kind, String from) {
    return new Wish(
        kind,
        from,
        "",
        Optional.empty(),
        Optional.empty(),
        false,
        "a tender, due today",
        Optional.empty());
  }

  static Wish most(int most) {
    return new Wish(
        Kind.ALLOW,
        "evil.example",
        "",
        Optional.empty(),
        Optional.of(most),
        false,
        "at most " + most,
        Optional.empty());
  }

  Grant asked(Wish wish) {
    return ((Petitions.Asked) world.petitions.ask(person("kim"), wish)).grant();
  }

  Grant granted(Wish wish) {
    Grant grant = asked(wish);
    assertThat(world.release(grant.caseId(), "noor")).isInstanceOf(Answer.Decided.class);
    carryOut();
    return find(grant);
  }

  /** What was decided last is done. */
  void carryOut() {
    world.settle(++effects);
  }

  Grant find(Grant grant) {
    return book().find(grant.id()).orElseThrow();
  }

  GrantBook book() {
    return world.records.grants();
  }

  List<String> told(String what) {
    return world.story.stream().map(Story.Line::what).filter(what::equals).toList();
  }

  boolean passes(String message) {
    return world.desk.judge(world.message(message)) instanceof Judgement.Pass;
  }

  @Override
  dev.postern.evidence.Answer.Status otherwise() {
    return dev.postern.evidence.Answer.Status.NXDOMAIN;
  }
}
