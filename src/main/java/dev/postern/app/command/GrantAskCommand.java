package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern grant allow} and {@code postern grant block}. */
abstract sealed class GrantAskCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final InstantSource clock = InstantSource.system();
  @Mixin private Connection connection = new Connection();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FROM",
      description = "A mail address or a domain.")
  private String from = "";

  @Option(
      names = "--kind-of",
      paramLabel = "CASE",
      description =
          "In place of FROM: only messages of the same kind as that of this case, from its domain"
              + " with the same subject, text, links and files.")
  private String kindOf = "";

  @Option(
      names = "--for",
      paramLabel = "TO",
      description = "Only for this address or domain of yours; otherwise for everybody.")
  private String to = "";

  @ArgGroup(exclusive = true)
  private End end = new End();

  @Option(
      names = "--most",
      paramLabel = "N",
      description = "At most so many messages; otherwise 100.")
  private Optional<Integer> most = Optional.empty();

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why.")
  private String reason = "";

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  /** When it ends. */
  static final class End {
    @Option(
        names = "--hours",
        paramLabel = "N",
        description = "For so many hours; otherwise 24 to allow, 30 days to block.")
    private Optional<Integer> hours = Optional.empty();

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Until then: 2026-12-01T18:00:00+01:00.")
    private Optional<String> until = Optional.empty();
  }

  private GrantAskCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** {@code allow} or {@code block}. */
  abstract String kind();

  /** Whether DMARC is to matter. */
  abstract boolean unproved();

  @Override
  public Integer call() throws CommandFailure {
    if (from.isEmpty() == kindOf.isEmpty()) {
      throw CommandFailure.usage(
          "Whose mail? Name an address, a domain, or --kind-of and a case: one of these.");
    }
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("kind", kind());
    wish.put(from.isEmpty() ? "kindOf" : "from", from.isEmpty() ? kindOf : from);
    wish.put("to", to);
    end.hours.ifPresent(
        it -> wish.put("until", clock.instant().plus(Duration.ofHours(it)).toString()));
    end.until.ifPresent(it -> wish.put("until", it));
    most.ifPresent(it -> wish.put("most", it));
    wish.put("evenUnproved", unproved());
    wish.put("reason", reason);
    JsonNode answer = connection.open(terminal).askForGrant(wish);
    terminal.out().println(json ? Json.write(answer) : GrantText.asked(answer));
    return Exit.OK;
  }

  /** {@code postern grant allow}. */
  @Command(
      name = "allow",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description =
          "Asks that mail of a sender passes where a rule would ask about it: only while DMARC proves"
              + " it, unless you say otherwise, and never where a rule overrides grants.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExamples:%n",
      footer = {
        "  postern grant allow brightwater.example --hours 24 --reason \"tender, due today\"",
        "  postern grant allow --kind-of PN-7F3K-2QXD --most 40 --reason \"our own newsletter\""
      })
  static final class Allow extends GrantAskCommand {
    @Option(
        names = "--even-unproved",
        description = "Also what DMARC does not prove, and so whoever forges this sender.")
    private boolean unproved;

    Allow(Terminal terminal) {
      super(terminal);
    }

    @Override
    String kind() {
      return "allow";
    }

    @Override
    boolean unproved() {
      return unproved;
    }
  }

  /** {@code postern grant block}. */
  @Command(
      name = "block",
      mixinStandardHelpOptions = true,
      versionProvider = PosternCommand.Version.class,
      descriptionHeading = "%n",
      description =
          "Asks that mail of a sender is discarded, proved or not, unless a rule that releases it"
              + " overrides grants. Mail that waits for people already is not touched.",
      parameterListHeading = "%nParameters:%n",
      optionListHeading = "%nOptions:%n",
      footerHeading = "%nExample:%n",
      footer = "  postern grant block kim@bulkhost.example --reason \"account was taken over\"")
  static final class Block extends GrantAskCommand {
    Block(Terminal terminal) {
      super(terminal);
    }

    @Override
    String kind() {
      return "block";
    }

    @Override
    boolean unproved() {
      return false;
    }
  }
}
