package dev.postern.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.settings.Settings;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.EvidenceReport;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Checks SPF, DKIM, ARC and DMARC of one message.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Judges the message as if it arrived from that address with that envelope: --ip, --helo and"
            + " --from are needed, or --replay in their place. Needs no server. Exits with 0 when DMARC passes, 1 when it does not, 2 for wrong usage, 3 when DNS"
            + " did not answer.",
    parameterListHeading = "%nParameters:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern evaluate message.eml --ip 192.0.2.10 --helo mail.firm.example \\",
      "    --from kim@firm.example --json > evidence.json",
      "  postern evaluate message.eml --replay evidence.json    a year later, without DNS"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int LARGEST = 100 << 20;

  private final Terminal terminal;
  private final NameServers nameServers;
  @Mixin private Settled settled = new Settled();

  @Parameters(
      paramLabel = "FILE",
      description = "The message, as received; - reads it from standard input.")
  private String file = "";

  @Option(
      names = "--ip",
      paramLabel = "ADDRESS",
      description = "Address of the SMTP client that handed it over.")
  private Optional<String> ip = Optional.empty();

  @Option(
      names = "--helo",
      paramLabel = "NAME",
      description = "The name that client gave in HELO or EHLO.")
  private Optional<String> helo = Optional.empty();

  @Option(names = "--from", paramLabel = "ADDRESS", description = "MAIL FROM; <> for a bounce.")
  private Optional<String> from = Optional.empty();

  @Option(
      names = "--to",
      paramLabel = "ADDRESS",
      description = "RCPT TO; may be repeated. No check depends on it.")
  private List<String> to = List.of("postmaster@localhost");

  @Option(
      names = "--zone",
      paramLabel = "FILE",
      description = "Takes all DNS answers from this file: YAML, JSON or a record per line.")
  private Optional<Path> zone = Optional.empty();

  @Option(
      names = "--replay",
      paramLabel = "EVIDENCE.json",
      description =
          "Takes envelope, time and all DNS answers from evidence of this message that --json"
              + " printed; says whether the verdicts are the same.")
  private Optional<Path> replay = Optional.empty();

  @Option(names = "--json", description = "Print the evidence document.")
  private boolean json;

  EvaluateCommand(Terminal terminal, NameServers nameServers) {
    this.terminal = terminal;
    this.nameServers = nameServers;
  }

  @Override
  public Integer call() throws CommandFailure {
    Evidence evidence = replay.isPresent() ? replayed(replay.get()) : examined();
    terminal.out().print(json ? document(evidence) : EvidenceReport.of(evidence));
    if (evidence.dmarc().result() == DmarcResult.PASS) {
      return Exit.OK;
    }
    return evidence.uncertain() ? Exit.UNAVAILABLE : Exit.NO;
  }

  private Evidence replayed(Path recorded) throws CommandFailure {
    if (Stream.of(ip, helo, from, zone).anyMatch(Optional::isPresent)) {
      throw CommandFailure.usage(
          "--replay takes envelope and DNS answers from the evidence: leave out --ip, --helo,"
              + " --from and --zone");
    }
    return Replaying.of(terminal, recorded, RawMessage.of(octets()));
  }

  private Evidence examined() throws CommandFailure {
    Envelope envelope = envelope();
    RawMessage message = RawMessage.of(octets());
    return examiner().examine(envelope, message, Clock.systemUTC().instant());
  }

  private Envelope envelope() throws CommandFailure {
    if (Stream.of(ip, helo, from).anyMatch(Optional::isEmpty)) {
      throw CommandFailure.usage(
          "Who sent it is not in the file: give --ip, --helo and --from of the SMTP session");
    }
    String sender = from.orElse("");
    boolean bounce = sender.isEmpty() || sender.equals("<>");
    Optional<EmailAddress> mailFrom =
        bounce ? Optional.empty() : Optional.of(address("--from", sender));
    String client = ip.orElse("");
    List<EmailAddress> recipients = new ArrayList<>();
    for (String recipient : to) {
      recipients.add(address("--to", recipient));
    }
    try {
      return new Envelope(mailFrom, recipients, InetAddress.ofLiteral(client), helo.orElse(""));
    } catch (IllegalArgumentException notLiteral) {
      throw CommandFailure.usage(
          "--ip \"" + client + "\" is no address such as 192.0.2.1 or 2001:db8::1");
    }
  }

  private static EmailAddress address(String option, String text) throws CommandFailure {
    String bare =
        text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    return EmailAddress.parse(bare)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    option + " \"" + text + "\" is no mail address such as kim@firm.example"));
  }

  private byte[] octets() throws CommandFailure {
    byte[] octets;
    try {
      octets = LineEnds.ofTheWire(source(), LARGEST, terminal.err());
    } catch (IOException unreadable) {
      throw CommandFailure.usage("there is no readable file " + file);
    }
    if (octets.length > LARGEST) {
      throw CommandFailure.usage(file + " is larger than 100 MiB");
    }
    if (octets.length == 0) {
      throw CommandFailure.usage(
          (file.equals("-") ? "standard input" : file) + " is empty: there is no message in it");
    }
    return octets;
  }

  /** Pipes can be read once only, so what comes from one is kept. */
  private LineEnds.Source source() throws IOException {
    Path path = terminal.workingFolder().resolve(file);
    if (!file.equals("-") && Files.isRegularFile(path)) {
      return () -> Files.newInputStream(path);
    }
    try (InputStream in = file.equals("-") ? terminal.in() : Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(LARGEST + 1);
      return () -> new ByteArrayInputStream(octets);
    }
  }

  private Examiner examiner() throws CommandFailure {
    Settings.Examination settings = CommandLineTool.examination(terminal, settled.file());
    Dns dns =
        zone.isPresent() ? ZoneFile.read(terminal, zone.get()) : nameServers.open(settings.dns());
    return new Examiner(dns, settings.dns().timeout(), settings.home())
        .with(new Signals(settings.home(), Acquaintance.withEverybody()));
  }

  /** The evidence document with its digest. */
  private static String document(Evidence evidence) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("digest", EvidenceJson.digest(evidence).hex());
    try {
      document.setAll((ObjectNode) Json.read(EvidenceJson.write(evidence)));
    } catch (JsonProcessingException notOurDocument) {
      throw new IllegalStateException(notOurDocument);
    }
    return Json.write(document) + "\n";
  }
}
