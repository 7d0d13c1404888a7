package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluateCommandTest {
  private static final Path SAMPLES = Path.of("src/main/resources/samples").toAbsolutePath();
  private static final String ZONE = SAMPLES.resolve("zone.json").toString();
  private static final String MESSAGE = SAMPLES.resolve("09-ticket-ed25519.eml").toString();
  private static final String[] PASSING = {
    "--ip", "192.0.2.60", "--helo", "out1.desk.example", "--from", "ticket@desk.example"
  };

  @TempDir private Path folder;
  private ATerminal terminal = new ATerminal(Path.of(""));

  @BeforeEach
  void openTerminal() {
    terminal = new ATerminal(folder);
  }

  static Stream<JsonNode> samples() throws IOException {
    List<JsonNode> samples = new ArrayList<>();
    Json.read(Files.readString(SAMPLES.resolve("index.json"))).forEach(samples::add);
    return samples.stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsFoundToBeWhatItShows(JsonNode sample) throws JsonProcessingException {
    int exit =
        terminal.run(
            "evaluate",
            SAMPLES.resolve(sample.path("file").asText()).toString(),
            "--ip=" + sample.path("clientIp").asText(),
            "--helo=" + sample.path("helo").asText(),
            "--from=" + sample.path("mailFrom").asText(),
            "--to=" + sample.path("recipients").get(0).asText(),
            "--zone=" + ZONE,
            "--json");

    JsonNode evidence = Json.read(terminal.out());
    String dmarc = evidence.path("dmarc").path("result").asText();
    assertThat(evidence.path("spf").path("result").asText())
        .isEqualTo(sample.path("expect").path("spf").asText());
    assertThat(dmarc).isEqualTo(sample.path("expect").path("dmarc").asText());
    assertThat(evidence.path("digest").asText()).matches("[0-9a-f]{64}");
    assertThat(exit).isEqualTo(dmarc.equals("pass") ? Exit.OK : Exit.NO);
  }

  @Test
  void peopleGetALineForEachCheck() {
    assertThat(evaluate(PASSING, "--zone", ZONE)).isZero();
    assertThat(terminal.out().lines().map(line -> line.replaceFirst("\\s.*", "")))
        .contains("DMARC", "SPF", "DKIM", "ARC", "evidence");
    assertThat(terminal.err()).isEmpty();
  }

  @Test
  void evidenceOfAYearAgoIsEvaluatedAgainWithoutDns() throws IOException {
    evaluate(PASSING, "--zone", ZONE, "--json");
    Files.writeString(folder.resolve("evidence.json"), terminal.out());

    assertThat(terminal.run("evaluate", MESSAGE, "--replay", "evidence.json")).isZero();
    assertThat(terminal.err()).isEqualTo("The verdicts are those of evidence.json.\n");

    String other = SAMPLES.resolve("zone.json").toString();
    assertThat(terminal.run("evaluate", other, "--replay", "evidence.json")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("evidence is about another message");
  }

  @Test
  void evidenceThatWasChangedIsNotBelieved() throws IOException {
    evaluate(PASSING, "--zone", ZONE, "--json");
    String changed = terminal.out().replace("192.0.2.60", "192.0.2.61");
    Files.writeString(folder.resolve("evidence.json"), changed);

    assertThat(terminal.run("evaluate", MESSAGE, "--replay", "evidence.json"))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("evidence.json was changed");
  }

  @Test
  void withoutEvidenceToReplayTheSenderMustBeGiven() {
    assertThat(terminal.run("evaluate", MESSAGE)).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--from");
  }

  @Test
  void otherSettingsMayBeWrongButNotItsOwn() {
    terminal.file("postern.conf", "http.port = many\nslack.bot-token = x\n");
    assertThat(evaluate(PASSING, "--zone", ZONE)).isZero();
    assertThat(terminal.err()).isEmpty();

    terminal.file("postern.conf", "dns.timeout = soon\n");
    assertThat(evaluate(PASSING, "--zone", ZONE)).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("postern.conf:1: dns.timeout");
  }

  @Test
  void aZoneMayHaveARecordOnEachLine() {
    terminal.file("zone.db", "desk.example. 60 IN TXT \"v=spf1 ip4:192.0.2.60 -all\"\n");
    evaluate(PASSING, "--zone", "zone.db");
    assertThat(terminal.out()).contains("v=spf1 ip4:192.0.2.60 -all");

    terminal.file("zone.db", "desk.example. 60 IN A 192.0.2.60\ndesk.example. 60 IN A here\n");
    assertThat(evaluate(PASSING, "--zone", "zone.db")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith("--zone zone.db: line 2: no A record");
  }

  @Test
  void dnsThatDoesNotAnswerIsToldApartFromFailure() {
    assertThat(evaluate(PASSING)).isEqualTo(Exit.UNAVAILABLE);
    assertThat(terminal.out()).contains("temperror");
  }

  @Test
  void aMessageSavedWithUnixLineEndsKeepsItsSignature() throws IOException {
    byte[] wire = Files.readAllBytes(SAMPLES.resolve("09-ticket-ed25519.eml"));
    String text = new String(wire, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    terminal.input = text.getBytes(StandardCharsets.ISO_8859_1);
    List<String> arguments = new ArrayList<>(List.of("evaluate", "-", "--zone", ZONE));
    arguments.addAll(List.of(PASSING));

    assertThat(terminal.run(arguments.toArray(String[]::new))).isZero();
    assertThat(terminal.out()).containsPattern("DKIM +pass");
    assertThat(terminal.err()).contains("LF line ends");
  }

  @Test
  void P13_namesThatSteerTheTerminalAreShownHarmless() {
    String[] hostile = {
      "--ip", "192.0.2.60", "--helo", "a\u001b[31mb\nspf pass", "--from", "x@desk.example"
    };
    evaluate(hostile, "--zone", ZONE);

    assertThat(terminal.out()).doesNotContain("\u001b");
    assertThat(terminal.out().lines().filter(line -> line.startsWith("spf"))).isEmpty();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --ip=nowhere --helo=h --from=a@b.example            | --ip "nowhere" is no address such as 192.0.2.1
          --ip=192.0.2.1 --helo=h --from=kim                  | --from "kim" is no mail address
          --ip=192.0.2.1 --helo=h --from=<> --to=x            | --to "x" is no mail address
          --ip=192.0.2.1 --helo=h --from=<> --zone=nowhere    | there is no readable file nowhere
          --ip=192.0.2.1 --helo=h --from=<> --zone=list.yaml  | --zone list.yaml: the zone maps no names to records
          --helo=h --from=<>                                  | Who sent it is not in the file: give --ip, --helo and --from
          --replay=e.json --zone=zone.db                      | --replay takes envelope and DNS answers from the evidence
          """)
  void wrongUsageIsNamed(String options, String what) {
    terminal.file("list.yaml", "[a]\n").file("m.eml", "From: a@b.example\r\n\r\n");
    List<String> arguments = new ArrayList<>(List.of("evaluate", "m.eml"));
    arguments.addAll(List.of(options.split(" +")));

    assertThat(terminal.run(arguments.toArray(String[]::new))).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).startsWith(what);
  }

  @Test
  void aMessageThatIsMissingOrEmptyIsWrongUsage() {
    terminal.file("empty.eml", "");

    assertThat(terminal.run("evaluate", "nowhere", "--ip=::1", "--helo=h", "--from="))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("there is no readable file nowhere\n");
    assertThat(terminal.run("evaluate", "empty.eml", "--ip=::1", "--helo=h", "--from="))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("empty.eml is empty: there is no message in it\n");
    assertThat(terminal.run("evaluate", "-", "--ip=::1", "--helo=h", "--from="))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).isEqualTo("standard input is empty: there is no message in it\n");
  }

  private int evaluate(String[] envelope, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.add("evaluate");
    arguments.add(MESSAGE);
    arguments.addAll(List.of(envelope));
    arguments.addAll(List.of(more));
    return terminal.run(arguments.toArray(String[]::new));
  }
}
