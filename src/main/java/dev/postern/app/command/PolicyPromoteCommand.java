package dev.postern.app.command;

import static java.util.stream.Collectors.joining;

import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.policy.PolicyEdit.Terms;
import dev.postern.policy.ShadowReport;
import dev.postern.web.PrecedentApi;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern policy promote}. */
@Command(
    name = "promote",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Lets a rule in shadow decide (docs/policy.md).",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description = {
      "Takes \"shadow: true\" off one rule in the text of the policy file; remarks and layout stay."
          + " Before the file is replaced, the whole new policy and the tests beside it that name"
          + " it are checked, and what the rule did in shadow is looked up: in the store, or from"
          + " the running Postern, as an administrator. A running Postern puts the file in force"
          + " by itself.",
      "",
      "A rule that has recorded nothing, against which people decided, or under which tests fail"
          + " is only promoted with --anyway.",
      "",
      "Exits with 0 when it was promoted, 1 when not, 2 for wrong usage."
    },
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern policy promote partner --dry-run",
      "  postern policy promote partner --until 2027-03-31 --limit 50"
    })
final class PolicyPromoteCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final InstantSource clock;
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "RULE", description = "Its name.")
  private String rule = "";

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "The policy file; otherwise the one that the settings name.")
  private Optional<Path> policy = Optional.empty();

  @Option(names = "--until", paramLabel = "DATE", description = "Its last day, as 2027-03-31.")
  private Optional<String> until = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most so many automatic actions an hour, then people are asked.")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How far to look back, 1 to 3650. Default: ${DEFAULT-VALUE}.")
  private int days = 90;

  @Option(names = "--dry-run", description = "Show what would change, and change nothing.")
  private boolean dryRun;

  @Option(names = "--anyway", description = "Promote it whatever speaks against that.")
  private boolean anyway;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  PolicyPromoteCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  /** What speaks for it and against it. */
  private record Weighed(Optional<ShadowReport.Line> line, List<String> against) {}

  @Override
  public Integer call() throws CommandFailure {
    Terms terms = terms();
    Settings settings = CommandLineTool.settings(terminal, connection.file(), Mode.TRY);
    PolicyFileChange change = PolicyFileChange.of(terminal, policy.or(settings::policyFile));
    change.edit(it -> it.promote(rule, terms, clock.instant()));
    Weighed weighed = weighed(settings, change);
    boolean may = anyway || weighed.against().isEmpty();
    if (may && !dryRun) {
      change.write();
    }
    terminal.out().println(json ? document(change, weighed) : text(change, weighed));
    if (!may) {
      if (json) {
        return Exit.NO;
      }
      throw CommandFailure.no(
          String.join("\n", weighed.against())
              + "\nRule "
              + rule
              + " stays in shadow. Promote it with --anyway if you know better.");
    }
    return Exit.OK;
  }

  private Terms terms() throws CommandFailure {
    if (limit.filter(it -> it < 1 || it > 999_999).isPresent()) {
      throw CommandFailure.usage("--limit must be from 1 to 999999");
    }
    if (days < 1 || days > PrecedentApi.MOST_DAYS) {
      throw CommandFailure.usage("--days must be from 1 to " + PrecedentApi.MOST_DAYS);
    }
    try {
      return new Terms(
          until.map(LocalDate::parse), limit.map(OptionalInt::of).orElse(OptionalInt.empty()));
    } catch (DateTimeException noDate) {
      throw CommandFailure.usage("--until must be a date such as 2027-03-31");
    }
  }

  private Weighed weighed(Settings settings, PolicyFileChange change) throws CommandFailure {
    List<String> against = new ArrayList<>();
    Optional<ShadowReport.Line> line = Optional.empty();
    try {
      line = Optional.of(recorded(settings, change));
      against.addAll(against(line.get()));
    } catch (CommandFailure notReadable) {
      against.add("What it did in shadow is not known: " + notReadable.getMessage());
    }
    List<PolicyTestRun> failed = change.failedTests();
    if (!failed.isEmpty()) {
      against.add(PolicyTestReport.text(failed));
    }
    for (PolicyTestRun run : failed) {
      List<Integer> lines = run.expectingInShadow(rule);
      if (!lines.isEmpty()) {
        against.add(
            "%s expects it in shadow in line %s: say there what it decides, and promote it then"
                .formatted(run.file(), lines.stream().map(String::valueOf).collect(joining(", "))));
      }
    }
    return new Weighed(line, against);
  }

  private ShadowReport.Line recorded(Settings settings, PolicyFileChange change)
      throws CommandFailure {
    Progress progress = Progress.of(terminal);
    try (PastCases cases = PastCases.open(terminal, connection, settings, clock)) {
      ShadowReport report = new ShadowReport(change.before(), cases.shadows());
      cases.give(
          days,
          change.before().version(),
          opening -> {
            progress.begin(opening.cases());
            return progress.around(report);
          });
      return report.lines().stream()
          .filter(it -> it.rule().name().equals(rule))
          .findFirst()
          .orElseThrow();
    } finally {
      progress.end();
    }
  }

  private List<String> against(ShadowReport.Line line) {
    if (line.messages() == 0) {
      return List.of("It matched no mail of the last %d days.".formatted(days));
    }
    long against = line.agreement().against();
    return against == 0
        ? List.of()
        : List.of(
            "People decided the other way %s: %s"
                .formatted(
                    against == 1 ? "once" : against + " times",
                    String.join(", ", line.exceptions())));
  }

  private String text(PolicyFileChange change, Weighed weighed) {
    List<String> lines = new ArrayList<>(change.diff());
    lines.add("");
    weighed.line().map(it -> ShadowText.sentence(it, days)).ifPresent(lines::add);
    if (change.written()) {
      lines.add(
          "Rule %s decides from now on; policy version %s"
              .formatted(rule, change.changed().policy().version()));
    } else if (dryRun) {
      lines.add("Nothing was changed.");
    }
    return String.join("\n", lines);
  }

  private String document(PolicyFileChange change, Weighed weighed) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("ok", weighed.against().isEmpty());
    all.put("changed", change.written());
    all.put("rule", rule);
    all.put("file", change.changed().file());
    all.put("version", change.changed().policy().version());
    all.put("diff", change.diff());
    weighed.line().ifPresent(it -> all.put("shadow", ShadowText.json(it)));
    all.put("against", weighed.against());
    return Json.writeAscii(all);
  }
}
