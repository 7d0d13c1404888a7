package dev.postern.app.command;

import dev.postern.app.settings.Places;
import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.SettingsProblem;
import dev.postern.app.settings.SettingsReader;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program as its command line shows it. Answers go to standard output, complaints to standard
 * error in whole sentences, and a stack trace only for a defect of ours.
 */
public final class CommandLineTool {
  private final Terminal terminal;
  private final Starter starter;
  private final NameServers nameServers;

  /** Takes what commands need; does nothing yet. */
  public CommandLineTool(Terminal terminal, Starter starter, NameServers nameServers) {
    this.terminal = terminal;
    this.starter = starter;
    this.nameServers = nameServers;
  }

  /** Runs one command and returns the exit code. */
  public int run(String... arguments) {
    CommandLine line = new CommandLine(new PosternCommand());
    line.addSubcommand(new ServeCommand(terminal, starter));
    line.addSubcommand(new TryCommand(terminal, starter));
    line.addSubcommand(new EvaluateCommand(terminal, nameServers));
    line.addSubcommand(new CheckCommand(terminal, nameServers));
    line.addSubcommand(
        group(
            new DoctorCommand(),
            new DoctorSlackCommand(terminal, InstantSource.system()),
            new DoctorTeamsCommand(terminal, InstantSource.system()),
            new DoctorMailCommand(terminal)));
    line.addSubcommand(
        group(
            new CaseCommand(),
            new CaseListCommand(terminal),
            new CaseShowCommand(terminal),
            new CaseReleaseCommand(terminal),
            new CaseDiscardCommand(terminal),
            new CaseTakeOutCommand(terminal),
            new CaseActCommand.Withdraw(terminal),
            new CaseActCommand.StepAside(terminal),
            new CaseActCommand.HandOver(terminal)));
    line.addSubcommand(
        group(
            new GrantCommand(),
            new GrantAskCommand.Allow(terminal),
            new GrantAskCommand.Block(terminal),
            new GrantListCommand(terminal),
            new GrantOneCommand.Show(terminal),
            new GrantOneCommand.Revoke(terminal)));
    line.addSubcommand(new FreezeCommand.Freeze(terminal));
    line.addSubcommand(new FreezeCommand.Unfreeze(terminal));
    line.addSubcommand(
        group(
            new PolicyCommand(),
            new PolicyCheckCommand(terminal, InstantSource.system()),
            new PolicyTestCommand(terminal),
            new PolicyExplainCommand(terminal),
            new PolicySimulateCommand(terminal, InstantSource.system()),
            new PolicyPromoteCommand(terminal, InstantSource.system()),
            new PolicyShadowCommand(terminal, InstantSource.system()),
            new PolicySuggestCommand(terminal, InstantSource.system())));
    line.addSubcommand(group(new ConfigCommand(), new ConfigCheckCommand(terminal)));
    line.addSubcommand(
        group(
            new AuditCommand(),
            new AuditExportCommand(terminal),
            new AuditVerifyCommand(terminal),
            new AuditProveCommand(terminal)));
    line.addSubcommand(group(new TeamsCommand(), new TeamsPackageCommand(terminal)));
    line.addSubcommand(new BackupCommand(terminal));
    line.addSubcommand(new RestoreCommand(terminal));
    line.addSubcommand(
        group(
            new BenchCommand(),
            new BenchEvidenceCommand(terminal),
            new BenchClicksCommand(terminal)));
    return configured(line).execute(arguments);
  }

  private static CommandLine group(Object parent, Object... commands) {
    CommandLine group = new CommandLine(parent);
    Arrays.stream(commands).forEach(group::addSubcommand);
    return group;
  }

  private CommandLine configured(CommandLine line) {
    return line.setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
        .setUsageHelpWidth(96)
        .setUsageHelpLongOptionsMaxWidth(30)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::misused)
        .setExecutionExceptionHandler((failure, _, _) -> failed(failure));
  }

  private int misused(ParameterException misuse, String[] arguments) {
    terminal.err().println(misuse.getMessage());
    UnmatchedArgumentException.printSuggestions(misuse, writer(terminal.err()));
    String command = misuse.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("See \"" + command + " --help\".");
    return Exit.USAGE;
  }

  private int failed(Exception failure) {
    if (failure instanceof CommandFailure expected) {
      terminal.err().println(expected.getMessage());
      return expected.exitCode();
    }
    terminal.err().println("Postern met a defect of its own:");
    failure.printStackTrace(terminal.err());
    return Exit.UNAVAILABLE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** The settings, or every complaint about them as one failure. */
  static Settings settings(Terminal terminal, Optional<Path> file, Mode mode)
      throws CommandFailure {
    try {
      return SettingsReader.read(places(terminal, file), mode);
    } catch (SettingsProblem problem) {
      throw CommandFailure.usage(String.valueOf(problem.getMessage()));
    }
  }

  /** What a look at one message or domain needs; complaints about other settings can wait. */
  static Settings.Examination examination(Terminal terminal, Optional<Path> file)
      throws CommandFailure {
    try {
      return SettingsReader.examination(places(terminal, file));
    } catch (SettingsProblem problem) {
      throw CommandFailure.usage(String.valueOf(problem.getMessage()));
    }
  }

  /** What the log needs; complaints about other settings can wait. */
  static Settings.Keeping keeping(Terminal terminal, Optional<Path> file) throws CommandFailure {
    try {
      return SettingsReader.keeping(places(terminal, file));
    } catch (SettingsProblem problem) {
      throw CommandFailure.usage(String.valueOf(problem.getMessage()));
    }
  }

  static Places places(Terminal terminal, Optional<Path> file) {
    return Places.usual(terminal.workingFolder(), file, terminal.environment());
  }

  /** The policy, if the people of the settings can carry every chain of it. */
  static Policy policy(Settings settings) throws CommandFailure {
    try {
      return PolicyInForce.carried(settings);
    } catch (SettingsProblem problem) {
      throw CommandFailure.usage(String.valueOf(problem.getMessage()));
    }
  }

  /** The version that the build wrote down. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream file =
        CommandLineTool.class.getResourceAsStream("/dev/postern/version.properties")) {
      properties.load(Objects.requireNonNull(file, "version.properties"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return properties.getProperty("version", "unknown");
  }

  /** The policy of a file, named from the working folder. */
  static Policy policy(Terminal terminal, Path file) throws CommandFailure {
    try {
      return PolicyInForce.read(terminal.workingFolder().resolve(file));
    } catch (PolicyProblem problem) {
      throw CommandFailure.no(String.valueOf(problem.getMessage()));
    } catch (IOException unreadable) {
      throw CommandFailure.usage(String.valueOf(unreadable.getMessage()));
    }
  }
}
