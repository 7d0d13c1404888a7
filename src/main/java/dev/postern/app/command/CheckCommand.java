package dev.postern.app.command;

import dev.postern.app.settings.Settings;
import dev.postern.evidence.Dns;
import dev.postern.evidence.posture.DomainCheck;
import dev.postern.evidence.posture.Posture;
import dev.postern.evidence.posture.PostureJson;
import dev.postern.evidence.posture.PostureReport;
import dev.postern.mail.DomainName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Checks what a domain publishes about its mail, and says what to mend.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Looks at MX, SPF, DKIM, DMARC, MTA-STS, TLS-RPT and BIMI. Asks DNS only, needs no server."
            + " Exits with 0 when nothing is wanting, 1 when there are warnings or errors, 2 for"
            + " wrong usage, 3 when DNS did not answer everything and what it did answer is well.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExample:%n",
    footer = "  postern check firm.example --selector mail2026")
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final NameServers nameServers;
  @Mixin private Settled settled = new Settled();

  @Parameters(
      paramLabel = "DOMAIN",
      description = "The domain, as it stands behind the @ of its addresses.")
  private String domain = "";

  @Option(
      names = "--selector",
      paramLabel = "NAME",
      description =
          "A DKIM selector of the domain, besides well-known ones; may be repeated. It is s= in the"
              + " DKIM-Signature field of a message.")
  private List<String> selectors = new ArrayList<>();

  @Option(
      names = "--zone",
      paramLabel = "FILE",
      description = "Takes all DNS answers from this file: YAML, JSON or a record per line.")
  private Optional<Path> zone = Optional.empty();

  @Option(names = "--json", description = "Print findings and records as JSON.")
  private boolean json;

  CheckCommand(Terminal terminal, NameServers nameServers) {
    this.terminal = terminal;
    this.nameServers = nameServers;
  }

  @Override
  public Integer call() throws CommandFailure {
    DomainName name = domain();
    List<DomainName> wanted = new ArrayList<>();
    for (String selector : selectors) {
      wanted.add(selector(selector, name));
    }
    Settings.Resolvers settings = CommandLineTool.examination(terminal, settled.file()).dns();
    Dns dns = zone.isPresent() ? ZoneFile.read(terminal, zone.get()) : nameServers.open(settings);
    Posture posture = new DomainCheck(dns, settings.timeout()).check(name, wanted);
    terminal
        .out()
        .print(json ? Json.writeAscii(PostureJson.of(posture)) + "\n" : PostureReport.of(posture));
    if (posture.wanting()) {
      return Exit.NO;
    }
    return posture.undecided() ? Exit.UNAVAILABLE : Exit.OK;
  }

  private DomainName domain() throws CommandFailure {
    return DomainName.parse(domain)
        .filter(it -> it.labels().size() > 1)
        .orElseThrow(
            () -> CommandFailure.usage("\"" + domain + "\" is no domain such as firm.example"));
  }

  private static DomainName selector(String text, DomainName domain) throws CommandFailure {
    return DomainName.parse(text)
        .filter(it -> DomainName.parse(it + "._domainkey." + domain).isPresent())
        .orElseThrow(
            () -> CommandFailure.usage("--selector \"" + text + "\" is no selector such as mail1"));
  }
}
