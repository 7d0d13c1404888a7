package dev.postern.approval.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Ballot;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Effect;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Says whether desk and model agree, and whether what must always hold does. */
final class Verdicts {
  private final Model model;
  private final Scene scene;
  private CaseState before = CaseState.RECEIVED;
  private List<Stage> stagesBefore = List.of();
  private int linesBefore;
  private int looks;

  Verdicts(Model model, Scene scene) {
    this.model = model;
    this.scene = scene;
  }

  void compare() {
    CaseFile it = scene.file();
    assertThat(it.state()).as("state").isEqualTo(model.state);
    assertThat(it.decision().map(Decision::choice)).as("decision").isEqualTo(model.decision);
    assertThat(it.decision().map(Decision::by)).as("who decided").isEqualTo(model.by);
    assertThat(it.openStage().map(Stage::ordinal))
        .as("open stage")
        .isEqualTo(model.open().map(s -> s.ordinal));
    it.openStage().ifPresent(stage -> compare(stage, model.open().orElseThrow()));
    offered(it);
    effects();
    carried();
    written(it);
    before = it.state();
    stagesBefore = scene.records.stages(scene.id);
  }

  private void compare(Stage stage, Asked asked) {
    assertThat(stage.approvers())
        .as("approvers")
        .containsExactlyInAnyOrderElementsOf(asked.approvers);
    assertThat(stage.quorum()).as("quorum").isEqualTo(asked.quorum);
    assertThat(stage.closes()).as("closes").isEqualTo(asked.closes);
    Map<String, Choice> votes = new TreeMap<>();
    scene.records.votes(stage).forEach(vote -> votes.put(vote.personId(), vote.choice()));
    assertThat(votes).as("votes").isEqualTo(asked.votes);
  }

  /** The stage of the model for one of the desk's; empty for one that was passed over. */
  Optional<Asked> modelOf(Stage stage) {
    return model.asked.stream()
        .filter(asked -> asked.round == stage.place().round() && asked.ordinal == stage.ordinal())
        .findFirst();
  }

  private Choice agreed(Stage carried) {
    return modelOf(carried).flatMap(asked -> asked.carriedFor).orElseThrow();
  }

  /** Who is offered a ballot is who may vote; one person after the other is looked at. */
  private void offered(CaseFile it) {
    List<String> everybody = model.roster.everybody();
    if (!everybody.isEmpty()) {
      String who = everybody.get(++looks % everybody.size());
      Optional<Integer> offered =
          scene
              .desk
              .ballot(it.id(), model.roster.person(who))
              .map(Ballot::stage)
              .map(Stage::ordinal);
      Optional<Integer> due =
          model
              .open()
              .filter(s -> mayVote(s, who))
              .or(() -> model.glass().filter(s -> mayVote(s, who)))
              .map(s -> s.ordinal);
      assertThat(offered).as("stage that %s may vote in", who).isEqualTo(due);
    }
  }

  private boolean mayVote(Asked stage, String who) {
    return model.now.isBefore(stage.closes) && model.mayVote(stage, who);
  }

  private void effects() {
    List<Effect> effects = scene.records.effects(scene.id);
    assertThat(effects).as("one effect for each decision").hasSize(model.decisions);
    long underway =
        effects.stream()
            .filter(e -> e.state() == Effect.State.DUE || e.state() == Effect.State.CALLING)
            .count();
    assertThat(underway)
        .as("effects under way")
        .isEqualTo(model.state == CaseState.DECIDED ? 1 : 0);
  }

  /** Never fewer than the quorum, never the same person twice, all for the same thing. */
  private void carried() {
    List<Stage> stages = scene.records.stages(scene.id);
    for (Stage stage : stages) {
      if (stage.state() != Stage.State.CARRIED || stagesBefore.contains(stage)) {
        continue;
      }
      Choice choice = agreed(stage);
      List<Vote> agreed =
          scene.records.votes(stage).stream().filter(v -> v.choice().equals(choice)).toList();
      assertThat(agreed).extracting(Vote::personId).doesNotHaveDuplicates();
      int needed = choice instanceof Choice.Discard ? 1 : stage.quorum();
      assertThat(agreed).as("who agreed in " + stage.name()).hasSizeGreaterThanOrEqualTo(needed);
      assertThat(stage.approvers()).containsAll(agreed.stream().map(Vote::personId).toList());
      assertThat(agreed).extracting(Vote::digest).containsOnly(scene.file().digest().orElseThrow());
    }
    once(stages);
  }

  private void once(List<Stage> stages) {
    Set<String> filled = new HashSet<>();
    for (Stage stage : stages) {
      if (stage.state() == Stage.State.CARRIED && stage.place().round() == model.round) {
        Choice choice = agreed(stage);
        scene.records.votes(stage).stream()
            .filter(v -> v.choice().equals(choice))
            .forEach(v -> assertThat(filled.add(v.personId())).as(v.personId()).isTrue());
      }
    }
  }

  /** Every change of state stands in the log. */
  private void written(CaseFile it) {
    List<HistoryLine> log = scene.log();
    List<String> fresh =
        log.subList(linesBefore, log.size()).stream().map(HistoryLine::what).toList();
    linesBefore = log.size();
    if (it.state() != before) {
      assertThat(fresh).as("lines of " + it.state()).contains(line(it.state()));
    }
    if (!scene.records.stages(scene.id).equals(stagesBefore)) {
      assertThat(fresh).as("lines of changed stages").isNotEmpty();
    }
  }

  private static String line(CaseState state) {
    return switch (state) {
      case RECEIVED -> "case.received";
      case EXAMINED -> "case.examined";
      case ASKING -> "stage.opened";
      case DECIDED -> "case.decided";
      case DONE -> "effect.proved";
      case EXPIRED -> "case.expired";
      case FAILED -> "effect.failed";
      case WITHDRAWN -> "case.withdrawn";
    };
  }
}
