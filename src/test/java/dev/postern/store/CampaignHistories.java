package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Identity;
import dev.postern.approval.Together;
import dev.postern.approval.Vote;
import dev.postern.evidence.Digest;
import dev.postern.policy.GrantLaw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One random history of messages of two kinds: they come, are voted on with new and old buttons,
 * taken out, lost by the mail system, while wake-ups are lost, doubled and early. The model knows
 * of each digest which messages it stood for when it was on a card.
 */
final class CampaignHistories {
  private static final Pattern VOTED = Pattern.compile("digest=([0-9a-f]{64})");
  private static final List<String> PEOPLE = List.of("kim", "noor", "anna");

  private final OnACampaign on;
  private final Random random;
  private final Map<String, Set<CaseId>> stoodFor = new HashMap<>();
  private final List<String> buttons = new ArrayList<>();
  private final Set<CaseId> goneUndecided = new HashSet<>();
  private final Set<CaseId> changed = new HashSet<>();
  private int came;

  CampaignHistories(OnACampaign on, long seed) {
    this.on = on;
    this.random = new Random(seed);
  }

  void play(int steps) {
    on.world.law = new GrantLaw("", Duration.ofHours(1), 100, true);
    on.table.careless(true);
    for (int i = 0; i < steps; i++) {
      step();
      note();
    }
    on.table.careless(false);
    for (int i = 0; i < 6; i++) {
      on.world.now = on.world.now.plus(Duration.ofMinutes(2));
      on.table.callTheRoll(on.world.now);
      on.run();
      note();
    }
    check();
  }

  private void step() {
    switch (random.nextInt(24)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> arrive();
      case 9, 10, 11, 12 -> vote();
      case 13, 14 -> apart();
      case 15 -> gone();
      case 16 -> back();
      case 17 -> another();
      case 18 -> {
        on.world.now = on.world.now.plus(Duration.ofMinutes(random.nextInt(300)));
        on.run();
      }
      default -> {
        on.world.now = on.world.now.plusSeconds(random.nextInt(40));
        on.run();
      }
    }
  }

  private void arrive() {
    int n = came++;
    // Now and then somebody who may decide gets one, too.
    String to = random.nextInt(8) == 0 ? PEOPLE.get(random.nextInt(3)) : "u" + n;
    String text = random.nextInt(3) == 0 ? "Rare" : "Hello";
    on.world.desk.judge(on.message("m" + n, text, to + "@corp.example"));
  }

  private void vote() {
    String button =
        random.nextInt(4) == 0 && !buttons.isEmpty()
            ? buttons.get(random.nextInt(buttons.size()))
            : newest();
    if (!button.isEmpty()) {
      Choice held = random.nextInt(3) == 0 ? new Choice.Discard() : OnACampaign.RELEASE;
      // Where a card asks about one alone, such a vote is refused.
      Choice choice = random.nextInt(3) == 0 ? held : held.withLater();
      String who = PEOPLE.get(random.nextInt(3));
      on.world.desk.click(on.world.click(who, button, choice));
    }
  }

  private String newest() {
    List<CaseFile> asked = on.cases().stream().filter(CaseFile::asking).toList();
    return asked.isEmpty()
        ? ""
        : on.world.token(asked.get(random.nextInt(asked.size())).id(), CardPlace.WEB);
  }

  private void apart() {
    any()
        .ifPresent(
            it ->
                on.world.campaigns.apart(
                    it.id(), Identity.ofPostern(PEOPLE.get(random.nextInt(3)))));
  }

  private void gone() {
    any()
        .ifPresent(
            it -> {
              on.world.desk.gone(it.hold());
              if (on.world.find(it.id()).state() == CaseState.WITHDRAWN) {
                goneUndecided.add(it.id());
              }
            });
  }

  private void back() {
    any()
        .filter(it -> it.state() == CaseState.WITHDRAWN)
        .ifPresent(
            it -> {
              on.back(it.id());
              goneUndecided.remove(it.id());
            });
  }

  /** The evidence of one is found to be another: what was voted on before is not this. */
  private void another() {
    any()
        .filter(it -> it.state() == CaseState.ASKING && !it.asking())
        .ifPresent(
            it -> {
              Digest digest = Digest.of("another " + came + it.id());
              on.world.records.change(
                  it.id(),
                  (tx, now) -> {
                    tx.keepEvidence(
                        now.evidence().orElseThrow(), digest, now.context().orElseThrow());
                    return null;
                  });
              changed.add(it.id());
            });
  }

  private Optional<CaseFile> any() {
    List<CaseFile> all = on.cases();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  /** What each button that is on a card now stands for. */
  private void note() {
    for (CaseFile it : on.cases()) {
      if (it.asking()) {
        on.world
            .records
            .tokenAt(it.id(), CardPlace.WEB)
            .ifPresent(
                token -> {
                  buttons.add(on.world.tokens.seal(token.id()));
                  stoodFor.computeIfAbsent(
                      token.digest().hex(), _ -> covered(it, token.digest().hex()));
                });
      }
    }
  }

  private Set<CaseId> covered(CaseFile leader, String digest) {
    return on.world
        .records
        .backstory(leader.id())
        .together()
        .filter(t -> t.campaign().set().filter(d -> d.hex().equals(digest)).isPresent())
        .map(t -> t.set().stream().map(Together.Kin::id).collect(Collectors.toSet()))
        .orElse(Set.of(leader.id()));
  }

  private void check() {
    for (CaseFile it : on.cases()) {
      List<HistoryLine> log = on.world.records.history(it.id());
      long told = log.stream().filter(line -> line.what().equals("effect.intended")).count();
      assertThat(told).as("told once at most: %s", it.id()).isLessThanOrEqualTo(1);
      if (told == 1) {
        assertThat(it.decision()).as("no effect without a decision").isPresent();
        assertThat(goneUndecided).as("gone before the decision").doesNotContain(it.id());
        covered(it, log);
      }
      assertThat(it.state()).as("decided is told in the end").isNotEqualTo(CaseState.DECIDED);
      later(it, log);
    }
    assertThat(on.stranded()).as("asked about by nobody").isEmpty();
  }

  /** What was said of later ones is seen to once, and only where all said it who decided. */
  private static void later(CaseFile it, List<HistoryLine> log) {
    List<Vote> votes =
        it.votes().stream()
            .filter(
                vote ->
                    it.decision().filter(d -> d.choice().equals(vote.choice().alone())).isPresent())
            .toList();
    boolean all = !votes.isEmpty() && votes.stream().allMatch(vote -> vote.choice().later());
    long seenTo = count(log, "campaign.later");
    assertThat(seenTo).as("later ones: %s", it.id()).isLessThanOrEqualTo(all ? 1 : 0);
    assertThat(count(log, "grant.begun")).isLessThanOrEqualTo(seenTo);
    if (all && count(log, "campaign.decided") == 1) {
      assertThat(seenTo).as("later ones forgotten: %s", it.id()).isEqualTo(1);
    }
  }

  private static long count(List<HistoryLine> log, String what) {
    return log.stream().filter(line -> line.what().equals(what)).count();
  }

  /** A member that changed was asked about again before anybody decided on it. */
  private static boolean askedAnew(List<HistoryLine> log) {
    return log.stream().anyMatch(line -> line.what().equals("campaign.left"));
  }

  /** Each vote that carried it was on a card that listed this message. */
  private void covered(CaseFile it, List<HistoryLine> log) {
    Decision decision = it.decision().orElseThrow();
    if (decision.by() != Decision.By.PEOPLE) {
      return;
    }
    CaseId leader =
        log.stream()
            .filter(line -> line.what().equals("case.decided") && line.detail().contains("with="))
            .map(line -> new CaseId(line.detail().substring(line.detail().indexOf("with=") + 5)))
            .findFirst()
            .orElse(it.id());
    if (changed.contains(it.id())) {
      assertThat(askedAnew(log)).as("asked about anew after it changed: %s", it.id()).isTrue();
    }
    List<String> digests =
        on.world.records.history(leader).stream()
            .filter(line -> line.what().equals("vote.cast") || line.what().equals("vote.changed"))
            .filter(line -> line.detail().startsWith("choice=" + decision.choice().word()))
            .map(line -> VOTED.matcher(line.detail()))
            .filter(Matcher::find)
            .map(m -> m.group(1))
            .toList();
    assertThat(digests).as("votes on %s", leader).isNotEmpty();
    for (String digest : digests) {
      assertThat(stoodFor.getOrDefault(digest, Set.of()))
          .as("what the vote on %s covered", leader)
          .contains(it.id());
    }
    String to = it.envelope().recipients().getFirst().localPart();
    assertThat(decision.because()).as("on one's own mail").doesNotContain("The " + to);
  }
}
