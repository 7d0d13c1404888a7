package dev.postern.evidence.authres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the suite does not hold: fields as they are in use, and fields made to hurt. */
@Timeout(20)
class AuthenticationResultsTest {

  private static MethodResult only(String value) {
    Reading reading = AuthenticationResults.read(value);
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) reading).field().results().getFirst();
  }

  private static Reading.Garbled unreadable(String value) {
    Reading reading = AuthenticationResults.read(value);
    assertThat(reading).isInstanceOf(Reading.Garbled.class);
    return (Reading.Garbled) reading;
  }

  private static String sole(String property) {
    return only("mx.example; spf=pass " + property).properties().getFirst().value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prvs=1234abcd=a@b.example",
        "SRS0=xx=yy=c.example=d@b.example",
        "<>",
        "<a@b.example>",
        "AbC+/12==",
        "[192.0.2.1]",
        "2001:db8::1"
      })
  void valuesThatAreInUseAreReadBare(String value) {
    assertThat(sole("smtp.mailfrom=" + value)).isEqualTo(value);
  }

  @Test
  void aNullSenderMayBeWrittenAsNothing() {
    assertThat(sole("smtp.mailfrom=")).isEmpty();
    assertThat(sole("smtp.mailfrom=; dkim=none")).isEmpty();
    assertThat(sole("smtp.mailfrom=\"\"")).isEmpty();
  }

  @Test
  void aMissingValueIsNotTakenFromTheNextProperty() {
    assertThat(unreadable("mx.example; spf=pass smtp.mailfrom= smtp.helo=x").problem())
        .isEqualTo("equals sign in a value");
  }

  @Test
  void aReasonCountsWhereverItStands() {
    MethodResult result = only("mx.example; compauth=pass header.from=a.example reason=100");

    assertThat(result.reason()).isEqualTo("100");
    assertThat(result.properties()).hasSize(1);
  }

  @Test
  void anotherVersionOfAMethodIsNotKnown() {
    assertThat(only("mx.example; dkim/7=pass").knownVersion()).isFalse();
    assertThat(only("mx.example; dkim/1=pass").knownVersion()).isTrue();
    assertThat(only("mx.example; dkim=pass").knownVersion()).isTrue();
  }

  @Test
  void aFlawIsNamedWithItsPlaceAndWithWhoWroteTheField() {
    assertThat(unreadable("mx.example; spf pass"))
        .isEqualTo(new Reading.Garbled("mx.example", "\"=\" is missing", 16));
    assertThat(unreadable("mx.example; spf=pass (open").position()).isEqualTo(21);
    assertThat(unreadable("mx.example/2; spf=pass").authservId()).isEqualTo("mx.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "mx.example;",
        "mx.example; ; spf=pass",
        "mx.example; spf",
        "mx.example; spf=",
        "mx.example; /1=pass",
        "mx.example; spf/=pass",
        "mx.example; spf=pass smtp",
        "mx.example; spf=pass smtp.",
        "mx.example; spf=pass smtp.mailfrom",
        "mx.example; spf=pass .mailfrom=a",
        "mx.example; spf=pass smtp.mailfrom=a)",
        "mx.example; spf=pass; none",
        "mx.example; spf=pass\\",
        "mx.example; spf=pass reason=\"a\\",
        "mx.example; spf=pass (a\\",
        "mx.example; spf=pass\r smtp.mailfrom=a",
        "mx.exa\0mple; spf=pass",
        "mx.example; spf=pa\0ss",
        "mx.example; spf=pass (a\0b)",
        "mx.example; spf=pass reason=\"a\0b\"",
        "mx.example; spf=pass smtp.mailfrom=a\0b"
      })
  void whatBreaksTheGrammarSaysNothing(String value) {
    assertThat(unreadable(value).problem()).isNotEmpty();
  }

  @Test
  void a8BitValueIsKept() {
    assertThat(sole("smtp.mailfrom=\u00fc\u00ff\u0080@b\u00fccher.example"))
        .isEqualTo("\u00fc\u00ff\u0080@b\u00fccher.example");
  }

  @Test
  void aMillionCharactersAreNotReadButKnownByTheirName() {
    String huge = "mx.example; dkim=pass header.d=" + "a".repeat(1_000_000);

    assertThat(unreadable(huge))
        .isEqualTo(new Reading.Garbled("mx.example", "longer than 65536 characters", 10));
    assertThat(unreadable("a".repeat(1_000_000)).problem()).startsWith("longer than");
    assertThat(unreadable("\"".repeat(1_000_001)).problem()).isNotEmpty();
  }

  @Test
  void commentsNestAsDeepAsTheyLike() {
    int depth = 30_000;
    String nested = "(".repeat(depth) + ")".repeat(depth);

    assertThat(only("mx.example " + nested + "; spf=pass").result()).isEqualTo("pass");
    assertThat(unreadable("mx.example " + "(".repeat(100_000) + "; spf=pass").authservId())
        .isEqualTo("mx.example");
    assertThat(unreadable("(".repeat(100_000)).problem()).isEqualTo("comment is not closed");
    assertThat(unreadable("(".repeat(100_000) + ")".repeat(100_000) + "mx.example").problem())
        .startsWith("longer than");
  }

  @Test
  void resultsAndPropertiesAreCounted() {
    assertThat(unreadable("mx.example" + "; dkim=fail".repeat(101)).problem())
        .isEqualTo("more than 100 results");
    assertThat(unreadable("mx.example; dkim=fail" + " a.b=c".repeat(51)).problem())
        .isEqualTo("more than 50 properties of one result");
  }

  /** Pieces of the grammar in any order: no throw, and never a pass out of a comment. */
  @Test
  void noFieldMakesItThrow() {
    List<String> pieces =
        List.of(
            "mx.example",
            ";",
            "spf",
            "dkim",
            "=",
            "pass",
            "fail",
            "(",
            ")",
            "\"",
            "\\",
            " ",
            "\t",
            "\r\n ",
            "\r",
            "\0",
            "/",
            "1",
            ".",
            "smtp",
            "header",
            "@",
            "reason",
            "none",
            "i",
            "\u00fc",
            "receiver",
            "client-ip",
            "\ud800",
            "[");
    Random random = new Random(8601);
    for (int round = 0; round < 200_000; round++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(24); i >= 0; i--) {
        value.append(pieces.get(random.nextInt(pieces.size())));
      }
      String text = value.toString();
      assertThat(AuthenticationResults.read(text)).isNotNull();
      assertThat(AuthenticationResults.readSealed(text)).isNotNull();
      assertThat(AuthenticationResults.readReceivedSpf(text)).isNotNull();
    }
  }

  @Test
  void aSealedFieldStartsWithItsInstance() {
    Reading reading = AuthenticationResults.readSealed("i=2; mx.example; arc=pass");

    assertThat(reading.authservId()).isEqualTo("mx.example");
    assertThat(AuthenticationResults.readSealed("mx.example; arc=pass"))
        .isEqualTo(new Reading.Garbled("", "instance is missing", 2));
    assertThat(AuthenticationResults.readSealed("i=; mx.example; arc=pass").authservId()).isEmpty();
  }
}
