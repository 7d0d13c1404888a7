package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.app.trial.Samples;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which messages are of one kind, and which are not however alike they look. */
class FingerprintTest {
  private static final String TEXT =
      """
      Dear Anna Kovacs,

      your ticket for MailOps 2026 is attached. Doors open at 9:00, hall B.
      Pay EUR 120.00 to DE02 1203 0000 0000 2020 51 by Friday.
      Programme: https://conference.example/programme
      """;

  @Test
  void theSameMessageToAnotherIsOfItsKind() {
    Fingerprint anna = print(letter(TEXT), "anna.kovacs@corp.example");
    Fingerprint bo = print(letter(TEXT.replace("Anna Kovacs", "Bo Lind")), "bo.lind@corp.example");
    Fingerprint office =
        print(letter(TEXT.replace("Anna Kovacs", "Ms Wong")), "office@corp.example");
    assertThat(bo).isEqualTo(anna);
    assertThat(office).as("greeted by a name that the address does not tell").isEqualTo(anna);
  }

  @Test
  void theRecipientsOwnAddressMayStandAnywhere() {
    String footer = "This went to %s: https://news.other.example/out?to=%s\n";
    Fingerprint anna =
        print(
            letter(TEXT + footer.formatted("anna@corp.example", "anna%40corp.example")),
            "anna@corp.example");
    Fingerprint bo =
        print(
            letter(TEXT + footer.formatted("Bo@Corp.example", "bo%40corp.example")),
            "bo@corp.example");
    assertThat(bo.strict()).isEqualTo(anna.strict());
  }

  @ParameterizedTest(name = "{0} is not {1}")
  @CsvSource({
    "EUR 120.00, EUR 920.00",
    "2020 51, 2020 52",
    "by Friday., by Friday. Our bank has changed its name.",
    "https://conference.example/programme, https://conference.evil.example/programme",
    "https://conference.example/programme, https://conference.example/refund",
    "hall B, hall C",
    "your ticket, Your ticket"
  })
  void anythingElseInTheTextMakesAnotherKind(String was, String is) {
    Fingerprint one = print(letter(TEXT), "anna@corp.example");
    Fingerprint other = print(letter(TEXT.replace(was, is)), "anna@corp.example");
    assertThat(other.kind()).isNotEqualTo(one.kind());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Pay Bob 900 now",
    "evil.example wins",
    "see http://evil.example",
    "call bob@evil.example",
    "this is a line of more than six words"
  })
  void whatIsNoGreetingCounts(String firstLine) {
    Fingerprint one = print(letter(TEXT), "anna@corp.example");
    String other = TEXT.replace("Dear Anna Kovacs,", firstLine);
    assertThat(print(letter(other), "anna@corp.example").kind()).isNotEqualTo(one.kind());
  }

  @Test
  void onlyTheFirstLineIsAGreeting() {
    String second = TEXT.replace("Dear Anna Kovacs,\n", "Dear Anna Kovacs,\nDo not tell anybody\n");
    assertThat(print(letter(second), "anna@corp.example").kind())
        .isNotEqualTo(print(letter(TEXT), "anna@corp.example").kind());
  }

  @Test
  void idsInLinksToTheAuthorsDomainDoNotCount_butInTheStrictFingerprint() {
    Fingerprint one =
        print(letter(TEXT + "https://t.conference.example/c/8fe2?u=k99&next=a\n"), "a@b.example");
    Fingerprint two =
        print(letter(TEXT + "https://t.conference.example/c/17aa?u=zz1&next=a\n"), "a@b.example");
    Fingerprint away =
        print(
            letter(TEXT + "https://t.conference.example/c/17aa?u=zz1&next=https://evil.example\n"),
            "a@b.example");
    assertThat(two.kind()).isEqualTo(one.kind());
    assertThat(two.strict()).isNotEqualTo(one.strict());
    assertThat(away.kind()).as("a value that leads elsewhere").isNotEqualTo(one.kind());
  }

  @Test
  void linksToAnybodyElseCountToTheLetter() {
    Fingerprint one = print(letter(TEXT + "https://forms.other.example/d/8fe2\n"), "a@b.example");
    Fingerprint two = print(letter(TEXT + "https://forms.other.example/d/17aa\n"), "a@b.example");
    Fingerprint lookalike =
        print(letter(TEXT + "https://conference.example@evil.example/d/8fe2\n"), "a@b.example");
    Fingerprint other =
        print(letter(TEXT + "https://conference.example@evil.example/d/17aa\n"), "a@b.example");
    assertThat(two.kind()).isNotEqualTo(one.kind());
    assertThat(other.kind()).isNotEqualTo(lookalike.kind());
  }

  @ParameterizedTest(name = "\"{0}\" and \"{1}\": {2}")
  @CsvSource({
    "Your ticket 4711, Re: your  ticket 4712, true",
    "Invoice A-1, Fwd: AW: invoice B-2, true",
    "Your ticket, Your refund, false"
  })
  void subjectsAreComparedAsPeopleReadThem(String one, String other, boolean same) {
    String kind = print(letter(TEXT).replace("Your ticket", one), "a@b.example").kind();
    String second = print(letter(TEXT).replace("Your ticket", other), "a@b.example").kind();
    assertThat(kind.equals(second)).isEqualTo(same);
  }

  @Test
  void whoseNameItBearsCounts_andWhoseAddressOfThatDomainDoesNot() {
    String letter = letter(TEXT);
    Fingerprint one = print(letter, "a@b.example");
    assertThat(print(letter.replace("news@", "bounce-7@"), "a@b.example")).isEqualTo(one);
    assertThat(print(letter.replace("Conference <", "Your boss <"), "a@b.example"))
        .isNotEqualTo(one);
    assertThat(
            print(letter.replace("To: you", "To: you\nReply-To: eve@evil.example"), "a@b.example"))
        .isNotEqualTo(one);
  }

  @Test
  void aFileIsItsOctets_itsTypeAndWhatOpensIt() {
    Fingerprint one = print(withFile("ticket-1.pdf", "application/pdf", "%PDF one"), "a@b.example");
    assertThat(print(withFile("ticket-2.pdf", "application/pdf", "%PDF one"), "a@b.example"))
        .as("numbered")
        .isEqualTo(one);
    assertThat(print(withFile("ticket-1.pdf", "application/pdf", "%PDF two"), "a@b.example").kind())
        .isNotEqualTo(one.kind());
    assertThat(print(withFile("ticket-1.exe", "application/pdf", "%PDF one"), "a@b.example").kind())
        .isNotEqualTo(one.kind());
    assertThat(print(withFile("ticket-1.pdf", "text/html", "%PDF one"), "a@b.example").kind())
        .isNotEqualTo(one.kind());
    assertThat(print(letter(TEXT), "a@b.example").kind()).isNotEqualTo(one.kind());
  }

  @Test
  void aPageIsItsMarkup_too() {
    String page =
        "<html><head><style>.b{display:none}</style><title>A</title></head><body><p>Dear Anna,</p>"
            + "<p class=a>Welcome.</p><p class=b>Send the money.</p></body></html>";
    Fingerprint one = print(html(page), "office@b.example");
    assertThat(print(html(page.replace("Anna", "Bo")), "office@b.example")).isEqualTo(one);
    assertThat(print(html(page.replace(".b{", ".a{")), "office@b.example").kind())
        .as("what is hidden decides what is read")
        .isNotEqualTo(one.kind());
    assertThat(
            print(
                    html(page.replace("<p>Dear Anna,</p>", "<p>evil&period;example</p>")),
                    "office@b.example")
                .kind())
        .isNotEqualTo(one.kind());
  }

  @Test
  void thePlaceOfALineEndDoesNotCount() {
    String wrapped = TEXT.replace("is attached. Doors", "is attached.\nDoors");
    assertThat(print(letter(wrapped), "a@b.example")).isEqualTo(print(letter(TEXT), "a@b.example"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no author, 'Subject: x\n\nHello\n'",
    "two authors, 'From: a@a.example\nFrom: b@b.example\n\nHello\n'",
    "two types, 'From: a@a.example\nContent-Type: text/plain\nContent-Type: text/html\n\nHello\n'",
    "no boundary, 'From: a@a.example\nContent-Type: multipart/mixed\n\nHello\n'"
  })
  void whatSoftwareReadsInTwoWaysIsOfNoKind(String what, String message) {
    assertThat(Fingerprint.of(raw(message), to("a@b.example"))).as(what).isEmpty();
  }

  /** Marks that stand for something folded cannot be written by a sender. */
  @Test
  void aSenderCannotWriteTheMarks() {
    String marked = TEXT.replace("hall B", "hall \u0001");
    String folded = TEXT.replace("hall B", "hall anna");
    assertThat(print(letter(marked), "bo@corp.example").kind())
        .isNotEqualTo(print(letter(folded), "anna@corp.example").kind());
  }

  @Test
  void theSamplesAreOfAsManyKindsAsTheyAreMessages() {
    Set<String> kinds = new HashSet<>();
    int prints = 0;
    for (Samples.Sample sample : Samples.all()) {
      Optional<Fingerprint> print =
          Fingerprint.of(sample.raw(), to(sample.recipients().getFirst()));
      prints += print.isPresent() ? 1 : 0;
      print.ifPresent(it -> kinds.add(it.kind()));
    }
    assertThat(kinds).hasSize(prints).hasSizeGreaterThan(8);
  }

  /** One octet of what a reader sees, changed anywhere, is never of the same kind. */
  @Test
  void everyLetterCounts() {
    String letter = letter(TEXT);
    int body = letter.indexOf("your ticket for");
    Fingerprint one = print(letter, "office@corp.example");
    for (int i = body; i < letter.length(); i++) {
      if (letter.charAt(i) > ' ') {
        String changed = letter.substring(0, i) + "~" + letter.substring(i + 1);
        assertThat(print(changed, "office@corp.example").kind())
            .as("octet " + i)
            .isNotEqualTo(one.kind());
      }
    }
  }

  /** Whatever comes: no exception, the same answer twice. */
  @Test
  void hostileOctetsThrowNothing() {
    Random random = new Random(73);
    byte[] seed = withFile("a-1.pdf", "application/pdf", "x").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 4_000; i++) {
      byte[] octets = seed.clone();
      for (int n = random.nextInt(12); n >= 0; n--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = Arrays.copyOf(octets, random.nextInt(octets.length + 1));
      Optional<Fingerprint> one = Fingerprint.of(RawMessage.of(cut), to("anna@corp.example"));
      assertThat(Fingerprint.of(RawMessage.of(cut.clone()), to("anna@corp.example")))
          .isEqualTo(one);
    }
  }

  /** Texts that make backtracking expensive take as long as any other of their size. */
  @Test
  void hostileTextsTakeLinearTime() {
    List<String> hostile = new ArrayList<>();
    for (String piece :
        List.of("https://", "<!--", "<style>", "a@b.example", "Re: ", "a-", "&#x41;", "<", " ")) {
      hostile.add(piece.repeat(250_000 / piece.length()));
    }
    long start = System.nanoTime();
    for (String text : hostile) {
      Fingerprint.of(raw(letter(text)), to("a@b.example"));
      Fingerprint.of(raw(html(text)), to("a@b.example"));
      Fingerprint.of(
          raw(letter("x").replace("Your ticket", text.strip().replace("\n", ""))),
          to("a@b.example"));
    }
    assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
  }

  private static Fingerprint print(String message, String recipient) {
    return Fingerprint.of(raw(message), to(recipient)).orElseThrow();
  }

  private static RawMessage raw(String message) {
    return RawMessage.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Envelope to(String recipient) {
    return new Envelope(
        Optional.empty(),
        List.of(EmailAddress.parse(recipient).orElseThrow()),
        InetAddress.ofLiteral("192.0.2.1"),
        "mx.example");
  }

  private static final String HEADER =
      "From: Conference <news@conference.example>\nTo: you\nSubject: Your ticket\n";

  private static String letter(String text) {
    return HEADER + "Content-Type: text/plain; charset=utf-8\n\n" + text;
  }

  private static String html(String page) {
    return HEADER + "Content-Type: text/html; charset=utf-8\n\n" + page;
  }

  private static String withFile(String name, String type, String content) {
    String octets = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
    return HEADER
        + "Content-Type: multipart/mixed; boundary=B\n\n--B\n\n"
        + TEXT
        + "\n--B\nContent-Type: "
        + type
        + "\nContent-Disposition: attachment; filename=\""
        + name
        + "\"\nContent-Transfer-Encoding: base64\n\n"
        + octets
        + "\n--B--\n";
  }
}
