package dev.postern.evidence.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.RecordingDns;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSignalsTest {
  private static final Map<String, Object> ZONE =
      Map.ofEntries(
          Map.entry("7.2.0.192.in-addr.arpa", Map.of("PTR", "mx.supplier.example")),
          Map.entry("mx.supplier.example", Map.of("A", "192.0.2.7")),
          Map.entry("alias.supplier.example", Map.of("A", "192.0.2.7")),
          Map.entry("8.2.0.192.in-addr.arpa", Map.of("PTR", List.of("a.example", "b.example"))),
          Map.entry("a.example", Map.of("A", "192.0.2.99")),
          Map.entry("10.2.0.192.in-addr.arpa", Map.of("timeout", true)),
          Map.entry("11.2.0.192.in-addr.arpa", Map.of("PTR", "slow.example")),
          Map.entry("slow.example", Map.of("rcode", "SERVFAIL")),
          Map.entry(
              "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
              Map.of("PTR", "six.example")),
          Map.entry("six.example", Map.of("AAAA", "2001:db8::1")));

  @Test
  void aClientWhoseNameLeadsBackToItRaisesNothing() {
    Route route = ask("192.0.2.7", "mx.supplier.example");

    assertThat(route.reverse()).isEqualTo(Route.Reverse.CONFIRMED);
    assertThat(route.confirmed()).containsExactly("mx.supplier.example");
    assertThat(ALetter.plain().route(route).signals()).isEmpty();
    assertThat(ask("2001:db8::1", "SIX.example.").reverse()).isEqualTo(Route.Reverse.CONFIRMED);
    assertThat(ask("2001:db8::1", "six.example").helo()).isEqualTo(Route.Helo.OF_THE_CLIENT);
  }

  @Test
  void aClientWithoutANameAndOneWithAFalseNameAreTold() {
    assertThat(ALetter.plain().route(ask("192.0.2.9", "")).raised())
        .containsExactly("no-reverse-dns {client-ip=192.0.2.7}");
    assertThat(ALetter.plain().route(ask("192.0.2.8", "")).raised())
        .containsExactly(
            "reverse-dns-unconfirmed {client-ip=192.0.2.7, names=a.example b.example}");
  }

  @Test
  void whatDnsDoesNotAnswerIsUnknown() {
    assertThat(ask("192.0.2.10", "").reverse()).isEqualTo(Route.Reverse.UNKNOWN);
    assertThat(ask("192.0.2.11", "slow.example"))
        .isEqualTo(
            new Route(
                Route.Reverse.UNKNOWN, List.of("slow.example"), List.of(), Route.Helo.UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MX.supplier.example", "alias.supplier.example", "[192.0.2.7]", ""})
  void aHeloNameOfTheClientIsNothing(String helo) {
    assertThat(ALetter.plain().route(ask("192.0.2.7", helo)).signals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.example", "nowhere.example", "localhost", "[192.0.2.8]", "[", "not a name"})
  void anotherHeloNameIsTold(String helo) {
    assertThat(ALetter.plain().route(ask("192.0.2.7", helo)).names())
        .containsExactly("helo-elsewhere");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.1", "10.1.2.3", "192.168.0.1", "100.64.0.1", "::1", "fe80::1", "fd00::1"})
  void addressesOfTheInsideAreNotAskedAbout(String client) {
    Dns unasked =
        (name, type, by) -> {
          throw new AssertionError("asked for " + name);
        };
    assertThat(Route.of(envelope(client, "x.example"), unasked, by(1000)))
        .isEqualTo(Route.unknown());
  }

  @Test
  void noMoreThanThreeNamesAreFollowed() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(i + ".many.example");
    }
    Dns dns =
        (name, type, by) -> {
          asked.add(name.text());
          return name.text().endsWith(".arpa")
              ? Answer.of(many, 60, false)
              : Answer.without(Answer.Status.NXDOMAIN, 60);
        };

    assertThat(Route.of(envelope("192.0.2.7", "x.example"), dns, by(5000)).names()).hasSize(3);
    assertThat(asked).hasSize(5);
  }

  @Test
  void theQuestionsOfARoundAreAskedAtOnce() {
    CountDownLatch first = new CountDownLatch(2);
    CountDownLatch second = new CountDownLatch(3);
    Dns dns =
        (name, type, by) -> {
          boolean reverse = name.text().endsWith(".arpa");
          boolean helo = name.text().equals("helo.example");
          meet(reverse || helo ? first : second);
          return reverse
              ? Answer.of(List.of("a.example", "b.example", "c.example"), 60, false)
              : Answer.of(List.of("192.0.2.7"), 60, false);
        };

    Route route = Route.of(envelope("192.0.2.7", "helo.example"), new RecordingDns(dns), by(5000));
    assertThat(route.confirmed()).hasSize(3);
  }

  @Test
  void aDeafResolverEndsAtTheDeadline() {
    CountDownLatch never = new CountDownLatch(1);
    Dns deaf =
        (name, type, by) -> {
          meetNobody(never);
          return Answer.without(Answer.Status.TEMPFAIL, 0);
        };
    Deadline by = by(100);
    Assertions.assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          try (Branches branches = new Branches(by)) {
            var route =
                branches.start(
                    () -> Route.of(envelope("192.0.2.7", "x.example"), deaf, by), Route.unknown());
            assertThat(route.join()).isEqualTo(Route.unknown());
          }
        });
  }

  @Test
  void anAnswerThatIsNoAddressConfirmsNothing() {
    Dns odd =
        (name, type, by) ->
            Answer.of(List.of(name.text().endsWith(".arpa") ? "\0.x\u00ff" : "junk"), 60, false);

    assertThat(Route.of(envelope("192.0.2.7", "\0"), odd, by(1000)).reverse())
        .isEqualTo(Route.Reverse.UNCONFIRMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ESMTPS", "esmtpsa", "UTF8SMTPS", "LMTPS"})
  void tlsIsReadFromTheGatewaysOwnField(String protocol) {
    assertThat(
            ALetter.plain()
                .received(received("mx.northwind.example", protocol, "[192.0.2.7]"))
                .names())
        .containsExactly("received-with-tls");
  }

  @Test
  void aMessageInClearIsTold() {
    assertThat(
            ALetter.plain()
                .received(received("MX.Northwind.example", "ESMTP", "[192.0.2.7]"))
                .raised())
        .containsExactly("received-without-tls {by=mx.northwind.example, with=ESMTP}");
  }

  @Test
  void aFieldOfSomebodyElseSaysNothing() {
    List<String> fields =
        List.of(
            received("mx.elsewhere.example", "ESMTPS", "[192.0.2.7]"),
            received("mx.northwind.example", "ESMTPS", "[192.0.2.99]"),
            received("mx.northwind.example", "HTTP", "[192.0.2.7]"),
            "from x (by mx.northwind.example with ESMTPS [192.0.2.7])",
            "from x by mx.northwind.example with",
            "with ESMTPS",
            "(".repeat(5000),
            "");
    assertThat(fields)
        .allSatisfy(field -> assertThat(ALetter.plain().received(field).signals()).isEmpty());
  }

  @Test
  void aStrangerIsToldOnlyWhereOneKnows() {
    assertThat(ALetter.plain().ofAStranger().raised())
        .containsExactly("first-contact {domain=supplier.example}");
  }

  private static String received(String by, String with, String client) {
    return "from mx.supplier.example (mx.supplier.example "
        + client
        + ")\r\n\t(using TLSv1.3 with cipher X) by "
        + by
        + " (Postfix) with "
        + with
        + " id 4XyZ1k3vQ9z2 for <a@northwind.example>; Tue, 24 Nov 2026 06:45:58 +0000";
  }

  private static Route ask(String client, String helo) {
    return Route.of(envelope(client, helo), ZoneDns.of(ZONE), by(5000));
  }

  private static Deadline by(long millis) {
    return Deadline.in(Duration.ofMillis(millis));
  }

  private static Envelope envelope(String client, String helo) {
    return new Envelope(
        Optional.empty(),
        List.of(EmailAddress.parse("a@northwind.example").orElseThrow()),
        InetAddress.ofLiteral(client),
        helo);
  }

  /** Waits until all others are here. */
  private static void meet(CountDownLatch all) {
    all.countDown();
    try {
      assertThat(all.await(4, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void meetNobody(CountDownLatch never) {
    try {
      assertThat(never.await(1, TimeUnit.HOURS)).isFalse();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
