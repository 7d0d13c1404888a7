package dev.postern.evidence.authres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedSpfTest {

  private static AuthenticationResults read(String value) {
    Reading reading = AuthenticationResults.readReceivedSpf(value);
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) reading).field();
  }

  private static List<String> properties(String value) {
    return read(value).results().getFirst().properties().stream()
        .map(it -> it.key() + "=" + it.value())
        .toList();
  }

  /** RFC 7208 §9.1, its first example. */
  @Test
  void theResultIsTheReceiversWordAboutTheIdentityItChecked() {
    String value =
        """
        pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as
         permitted sender) receiver=mybox.example.org; client-ip=192.0.2.1;
         envelope-from="myname@example.com"; helo=foo.example.com;"""
            .replace("\n", "\r\n");

    assertThat(read(value).authservId()).isEqualTo("mybox.example.org");
    assertThat(read(value).results().getFirst().method()).isEqualTo("spf");
    assertThat(read(value).results().getFirst().result()).isEqualTo("pass");
    assertThat(properties(value))
        .containsExactly("smtp.mailfrom=myname@example.com", "smtp.remote-ip=192.0.2.1");
  }

  /** RFC 7208 §9.1, its second example. */
  @Test
  void aProblemIsTheReason() {
    AuthenticationResults field =
        read(
            "permerror (mybox.example.org: in processing) identity=helo; helo=foo.example.com;"
                + " receiver=mybox.example.org; problem=\"void lookups; too many\"");

    assertThat(field.results().getFirst().reason()).isEqualTo("void lookups; too many");
    assertThat(field.results().getFirst().properties())
        .containsExactly(new Property("smtp", "helo", "foo.example.com"));
  }

  @Test
  void semicolonsAndQuotesAreOftenLeftOut() {
    assertThat(
            properties(
                "Pass (protection.outlook.com: domain of a.example designates 2001:db8::1)"
                    + " receiver=protection.outlook.com; client-ip=2001:db8::1; helo=a.example; pr=C"))
        .containsExactly("smtp.remote-ip=2001:db8::1");
    assertThat(
            properties(
                "fail receiver=mx.example envelope-from=<prvs=1=a@b.example> client-ip=192.0.2.1"))
        .containsExactly("smtp.mailfrom=<prvs=1=a@b.example>", "smtp.remote-ip=192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "pass",
        "pass (mx.example: receiver=mx.example)",
        "pass client-ip=192.0.2.1",
        "(pass) receiver=mx.example",
        "pass receiver=mx.example; receiver=mx2.example",
        "pass receiver=mx.example; envelope-from=\"a; receiver=b",
        "pass receiver=mx.example (open",
        "pass receiver=; client-ip=192.0.2.1",
        "pass receiver"
      })
  void whatDoesNotSayWhoCheckedSaysNothing(String value) {
    assertThat(AuthenticationResults.readReceivedSpf(value)).isInstanceOf(Reading.Garbled.class);
  }

  @Test
  void aMillionCharactersAndAMillionKeysAreRefused() {
    for (String piece : List.of("(", "\"", "a=b;", "a1=", "x")) {
      String value = "pass receiver=mx.example; " + piece.repeat(1_000_000 / piece.length());
      assertThat(AuthenticationResults.readReceivedSpf(value)).isInstanceOf(Reading.Garbled.class);
    }
    StringBuilder keys = new StringBuilder("pass receiver=mx.example");
    for (int i = 0; i < 60; i++) {
      keys.append("; k").append(i).append("=v");
    }
    assertThat(AuthenticationResults.readReceivedSpf(keys.toString()))
        .isInstanceOf(Reading.Garbled.class);
  }
}
