package dev.postern.app.command;

import dev.postern.app.mail.Connectors;
import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.SettingsProblem;
import dev.postern.app.settings.SettingsReader;
import dev.postern.policy.Policy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code postern config check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    descriptionHeading = "%n",
    description =
        "Reads the settings as \"postern serve\" would and shows everything that is wrong with"
            + " them, or what is switched on. Starts nothing and shows no secret. Exits with 0 when"
            + " serve could start, else with 1.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern config check --config /etc/postern.conf")
final class ConfigCheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private Settled settled = new Settled();

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  ConfigCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandFailure {
    try {
      Settings settings =
          SettingsReader.read(CommandLineTool.places(terminal, settled.file()), Mode.SERVE);
      Map<String, String> on = on(settings, PolicyInForce.carried(settings));
      terminal.out().println(json ? Json.write(Map.of("ok", true, "on", on)) : lines(on));
      return Exit.OK;
    } catch (SettingsProblem problem) {
      if (json) {
        terminal.out().println(Json.write(Map.of("ok", false, "problems", faults(problem))));
        return Exit.NO;
      }
      throw CommandFailure.no(String.valueOf(problem.getMessage()));
    }
  }

  private static String followed(Settings settings) {
    List<String> names =
        Connectors.of(settings.mail(), InstantSource.system()).stream()
            .map(one -> one.kind() + " as " + one.source())
            .toList();
    return names.isEmpty() ? "nothing is followed" : "follows " + String.join(", ", names);
  }

  private static Map<String, String> on(Settings settings, Policy policy) {
    long signIn = settings.people().stream().filter(p -> p.token().isPresent()).count();
    Map<String, String> on = new LinkedHashMap<>();
    on.put("data", settings.data().toString());
    on.put("console", "http://" + new HostPort(settings.http().host(), settings.http().port()));
    on.put(
        "smtp",
        settings.smtp().listen()
            + ", delivers to "
            + settings.smtp().nextHop().map(HostPort::toString).orElse("nothing"));
    on.put("mail", followed(settings));
    on.put("dns", resolvers(settings.dns().servers()));
    on.put(
        "policy",
        "%s, %d rules, version %s"
            .formatted(
                settings.policyFile().map(file -> file.toString()).orElse("built in"),
                policy.rules().size(),
                policy.version()));
    on.put("people", "%d, of whom %d have a token".formatted(settings.people().size(), signIn));
    on.put("webhook", settings.intakeSecrets().isEmpty() ? "off" : sources(settings));
    on.put("slack", settings.slack().map(ConfigCheckCommand::slack).orElse("off"));
    on.put("teams", settings.teams().map(it -> "channel " + it.defaultChannel()).orElse("off"));
    on.put("store", store(settings));
    on.put("audit", audit(settings.audit()));
    return on;
  }

  private static String resolvers(List<HostPort> servers) {
    return servers.isEmpty()
        ? "resolvers of the system"
        : servers.stream().map(HostPort::toString).collect(Collectors.joining(", "));
  }

  private static String sources(Settings settings) {
    return String.join(", ", settings.intakeSecrets().keySet().stream().sorted().toList());
  }

  private static String slack(Settings.SlackAccess slack) {
    String way = slack.appToken().isPresent() ? "Socket Mode" : "HTTP";
    return "channel " + slack.defaultChannel() + ", by " + way;
  }

  private static String store(Settings settings) {
    String url = settings.store().url().replaceFirst("[;?].*", "");
    return settings.store().sync() ? url : url + ", without forcing commits to the disk";
  }

  private static String audit(Settings.Audit audit) {
    List<String> places = new ArrayList<>(List.of("checkpoints in the store"));
    audit.checkpointCopy().ifPresent(file -> places.add("copied to " + file));
    audit.witness().ifPresent(url -> places.add("posted to " + url));
    return String.join(", ", places);
  }

  private static String lines(Map<String, String> on) {
    return on.entrySet().stream()
        .map(entry -> "  %-8s %s".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("\n", "settings are fine\n", ""));
  }

  private static List<Map<String, String>> faults(SettingsProblem problem) {
    return problem.faults().stream()
        .map(fault -> Map.of("where", fault.where(), "what", fault.what()))
        .toList();
  }
}
