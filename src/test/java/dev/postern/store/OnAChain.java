package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Ballot;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Stage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A desk with two groups of people: kim and noor are admins; lee, max and sue are bosses. */
abstract class OnAChain extends OnAWorld {
  static final Choice RELEASE = new Choice.ReleaseAll();
  static final Choice DISCARD = new Choice.Discard();
  static final Choice TO_BO = new Choice.ReleaseTo(List.of(World.address("bo@corp.example")));

  @BeforeEach
  void moreStaff() {
    people.and("lee", "bosses").and("max", "bosses").and("sue", "bosses");
  }

  final Stage stage(CaseId id) {
    return world.find(id).stage().orElseThrow();
  }

  final Optional<Ballot> ballot(CaseId id, String person) {
    return world.desk.ballot(id, people.named(person).getFirst());
  }

  final void timeUp(CaseId id) {
    Stage stage = world.find(id).openStage().orElseThrow();
    world.now = stage.closes();
    assertThat(world.desk.timeUp(stage.id())).isEmpty();
  }

  final List<String> whats(CaseId id) {
    return world.records.history(id).stream().map(HistoryLine::what).toList();
  }

  final List<CardPlace> places(CaseId id) {
    return world.records.cards(id).stream().map(card -> card.place()).toList();
  }
}
