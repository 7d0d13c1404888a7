package dev.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneDnsTest {
  private static final String ZONE =
      """
      bakery.example:
        A: [192.0.2.10]
        AAAA: 2001:db8::10
        MX: [10 MX.bakery.example., "0 ."]
        TXT: ["v=spf1 mx -all", ["one ", "record"], grüße]
      www.bakery.example: {CNAME: bakery.example}
      loop.example: {CNAME: loop.example}
      deep.below.nothing.example: {A: [192.0.2.11]}
      broken.example: {rcode: SERVFAIL}
      gone.example: {rcode: NXDOMAIN}
      silent.example: {timeout: true}
      10.2.0.192.in-addr.arpa: {PTR: [Bakery.example.]}
      """;

  private final ZoneDns zone = read(ZONE);

  @Test
  void answersWhatTheFileSays() {
    assertThat(ask(zone, "Bakery.example.", DnsType.A).data()).containsExactly("192.0.2.10");
    assertThat(ask(zone, "bakery.example", DnsType.AAAA).data())
        .containsExactly("2001:db8:0:0:0:0:0:10");
    assertThat(ask(zone, "bakery.example", DnsType.MX).data())
        .containsExactly("10 mx.bakery.example", "0 .");
    assertThat(ask(zone, "bakery.example", DnsType.TXT).data())
        .containsExactly("v=spf1 mx -all", "one record", "gr\u00c3\u00bc\u00c3\u009fe");
    assertThat(ask(zone, "www.bakery.example", DnsType.A).data()).containsExactly("192.0.2.10");
    assertThat(ask(zone, "10.2.0.192.in-addr.arpa", DnsType.PTR).data())
        .containsExactly("bakery.example");
  }

  @Test
  void tellsMissingNamesFromMissingRecordsAndFromNoAnswer() {
    assertThat(ask(zone, "nothing.example", DnsType.A).status()).isEqualTo(Status.NODATA);
    assertThat(ask(zone, "www.bakery.example", DnsType.PTR).status()).isEqualTo(Status.NODATA);
    assertThat(ask(zone, "x.bakery.example", DnsType.A).status()).isEqualTo(Status.NXDOMAIN);
    assertThat(ask(zone, "gone.example", DnsType.A).status()).isEqualTo(Status.NXDOMAIN);
    assertThat(ask(zone, "broken.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
    assertThat(ask(zone, "silent.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
    assertThat(ask(zone, "loop.example", DnsType.A).status()).isEqualTo(Status.TEMPFAIL);
  }

  @Test
  void namesOfTheZoneNeverReachTheNetwork() {
    Dns network = (name, type, by) -> Answer.of(List.of("network"), 1, false);
    Dns dns = new ZoneFirstDns(zone, network);

    assertThat(ask(dns, "x.y.bakery.example", DnsType.TXT).status()).isEqualTo(Status.NXDOMAIN);
    assertThat(ask(dns, "10.2.0.192.in-addr.arpa", DnsType.A).status()).isEqualTo(Status.NODATA);
    assertThat(ask(dns, "example", DnsType.A).data()).containsExactly("network");
    assertThat(ask(dns, "notbakery.example", DnsType.A).data()).containsExactly("network");
    assertThat(ask(dns, "", DnsType.A).data()).containsExactly("network");
  }

  /** The tree walk of DMARC asks for records above the samples' domains too. */
  @Test
  void theSamplesNeedNoNetwork() throws IOException {
    Dns network = (name, type, by) -> Answer.of(List.of("network"), 1, false);
    try (InputStream file =
        Objects.requireNonNull(ZoneDns.class.getResourceAsStream("/samples/zone.json"))) {
      Dns dns = new ZoneFirstDns(ZoneDns.read(file), network);
      assertThat(ask(dns, "_dmarc.example", DnsType.TXT).status()).isEqualTo(Status.NXDOMAIN);
    }
  }

  @Test
  void theSameQuestionGetsTheSameObject() {
    assertThat(ask(zone, "bakery.example", DnsType.A))
        .isSameAs(ask(zone, "www.bakery.example", DnsType.A));
    assertThat(ask(zone, "nobody.example", DnsType.A))
        .isSameAs(ask(zone, "nobody.example", DnsType.A));
  }

  @Test
  void failuresSayHow() {
    assertThat(ask(zone, "broken.example", DnsType.A)).isEqualTo(Answer.failure("SERVFAIL"));
    assertThat(ask(zone, "silent.example", DnsType.A)).isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(ask(zone, "loop.example", DnsType.A)).isEqualTo(Answer.failure("ALIASES"));
    assertThat(ask(zone, "gone.example", DnsType.A).rcode()).isEqualTo("NXDOMAIN");
  }

  /** The forms in which the suites for SPF and ARC write zones. */
  @Test
  void aNameMayHaveAListOfRecordsOrOneText() {
    ZoneDns suite =
        read(
            """
            a.example:
              - MX: [10, mx.a.example]
              - SPF: [v=spf1, " mx -all"]
              - TIMEOUT
            b.example: [{SPF: v=spf1 +all}, {TXT: v=spf1 -all}, {A: TIMEOUT}]
            c.example: [{SPF: v=spf1 -all}, {TXT: NONE}, {A: 192.0.2.1}, {A: 192.0.2.2}]
            k._domainkey.d.example: v=DKIM1; p=
            """);
    assertThat(ask(suite, "a.example", DnsType.MX).data()).containsExactly("10 mx.a.example");
    assertThat(ask(suite, "a.example", DnsType.TXT).data()).containsExactly("v=spf1 mx -all");
    assertThat(ask(suite, "a.example", DnsType.A)).isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(ask(suite, "b.example", DnsType.TXT).data()).containsExactly("v=spf1 -all");
    assertThat(ask(suite, "b.example", DnsType.A)).isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(ask(suite, "b.example", DnsType.MX).status()).isEqualTo(Status.NODATA);
    assertThat(ask(suite, "c.example", DnsType.TXT).status()).isEqualTo(Status.NODATA);
    assertThat(ask(suite, "c.example", DnsType.A).data()).containsExactly("192.0.2.1", "192.0.2.2");
    assertThat(ask(suite, "k._domainkey.d.example", DnsType.TXT).data())
        .containsExactly("v=DKIM1; p=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example: 7",
        "a.example: {A: [mx.example]}",
        "a.example: {A: '2001:db8::1'}",
        "a.example: {AAAA: 192.0.2.1}",
        "a.example: {A: }",
        "a.example: {A: [192.0.2.1, null]}",
        "a.example: {MX: [10, mx.example]}",
        "a.example: {MX: mx.example}",
        "a.example: {TYP0: x}",
        "a.example: {rcode: SERVFAILED}",
        "a.example: [A]",
        "a.example: [{A: 192.0.2.1, MX: 10 a.example}]",
        "a.example: [null]",
      })
  void whatIsNoRecordIsRefusedWithItsName(String zone) {
    assertThatThrownBy(() -> read(zone))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.example");
  }

  @Test
  void whatIsNoZoneIsRefused() {
    assertThatThrownBy(() -> read("a: b: c")).hasMessageContaining("not YAML");
    assertThatThrownBy(() -> read("[1, 2]")).hasMessageContaining("no names");
    assertThat(read("{\"a.example\": {\"A\": [\"192.0.2.1\"]}}").apexes())
        .containsExactly(new DnsName("a.example"));
  }

  private static ZoneDns read(String zone) {
    return ZoneDns.read(new ByteArrayInputStream(zone.getBytes(StandardCharsets.UTF_8)));
  }

  private static Answer ask(Dns dns, String name, DnsType type) {
    return dns.query(new DnsName(name), type, Deadline.in(Duration.ofSeconds(5)));
  }
}
