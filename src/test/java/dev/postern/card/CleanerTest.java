package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.postern.card.Cleaner.Kind;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CleanerTest {

  static List<HostileVector> vectors() {
    return HostileVector.all();
  }

  @Test
  void noVectorIsMissing() {
    assertThat(vectors()).hasSize(54);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void P13_hostileTextIsShownAsDesigned(HostileVector vector) {
    Foreign clean = Cleaner.clean(vector.raw(), vector.kind());

    String shown = clean.text().isEmpty() ? "(empty)" : clean.text();
    assertThat(shown).isEqualTo(vector.shown());
    assertThat(clean.hidden()).as("hidden").isEqualTo(vector.hidden());
    assertThat(clean.symbols()).as("symbols").isEqualTo(vector.symbols());
    assertThat(clean.cutFrom()).as("cut from").isEqualTo(vector.cutFrom());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTPS://Evil.Example/x | hxxps://Evil[.]Example/x",
        "ftp://evil.example | hxxp://evil[.]example",
        "evil.com.1 | evil[.]com.1",
        "evil\u3002com | evil[.]com",
        "Hotel: 5, profile:x | Hotel: 5, profile:x",
        "e.g. 3 p.m. v1.2.3 | e.g. 3 p.m. v1.2.3",
        "Chrome 131.0.6778.205 | Chrome 131.0.6778.205",
        "800.555.0199x 1.800.555.0199 | 800.•••.••99x 1.80•.•••.••99",
        "2026-11-24 12:30:45 24.11.2026 10:00 | 2026-11-24 12:30:45 24.11.2026 10:00",
        "1.2.3.4.5 and 999.1.1.1 | 1.2.3.4.5 and 999.1.1.1",
        "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660 | \u0661\u0662\u0663•••••\u0669\u0660",
        ":100: :+1: 10:20:30 1:smile: | : 100: : +1: 10:20:30 1: smile:",
        "{{{x}} ${{y | { { {x}} $ { {y",
        "1\u20e3 \u2713 \u221a \u2588 | 1□ □ □ □",
        "\u00a9 \u2122 \u00b0 \u20ac # * 1 | \u00a9 \u2122 \u00b0 \u20ac # * 1",
      })
  void freeTextKeepsWhatIsHonestAndBreaksWhatActs(String raw, String shown) {
    assertThat(Cleaner.clean(raw, Kind.SUBJECT).text()).isEqualTo(shown);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "anna.kovacs@corp.example, anna.kovacs@corp[.]example",
    "a*b*_c_@corp.example, a*b*_c_@corp[.]example",
    "x@[203.0.113.9], x@[203[.]0[.]113[.]9]",
    "no address at evil.example, no address at evil[.]example",
    "x@b\u00fccher.example, x@xn--bcher-kva[.]example",
    "x@\uff50aypal.com, x@paypal[.]com",
  })
  void anAddressKeepsItsLocalPartAndBreaksItsDomain(String raw, String shown) {
    assertThat(Cleaner.clean(raw, Kind.ADDRESS).text()).isEqualTo(shown);
  }

  @Test
  void aDomainThatIdnaForbidsIsShownAsReceived() {
    assertThat(Cleaner.clean("x@a\u2260.xn--zzzz-9999.example", Kind.ADDRESS).text())
        .isEqualTo("x@a\u2260[.]xn--zzzz-9999[.]example");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "203.0.113.45, 203[.]0[.]113[.]45",
    "2001:db8:0:0:1::45, 2001:db8:0:0:1::45",
    "mta7.bulkhost.example, mta7[.]bulkhost[.]example",
  })
  void aHostBreaksEveryDot(String raw, String shown) {
    assertThat(Cleaner.clean(raw, Kind.HOST).text()).isEqualTo(shown);
  }

  @Test
  void aLongHostKeepsItsRightEnd() {
    assertThat(Cleaner.clean("paypal.com." + "a".repeat(90) + ".evil.example", Kind.HOST).text())
        .startsWith("…")
        .endsWith("aaa[.]evil[.]example")
        .hasSize(72);
  }

  @Test
  void anAddressWhoseDomainAloneIsTooLongKeepsItsRightEnd() {
    assertThat(Cleaner.clean("x@" + "a.".repeat(80) + "evil.example", Kind.ADDRESS).text())
        .startsWith("…")
        .endsWith("[.]evil[.]example")
        .hasSize(96);
  }

  @Test
  void aCutNeverSplitsWhatReadersSeeAsOneCharacter() {
    String text = Cleaner.clean("e\u0316\u0301".repeat(200), Kind.NAME).text();

    assertThat(text).endsWith("\u0316…");
    assertThat(text.codePoints().filter(c -> c == 0x316).count()).isEqualTo(59);
  }

  /** Hangul jamo, Indic conjuncts: one character to the standard, a page to the reader. */
  @ParameterizedTest
  @ValueSource(strings = {"\u1100", "\u0915\u094d", "\u0d4e", "e\u0301\u0302"})
  void aCharacterWithoutEndIsCutToo(String piece) {
    for (Kind kind : Kind.values()) {
      Foreign clean = Cleaner.clean(piece.repeat(1000), kind);

      assertThat(clean.text().length()).as(kind.name()).isLessThanOrEqualTo(400);
      assertThat(clean.cutFrom()).as(kind.name()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "\u0316\u0301", "a.", "1 ", ":a", "{", "\ud83d", "http:", "\u202e"})
  void tenMegabytesOfAnythingTakeBoundedTime(String piece) {
    String raw = piece.repeat(10_000_000 / piece.length());

    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          for (Kind kind : Kind.values()) {
            assertThat(Cleaner.clean(raw, kind).cutFrom()).isPositive();
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anyTextGivesBoundedTextWithoutControlsOrLinks(Kind kind) {
    RandomGenerator random = new java.util.Random(7);
    for (int round = 0; round < 500; round++) {
      int[] points = random.ints(1 + random.nextInt(300)).map(CleanerTest::spice).toArray();
      String raw = new String(points, 0, points.length);

      String text = Cleaner.clean(raw, kind).text();

      assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(400);
      assertThat(text)
          .doesNotContainPattern("[\\p{Cc}\\p{Co}\\p{Cs}\u202a-\u202e\u200b-\u200f\ufeff]");
      assertThat(text).doesNotContain("{{", "${", "http:", "https:");
    }
  }

  private static int spice(int random) {
    int[] often = {'.', '@', ':', '{', '$', 'h', 't', 'p', 's', '1', ' ', 0x202e, 0x301, 0x1f600};
    int pick = random >>> 1;
    return pick % 3 == 0 ? pick % 0x110000 : often[pick % often.length];
  }
}
