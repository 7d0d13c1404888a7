package dev.postern.evidence.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class FieldTrustTest {
  private static final String PASS = "Authentication-Results: mx.example.com; dmarc=pass";
  private static final String OUTSIDE =
      "Received: from evil.example (evil.example [203.0.113.9])\r\n\tby mx.example.com (Postfix) with ESMTP; x";
  private static final String HANDED_BACK =
      "Received: from localhost (localhost [127.0.0.1]) by mx.example.com (Postfix); x";

  private static HeaderFields header(String... lines) {
    byte[] octets = String.join("\r\n", lines).concat("\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    return HeaderFields.of(RawMessage.of(octets));
  }

  private static List<Integer> places(List<Claim> claims, HeaderFields header) {
    return claims.stream().map(claim -> header.all().indexOf(claim.field())).toList();
  }

  private static void assertHeard(
      HeaderFields header, List<Integer> trusted, List<Integer> forged, String... ours) {
    Testimony testimony = new FieldTrust(List.of(ours)).hear(header);
    assertThat(places(testimony.trusted(), header)).as("trusted").isEqualTo(trusted);
    assertThat(places(testimony.forged(), header)).as("forged").isEqualTo(forged);
  }

  @Test
  void aFieldOfOurNameBelowOurReceivedCameInWithTheMessage() {
    assertHeard(header(PASS, OUTSIDE, PASS), List.of(0), List.of(2), "mx.example.com");
  }

  @Test
  void withoutNamesOfOurOwnNothingIsTrustedAndNothingForged() {
    assertHeard(header(PASS, OUTSIDE, PASS), List.of(), List.of());
  }

  @Test
  void aReceivedFieldBelowTheForgedOneDoesNotHelpIt() {
    assertHeard(
        header(OUTSIDE, PASS, "Received: from a by mx.example.com; x"),
        List.of(),
        List.of(1),
        "mx.example.com");
  }

  @Test
  void withoutAReceivedFieldOfOursOnlyTheTopIsTrusted() {
    String store = "Received: from x by store.example.net; x";

    assertHeard(header(PASS, store, PASS), List.of(0), List.of(), "mx.example.com");
  }

  @Test
  void aHostBelowOurNameIsOursToo() {
    String orgWide = "Authentication-Results: example.com; dmarc=pass";

    assertHeard(header(orgWide, OUTSIDE, orgWide), List.of(0), List.of(), "example.com");
  }

  @Test
  void resultsFromBeforeAFilterHandedTheMessageBackAreNeitherTrustedNorForged() {
    assertHeard(
        header(PASS, HANDED_BACK, PASS, OUTSIDE, PASS), List.of(0), List.of(4), "mx.example.com");
    assertHeard(
        header("Received: by mx.example.com (Postfix, from userid 33); x", PASS, OUTSIDE, PASS),
        List.of(),
        List.of(3),
        "mx.example.com");
  }

  @Test
  void aGatewayInFrontOfAnotherHostOfOursIsNotTrusted() {
    String gateway = "Authentication-Results: gw.example.net; dmarc=pass";
    HeaderFields header =
        header(OUTSIDE, gateway, "Received: from a ([203.0.113.1]) by gw.example.net; x");

    assertHeard(header, List.of(), List.of(), "mx.example.com", "gw.example.net");
    assertHeard(header, List.of(1), List.of(), "gw.example.net");
  }

  /** The name in HELO comes from the client, and stands before ours. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "by",
        "evil(",
        "evil\"",
        "evil;",
        "evil(by",
        "[127.0.0.1]",
        "[IPv6:::1]",
        "[::1%lo]",
        "mx.example.com",
        "by mx.example.com"
      })
  void aClientCannotHideWhoTookItsMessage(String helo) {
    String taken = "Received: from " + helo + " (x.example [203.0.113.9]) by mx.example.com; x";

    assertHeard(header(taken, PASS), List.of(), List.of(1), "mx.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[127.0.0.1]",
        "[10.1.2.3]",
        "[192.168.0.7]",
        "[::1]",
        "[IPv6:fd00::1]",
        "[IPv6:::1]"
      })
  void anAddressInsideIsNoEntrance(String address) {
    String within = "Received: from filter (filter " + address + ") by mx.example.com; x";

    assertHeard(header(within, PASS), List.of(), List.of(), "mx.example.com");
  }

  @Test
  void aDomainIsTheSameInBothFormsOfIdnaAndInAnyCase() {
    String unicode = "Authentication-Results: MX.B\u00fccher.example; dmarc=pass";
    String taken = "Received: from a ([203.0.113.9]) by mx.xn--bcher-kva.example; x";

    assertHeard(
        header(unicode, taken, unicode), List.of(0), List.of(2), "mx.xn--bcher-kva.example");
    assertHeard(header(unicode, taken, unicode), List.of(0), List.of(2), "mx.b\u00fccher.example");
  }

  @Test
  void aForgedFieldIsFoundEvenIfItCannotBeRead() {
    assertHeard(
        header(
            OUTSIDE,
            "Authentication-Results: mx.example.com; dmarc=pass; none",
            "Authentication-Results: mx.example.com 2; dmarc=pass",
            "Authentication-Results: mx.example.com." + "; dmarc=pass (",
            "Authentication-Results: mx.example.com; a=" + "b".repeat(1_000_000),
            "Authentication-Results: other.example; dmarc=pass"),
        List.of(),
        List.of(1, 2, 3, 4),
        "mx.example.com");
  }

  @Test
  void receivedSpfCountsUnderTheSameRule() {
    String spf = "Received-SPF: pass (x) receiver=mx.example.com; envelope-from=a@b.example";
    String strange = "Received-SPF: pass (mx.example.com) receiver=mx.evil.example";

    assertHeard(header(strange, spf, OUTSIDE, spf), List.of(1), List.of(3), "mx.example.com");
  }

  @Test
  void aHeaderFullOfForgeriesIsReadInBoundedTimeAndMemory() {
    String[] lines = new String[60_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i % 2 == 0 ? OUTSIDE : PASS;
    }
    Testimony testimony = new FieldTrust(List.of("mx.example.com")).hear(header(lines));

    assertThat(testimony.trusted()).isEmpty();
    assertThat(testimony.forged()).hasSize(20);
  }

  @Test
  void hostileNamesOfHostsTakeNoTime() {
    String longName = "\u00e4\u5b57\u0905".repeat(80_000);

    assertHeard(
        header(
            "Received: from a by " + longName + "; x",
            "Received: from a by " + "by ".repeat(80_000) + "[".repeat(1000),
            "Authentication-Results: " + longName + "; dmarc=pass"),
        List.of(),
        List.of(),
        "mx.example.com");
  }
}
