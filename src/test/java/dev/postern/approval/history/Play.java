package dev.postern.approval.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseState;
import dev.postern.approval.Click;
import dev.postern.approval.Effect;
import dev.postern.approval.Identity;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.history.Model.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays a history against the desk and against the model, and compares them after each step. */
final class Play {
  private static final CardPlace GLASS = new CardPlace("web", "break-glass");

  private final Roster roster;
  private final Model model;
  private final Scene scene;
  private final Verdicts verdicts;

  /** Every button that was ever to be seen, oldest first. */
  private final Map<String, Objections.Button> buttons = new LinkedHashMap<>();

  private final List<Click> clicks = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  private Play(History history) {
    roster = new Roster(history.setting());
    model = new Model(history.setting(), roster, Scene.START);
    scene = new Scene(history, roster);
    verdicts = new Verdicts(model, scene);
    model.ask(CaseState.ASKING);
    look();
  }

  /** Plays all of it; throws where desk and model part. */
  static void of(History history) {
    Play play = new Play(history);
    for (int i = 0; i < history.steps().size(); i++) {
      Step step = history.steps().get(i);
      try {
        play.step(step);
        play.look();
      } catch (AssertionError | RuntimeException parted) {
        throw new AssertionError("at step " + (i + 1) + ": " + step, parted);
      }
    }
  }

  private void look() {
    verdicts.compare();
    note(CardPlace.WEB, model.open());
    note(Scene.SLACK, model.open());
    note(GLASS, model.glass());
  }

  private void note(CardPlace place, Optional<Asked> stage) {
    Optional<String> shown = scene.button(scene.id, place);
    assertThat(shown.isPresent()).as("button at %s", place).isEqualTo(stage.isPresent());
    shown.ifPresent(
        token ->
            buttons.computeIfAbsent(
                token,
                _ ->
                    new Objections.Button(
                        stage.orElseThrow(), model.evidence, place.equals(Scene.SLACK))));
  }

  private void step(Step step) {
    int told = scene.mail.calls;
    switch (step) {
      case Step.Clicks click -> click(click);
      case Step.Repeats again -> repeat(again);
      case Step.Waits wait -> pass(wait.time());
      case Step.TimeUp timer -> timeUp(timer);
      case Step.Moves move -> roster.move(move);
      case Step.Goes goes -> roster.strike(goes.who());
      case Step.Examined _ -> {
        scene.examineAgain();
        model.evidence++;
      }
      case Step.Mails mails -> mail(mails);
    }
    if (!(step instanceof Step.Mails)) {
      assertThat(scene.mail.calls).as("told the mail system").isEqualTo(told);
    }
  }

  private void pass(Duration time) {
    scene.now = scene.now.plus(time);
    model.now = scene.now;
  }

  private void click(Step.Clicks click) {
    Optional<String> token = token(click);
    if (token.isEmpty()) {
      return;
    }
    Optional<Objections.Button> button = Optional.ofNullable(buttons.get(token.get()));
    Click delivered = delivered(click, token.get());
    Set<Refusal> objections =
        button.map(b -> Objections.to(b, click, model)).orElse(Set.of(Refusal.FORGED));
    Answer answer = scene.desk.click(delivered);
    clicks.add(delivered);
    answers.add(answer);
    if (click.button() == Step.Button.FOREIGN) {
      return;
    }
    if (answer instanceof Answer.Refused refused) {
      assertThat(objections).as("objections to what was refused").contains(refused.why());
      if (refused.why() == Refusal.LEFT) {
        model.checkReach(button.orElseThrow().stage());
      }
      return;
    }
    assertThat(objections).as("objections to what counted").isEmpty();
    Result expected = model.act(button.orElseThrow().stage(), click.who(), click.act());
    assertThat(result(answer)).isEqualTo(expected);
  }

  private static Result result(Answer answer) {
    return switch (answer) {
      case Answer.Counted(_, int missing) -> new Result.Counted(missing);
      case Answer.Decided(_, var choice) -> new Result.Decided(choice);
      case Answer.PassedOn(_, String next) -> new Result.PassedOn(next);
      case Answer.Noted _ -> new Result.Noted();
      case Answer.Looking _, Answer.Asked _, Answer.Heard _ ->
          throw new IllegalStateException("not played");
      case Answer.Refused refused -> throw new AssertionError(refused);
    };
  }

  private Optional<String> token(Step.Clicks click) {
    CardPlace place = click.slack() ? Scene.SLACK : CardPlace.WEB;
    return switch (click.button()) {
      case SHOWN -> scene.button(scene.id, place);
      case GLASS -> scene.button(scene.id, GLASS);
      case SEEN -> picked(List.copyOf(buttons.keySet()), click.pick());
      case FOREIGN -> scene.button(scene.hold("other"), place);
      case FORGED -> scene.button(scene.id, place).map(Play::forged);
    };
  }

  private static String forged(String token) {
    char last = token.charAt(token.length() - 1);
    return token.substring(0, token.length() - 1) + (last == 'A' ? 'B' : 'A');
  }

  private static <T> Optional<T> picked(List<T> of, int pick) {
    return of.isEmpty() ? Optional.empty() : Optional.of(of.get(pick % of.size()));
  }

  private Click delivered(Step.Clicks click, String token) {
    Identity who =
        click.slack()
            ? new Identity("slack", "T1", "U" + click.who())
            : Identity.ofPostern(click.who());
    return new Click(
        "event " + clicks.size(),
        click.slack() ? "slack" : "web",
        who,
        token,
        click.slack() ? (click.astray() ? "C-copied" : "C1") : "",
        click.act(),
        click.words() ? "because" : " ");
  }

  private void repeat(Step.Repeats again) {
    if (clicks.isEmpty()) {
      return;
    }
    int which = again.pick() % clicks.size();
    Click click = clicks.get(which);
    if (!again.altered()) {
      assertThat(scene.desk.click(click)).as("the answer again").isEqualTo(answers.get(which));
      return;
    }
    Click other =
        new Click(
            click.eventId(),
            click.surface(),
            click.who(),
            click.token(),
            click.place(),
            click.act(),
            click.reason() + " of course");
    Answer answer = scene.desk.click(other);
    assertThat(answer).isInstanceOf(Answer.Refused.class);
    assertThat(((Answer.Refused) answer).why()).isEqualTo(Refusal.FORGED);
  }

  private void timeUp(Step.TimeUp timer) {
    if (timer.punctual()) {
      model.open().ifPresent(stage -> pass(Duration.between(scene.now, stage.closes)));
    }
    List<Stage> stages = scene.records.stages(scene.id);
    Optional<Stage> stage =
        timer.punctual() ? scene.file().openStage() : picked(stages, timer.pick());
    stage.ifPresent(
        s -> {
          Optional<Asked> asked = verdicts.modelOf(s);
          boolean early = asked.filter(a -> a.open() && model.now.isBefore(a.closes)).isPresent();
          Optional<Duration> left = scene.desk.timeUp(s.id());
          assertThat(left.isPresent()).as("fired early").isEqualTo(early);
          asked.ifPresent(model::timeUp);
        });
  }

  private void mail(Step.Mails mails) {
    scene.mail.mood(mails.mood());
    scene.mail.decision = model.decisions;
    for (Effect effect : scene.records.effects(scene.id)) {
      boolean settled =
          effect.state() == Effect.State.DONE || effect.state() == Effect.State.FAILED;
      do {
        early(effect.id());
        int told = scene.mail.calls;
        boolean looks = settled || model.errand.filter(Errand::calls).isEmpty();
        boolean again = carriedOut(effect.id());
        assertThat(scene.mail.calls - told).isEqualTo(looks ? 0 : 1);
        settled = settled || model.tell(mails.mood());
        assertThat(again).as("comes back").isEqualTo(!settled);
      } while (!settled && mails.mood() == Step.Mood.BUSY_FOR_HOURS);
    }
  }

  /** A wake-up before its time does nothing but come back; then the time comes. */
  private void early(long id) {
    Effect effect =
        scene.records.effects(scene.id).stream()
            .filter(e -> e.id() == id)
            .findFirst()
            .orElseThrow();
    if (effect.state() == Effect.State.DUE && scene.now.isBefore(effect.due())) {
      int told = scene.mail.calls;
      Duration left = Duration.between(scene.now, effect.due());
      assertThat(scene.effects.carryOut(id)).as("woken early").contains(left);
      assertThat(scene.mail.calls).as("told early").isEqualTo(told);
      pass(left);
    }
  }

  /** Whether it is to be carried on later. */
  private boolean carriedOut(long effect) {
    try {
      return scene.effects.carryOut(effect).isPresent();
    } catch (MoodyMail.Died _) {
      return true;
    }
  }
}
