package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.policy.PolicyEdit;
import dev.postern.policy.Precedents;
import dev.postern.policy.Suggestion;
import dev.postern.policy.SuggestionTrial;
import dev.postern.policy.Suggestions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern policy suggest}. */
@Command(
    name = "suggest",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Proposes rules for what people always decide alike (docs/policy.md).",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Looks in the cases of the last days for mail that people decided in the same way, and shows"
          + " the rule that would have done so, with its figures and the cases against it. A rule"
          + " is proposed when at least two people decided, on two days, and their agreement is"
          + " sure to be 70 %% at least (Wilson, 95 %%). Nothing changes, unless --adopt writes one"
          + " into the policy file as a rule in shadow.",
      "",
      "A running Postern gives the cases to members of the group admins; where none runs, and on"
          + " PostgreSQL, the store that the settings name is read.",
      "",
      "Exits with 0 when all was read, 1 when the policy has mistakes or you may not, 2 for wrong"
          + " usage, 3 when the cases cannot be read."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  postern policy suggest", "  postern policy suggest --days 30 --adopt 1"})
final class PolicySuggestCommand implements Callable<Integer> {
  private static final int FEWEST = 3;
  private static final int MOST = 1_000_000;

  private final Terminal terminal;
  private final InstantSource clock;
  @Mixin private Connection connection = new Connection();
  @Mixin private LookBack lookBack = new LookBack();

  @Option(
      names = "--least",
      paramLabel = "N",
      description = "Cases that people must have decided, 3 or more. Default: ${DEFAULT-VALUE}.")
  private int least = Suggestion.Terms.USUAL.least();

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file; otherwise the one that the settings name.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--adopt",
      paramLabel = "NUMBER",
      description = "Write this one into the policy file, as a rule in shadow.")
  private Optional<Integer> adopt = Optional.empty();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicySuggestCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws CommandFailure {
    int days = lookBack.days();
    if (least < FEWEST || least > MOST) {
      throw CommandFailure.usage("--least must be from " + FEWEST + " to " + MOST);
    }
    Settings settings = CommandLineTool.settings(terminal, connection.file(), Mode.TRY);
    Optional<Path> path = file.or(settings::policyFile);
    Optional<PolicyFileChange> change =
        path.isPresent() || adopt.isPresent()
            ? Optional.of(PolicyFileChange.of(terminal, path))
            : Optional.empty();
    PolicyEdit policy = change.map(PolicyFileChange::policy).orElseGet(PolicyEdit::builtIn);
    Suggestion.Terms terms = Suggestion.Terms.USUAL.least(least);
    List<Suggestion> all = suggestions(settings, policy, terms, days);
    if (adopt.isPresent()) {
      adopted(change.orElseThrow(), all, terms, adopt.get());
    } else {
      SuggestionText text = new SuggestionText(terms, days);
      terminal.out().println(json ? text.document(policy.policy(), all) : text.text(all));
    }
    return Exit.OK;
  }

  private List<Suggestion> suggestions(
      Settings settings, PolicyEdit policy, Suggestion.Terms terms, int days)
      throws CommandFailure {
    Suggestions first = new Suggestions(policy, terms, clock.instant());
    give(settings, policy, days, first);
    SuggestionTrial second = first.trial();
    give(settings, policy, days, second);
    return second.done();
  }

  private void give(Settings settings, PolicyEdit policy, int days, Precedents.Taker taker)
      throws CommandFailure {
    try (PastCases cases = PastCases.open(terminal, connection, settings, clock)) {
      cases.give(terminal, days, policy.policy().version(), taker);
    }
  }

  /** Numbers are those of the list that was shown; the same cases come to the same list. */
  private void adopted(
      PolicyFileChange change, List<Suggestion> all, Suggestion.Terms terms, int number)
      throws CommandFailure {
    if (number < 1 || number > all.size()) {
      throw CommandFailure.no(
          all.isEmpty()
              ? "there is nothing to adopt: no rule is proposed"
              : "--adopt must be from 1 to " + all.size());
    }
    Suggestion it = all.get(number - 1);
    Optional<String> missing = it.missing(terms);
    if (missing.isPresent()) {
      throw CommandFailure.no("rule " + it.name() + " is not proposed yet: " + missing.get());
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Proposed on "
            + SuggestionText.day(clock.instant())
            + ": "
            + SuggestionText.figures(it)
            + ".");
    lines.addAll(it.lines());
    change.edit(policy -> policy.insert(lines, it.above()));
    List<PolicyTestRun> failed = change.failedTests();
    if (!failed.isEmpty()) {
      throw CommandFailure.no(PolicyTestReport.text(failed) + "\nNothing was changed.");
    }
    change.write();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("ok", true);
      answer.put("rule", it.name());
      answer.put("file", change.changed().file());
      answer.put("version", change.changed().policy().version());
      answer.put("diff", change.diff());
      terminal.out().println(Json.writeAscii(answer));
    } else {
      terminal.out().println(String.join("\n", change.diff()));
      terminal
          .out()
          .println(
              "\nRule %s is in shadow from now on: it decides nothing. What it would do says \"postern policy shadow\"."
                  .formatted(it.name()));
    }
  }
}
