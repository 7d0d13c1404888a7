package dev.postern.web;

import dev.postern.approval.Reading;
import dev.postern.card.Cleaner;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import dev.postern.policy.PolicyProblem.Fault;
import dev.postern.policy.Replayed;
import dev.postern.policy.Suggestion;
import dev.postern.web.PolicyStudy.Surveyed;
import dev.postern.web.PolicyStudy.Trial;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy: what its rules do, which could be added, and what another one would have done. For
 * administrators, since it shows what became of everybody's mail. A draft is kept in memory until
 * the next one, and shown to whoever tried it.
 */
final class PolicyPage {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyPage.class);
  private static final int LONGEST_DRAFT = 256 * 1024;
  private static final int MOST_FAULTS = 30;
  private static final int USUAL_DAYS = 90;

  private final PolicyParts parts;
  private final PolicyStudy study;
  private final Navigation navigation;
  private final Pages pages;

  PolicyPage(PolicyParts parts, Navigation navigation, Pages pages, InstantSource clock) {
    this.parts = parts;
    this.study = new PolicyStudy(parts, clock);
    this.navigation = navigation;
    this.pages = pages;
  }

  void show(Context ctx, Reader reader) {
    if (allowed(ctx, reader)) {
      Optional<Trial> mine = mine(reader);
      PolicyScreen.Form form =
          new PolicyScreen.Form(
              mine.map(Trial::draft).orElse(""),
              mine.map(Trial::days).orElse(USUAL_DAYS),
              List.of(),
              "");
      show(ctx, 200, reader, form);
    }
  }

  private boolean allowed(Context ctx, Reader reader) {
    if (Reading.admin(reader.person())) {
      return true;
    }
    pages.problem(ctx, Problem.FORBIDDEN);
    return false;
  }

  private Optional<Trial> mine(Reader reader) {
    return study.trial().filter(it -> it.person().equals(reader.person().id()));
  }

  /** Begins to try what was pasted; a page of mistakes where it has some. */
  void begin(Context ctx, Reader reader) {
    if (!allowed(ctx, reader)) {
      return;
    }
    String draft = Optional.ofNullable(ctx.formParam("policy")).orElse("");
    int days = days(Optional.ofNullable(ctx.formParam("days")).orElse(""));
    if (draft.isBlank() || draft.length() > LONGEST_DRAFT) {
      String said =
          draft.isBlank()
              ? "Paste a whole policy first: chains and rules."
              : "That is larger than 256 KiB, which is more than a policy may be.";
      show(ctx, 422, reader, new PolicyScreen.Form("", days, List.of(), said));
      return;
    }
    try {
      Policy policy = Policy.parse(draft, "policy.yaml");
      if (study.begin(reader.person().id(), draft, policy, days)) {
        LOG.atInfo()
            .addKeyValue("person", reader.person().id())
            .addKeyValue("days", days)
            .log("a policy is tried on the cases of the past");
        ctx.status(303).header("Location", "/policy#result");
      } else {
        String said = "Another policy is being tried. Wait until that is done, or give it up.";
        show(ctx, 409, reader, new PolicyScreen.Form(draft, days, List.of(), said));
      }
    } catch (PolicyProblem problem) {
      List<Fault> faults = problem.faults().stream().limit(MOST_FAULTS).toList();
      show(ctx, 422, reader, new PolicyScreen.Form(draft, days, faults, ""));
    }
  }

  private static int days(String given) {
    return switch (given) {
      case "30", "365" -> Integer.parseInt(given);
      default -> USUAL_DAYS;
    };
  }

  void drop(Context ctx, Reader reader) {
    if (allowed(ctx, reader)) {
      study.drop();
      ctx.status(303).header("Location", "/policy");
    }
  }

  private void show(Context ctx, int status, Reader reader, PolicyScreen.Form form) {
    PolicyStudy.Survey survey = study.survey();
    PolicyScreen screen =
        new PolicyScreen(
            parts.name(),
            parts.inForce().get().version(),
            survey.look().result().map(PolicyPage::surveyed),
            survey.look().over()
                ? survey.look().trouble().orElse("")
                : "Counting: " + survey.look().percent() + " %.",
            form,
            study.trial().map(PolicyPage::trial),
            reader.formToken());
    Frame frame = pages.framed("Policy", navigation.at("policy", reader));
    pages.show(ctx, status, "policy.jte", Map.of("frame", frame, "screen", screen));
  }

  private static PolicyScreen.Survey surveyed(Surveyed it) {
    List<PolicyScreen.Proposal> all =
        IntStream.range(0, it.suggestions().size())
            .mapToObj(i -> proposal(i + 1, it.suggestions().get(i)))
            .toList();
    return new PolicyScreen.Survey(
        it.rules(),
        it.shadows(),
        all.stream().filter(p -> p.missing().isEmpty()).toList(),
        all.stream().filter(p -> !p.missing().isEmpty()).toList());
  }

  private static PolicyScreen.Proposal proposal(int number, Suggestion it) {
    return new PolicyScreen.Proposal(
        number,
        Piece.of(Cleaner.clean(it.name(), Cleaner.Kind.ID)),
        it,
        it.missing(Suggestion.Terms.USUAL).orElse(""));
  }

  private static PolicyScreen.Trial trial(Trial it) {
    boolean over = it.look().over();
    return new PolicyScreen.Trial(
        it.days(),
        over ? "" : "Replaying: " + it.look().percent() + " %.",
        it.look().trouble().orElse(""),
        it.look().result().map(PolicyPage::result));
  }

  private static PolicyScreen.Result result(Replayed it) {
    long grave =
        it.changed().turns().stream().mapToLong(turn -> turn.people().against(turn.after())).sum();
    return new PolicyScreen.Result(it, grave, WeekChart.of(it.weeks()));
  }
}
