package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Origin;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.signal.SignalKind;
import dev.postern.mail.MessageSummary.Attachment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInPolicyTest {
  private final Policy policy = Policy.builtIn();

  @Test
  void mailThatIsProvedAndPlainIsReleased() {
    Ruling ruling = policy.rule(ASituation.proved().build());

    assertThat(ruling.action()).isEqualTo(new Action.Release());
    assertThat(ruling.rule()).isEqualTo("proved");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("askedAbout")
  void everythingElseIsAskedAbout(String rule, ASituation situation) {
    Ruling ruling = policy.rule(situation.build());

    assertThat(ruling.rule()).isEqualTo(rule);
    assertThat(ruling.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling.reason().plain()).endsWith(".");
  }

  static Stream<Arguments> askedAbout() {
    return Stream.of(
        proved("dns trouble", it -> it.spf = SpfResult.TEMPERROR),
        proved("not checked", it -> it.origin = new Origin.Reported("gateway")),
        proved("letters beyond a-z", it -> it.fromDomain = "xn--nrthwind-nbh.example"),
        proved("letters beyond a-z", it -> it.linkHosts = List.of("www.XN--nrthwind-nbh.example")),
        proved("letters beyond a-z", it -> it.fromDomain = "mail.xn--nrthwind-nbh.example"),
        proved("letters beyond a-z", it -> it.linkHosts = List.of("xn--nrthwind-nbh.example")),
        proved("name is an address", it -> it.fromName = "boss@here.example"),
        raised("file that runs", SignalKind.PROGRAM_ATTACHED),
        raised("file in disguise", SignalKind.FILE_NOT_AS_DECLARED),
        raised("file in disguise", SignalKind.FILE_NAME_REORDERED),
        raised("poses as somebody you know", SignalKind.NAME_OF_COLLEAGUE),
        raised("poses as somebody you know", SignalKind.FROM_LOOKALIKE),
        raised("poses as somebody you know", SignalKind.REPLY_TO_LOOKALIKE),
        raised("poses as somebody you know", SignalKind.LINK_LOOKALIKE),
        raised("name is an address", SignalKind.NAME_SHOWS_ADDRESS),
        proved("unsigned text added", it -> it.unsignedOctets = 12),
        proved("no policy published", it -> it.dmarc = DmarcResult.NONE),
        proved("otherwise", it -> it.dmarc = DmarcResult.PERMERROR),
        Arguments.of("owner asks to refuse", ASituation.spoofed(DmarcPolicy.REJECT)),
        Arguments.of("not proved", ASituation.spoofed(DmarcPolicy.QUARANTINE)),
        Arguments.of("not proved", ASituation.spoofed(DmarcPolicy.NONE)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.pdf.exe",
        "SCAN.JS",
        "holiday.lnk ",
        "report.docm",
        "image.iso",
        "setup.msi..."
      })
  void filesThatRunAreAskedAbout(String name) {
    assertThat(ruleFor(new Attachment(name, "application/octet-stream", 9)))
        .isEqualTo("file that runs");
  }

  @Test
  void aTypeThatRunsIsAskedAboutWhateverTheFileIsCalled() {
    assertThat(ruleFor(new Attachment("invoice.pdf", "application/x-msdownload", 9)))
        .isEqualTo("file that runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"invoice.pdf", "logo.png", "minutes.docx", "executive.txt", "", "js"})
  void ordinaryFilesAreNot(String name) {
    assertThat(ruleFor(new Attachment(name, "application/pdf", 9))).isEqualTo("proved");
  }

  @Test
  void twoHyphensWithinALabelAreNoOtherLetters() {
    Situation own =
        ASituation.proved().with(it -> it.linkHosts = List.of("foxn--7.northwind.example")).build();

    assertThat(policy.rule(own).rule()).isEqualTo("proved");
  }

  @Test
  void aNameThatRepeatsItsOwnAddressIsNotOdd() {
    Situation own = ASituation.proved().with(it -> it.fromName = "KIM@firm.example").build();

    assertThat(policy.rule(own).rule()).isEqualTo("proved");
  }

  /** Facts that honest mail shows every day. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "MAIL_FROM_ELSEWHERE",
        "REPLY_TO_ELSEWHERE",
        "LINK_TEXT_ELSEWHERE",
        "FIRST_CONTACT",
        "NO_REVERSE_DNS",
        "HELO_ELSEWHERE",
        "RECEIVED_WITHOUT_TLS"
      })
  void factsOfEverydayMailHoldNothing(SignalKind everyday) {
    ASituation it = ASituation.proved().with(s -> s.signals = List.of(everyday.word()));

    assertThat(policy.rule(it.build()).rule()).isEqualTo("proved");
  }

  @Test
  void itNeverDiscardsByItself() throws IOException {
    String file = Files.readString(Path.of("src/main/resources/policy/default.yaml"));

    assertThat(file.lines().map(String::strip)).noneMatch(line -> line.startsWith("do: discard"));
  }

  @Test
  void theDocumentationListsEveryFact() throws IOException {
    assertThat(Files.readString(Path.of("docs/policy.md"))).contains(View.table());
  }

  private String ruleFor(Attachment attachment) {
    Situation situation =
        ASituation.proved().with(it -> it.attachments = List.of(attachment)).build();
    return policy.rule(situation).rule();
  }

  private static Arguments raised(String rule, SignalKind signal) {
    return proved(rule, it -> it.signals = List.of(signal.word()));
  }

  private static Arguments proved(String rule, Consumer<ASituation> change) {
    return Arguments.of(rule, ASituation.proved().with(change));
  }
}
