package dev.postern.evidence.posture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Dns;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a domain publishes or its name servers do: bounded work, a stated result. */
@Timeout(30)
class HostileDomainTest {
  private static final String PRINTABLE = "(?s)[\\x20-\\x7e§├└│─…\n]*";
  private static final int LARGEST_OF_DNS = 1 << 16;
  private static final int MEGABYTE = 1 << 20;

  @Test
  void dnsThatNeverAnswersEndsWithTheBudget() {
    CountDownLatch never = new CountDownLatch(1);
    Dns dead =
        (_, _, _) -> {
          try {
            never.await();
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          }
          return Answer.without(Status.TEMPFAIL, 0);
        };
    long start = System.nanoTime();
    Posture posture = new DomainCheck(dead, Duration.ofMillis(200)).check(ADomain.FIRM, List.of());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(posture.findings().map(Finding::level)).containsOnly(Level.TEMPORARY);
    assertThat(posture.sections()).hasSize(7);
    assertThat(posture.wanting()).isFalse();
    assertThat(posture.undecided()).isTrue();
  }

  @Test
  void aBrokenResolverIsNoAnswer() {
    Dns broken =
        (_, _, _) -> {
          throw new IllegalStateException("broken");
        };
    assertThat(new ADomain().check(broken).findings().map(Finding::level))
        .containsOnly(Level.TEMPORARY);
  }

  @Test
  void aThousandIncludesAreCountedAndNotAllFollowed() {
    String includes =
        IntStream.range(0, 1000)
            .mapToObj(i -> "include:i" + i + ".example")
            .collect(Collectors.joining(" "));
    AtomicInteger questions = new AtomicInteger();
    Dns dns =
        publishing(name -> name.equals("firm.example") ? "v=spf1 " + includes : "v=spf1 a -all");
    Posture posture = new ADomain().check(counting(dns, questions));

    assertThat(posture.findings().map(Finding::what))
        .anyMatch(
            it ->
                it.matches("The record needs at least 1[0-9]{3} DNS look-ups; 10 are allowed\\."));
    assertThat(questions.get()).isLessThan(1200);
    assertThat(PostureReport.of(posture).lines().count()).isLessThan(250);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void includesWithoutEndAreCutOff(int breadth) {
    AtomicInteger questions = new AtomicInteger();
    Dns dns =
        publishing(
            name ->
                IntStream.range(0, breadth)
                    .mapToObj(i -> "include:" + i + "." + shortened(name))
                    .collect(Collectors.joining(" ", "v=spf1 ", " -all")));
    Posture posture = new ADomain().check(counting(dns, questions));

    assertThat(ADomain.wanting(posture)).contains("error spf-too-many-lookups");
    assertThat(questions.get()).isLessThan(800);
    assertThat(ADomain.wanting(new ADomain().check(dns))).isEqualTo(ADomain.wanting(posture));
  }

  private static String shortened(String name) {
    return name.length() < 200 ? name : name.substring(100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v=spf1 ",
        "v=spf1 include:",
        "v=spf1 a/",
        "v=DMARC1; p=none; rua=mailto:a@",
        "v=DMARC1; p=none; rua=mailto:a@b.example,",
        "v=DMARC1; p=none; rua=mailto:!\n",
        "v=DMARC1; a=",
        "v=DKIM1; p=",
        "v=DKIM1; t=",
        "v=STSv1; id=",
        "v=STSv1;",
        "v=TLSRPTv1;",
        "v=BIMI1; l="
      })
  void theLargestRecordsAreBorne(String start) {
    for (String filling : List.of("a", " ", ";", "!", ",", " a", "; a=b", "/", "%{i}", "\u00ff")) {
      bear(start + filling.repeat(LARGEST_OF_DNS / filling.length()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=spf1 | a", "v=DMARC1; p=none; rua=mailto:|!\n", "v=DKIM1; p=|\u00ff"})
  void aMegabyteInARecordIsBorne(String text) {
    int bar = text.indexOf('|');
    String filling = text.substring(bar + 1);
    bear(text.substring(0, bar) + filling.repeat(MEGABYTE / filling.length()));
  }

  private static void bear(String text) {
    Posture posture = new ADomain().check(publishing(_ -> text));

    assertThat(posture.findings().filter(it -> it.level() == Level.TEMPORARY)).isEmpty();
    assertThat(PostureReport.of(posture)).hasSizeLessThan(100_000).matches(PRINTABLE);
  }

  @Test
  void P13_nothingPublishedSteersTheTerminal() {
    String hostile = "\u001b[2J\u009b1m\r\nSPF ok\u0000\u007f\\";
    ADomain domain =
        new ADomain()
            .selector("own")
            .spf("v=spf1 include:" + hostile + ".example -all", "v=spf1;" + hostile)
            .dmarc("v=DMARC1; p=reject; " + hostile + "=1; rua=" + hostile + ",mailto:a@b.example")
            .txt("own._domainkey.firm.example", "v=DKIM1; k=" + hostile);
    Dns zone = domain.dns();
    Posture posture =
        domain.check(
            (name, type, by) ->
                switch (type) {
                  case MX -> Answer.of(List.of("10 " + hostile), 60, false);
                  case CNAME -> Answer.of(List.of(hostile), 60, false);
                  case A, AAAA, PTR, SPF, TXT -> zone.query(name, type, by);
                });

    assertThat(PostureReport.of(posture))
        .contains("\\u{1b}[2J")
        .matches(PRINTABLE)
        .doesNotContain("\nSPF ok");
  }

  /** With DNS that always answers, a part that fails would show as temporary. */
  @Test
  void noRecordMakesAnyPartFail() {
    Random random = new Random(20261125);
    for (int round = 0; round < 500; round++) {
      String text = anything(random);
      Posture posture =
          new ADomain()
              .selector("own")
              .check(publishing(_ -> text, random.nextBoolean() ? text : "10 mx"));
      assertThat(posture.findings().filter(it -> it.level() == Level.TEMPORARY)).as(text).isEmpty();
      assertThat(PostureReport.of(posture)).as(text).matches(PRINTABLE);
      assertThat(PostureJson.of(posture)).containsKey("sections");
    }
  }

  private static String anything(Random random) {
    String[] pieces = {
      "v=spf1 ",
      "v=DMARC1;",
      "v=DKIM1;",
      "v=STSv1;",
      "v=BIMI1;",
      "v=TLSRPTv1;",
      "include:",
      "a",
      "mx",
      "ptr:",
      "exists:%{i}",
      "redirect=",
      "exp=",
      "%{d}",
      "%{",
      "/0",
      "//129",
      "ip4:1.2.3.4",
      "ip6:::/0",
      "all",
      "+",
      "-",
      "~",
      "?",
      "p=",
      "none",
      "reject",
      "sp=",
      "np=",
      "t=y",
      "rua=mailto:",
      "a@b.example",
      "firm.example",
      ";",
      ";",
      " ",
      ",",
      "!",
      "=",
      ".",
      "\u0000",
      "\u00e9",
      "k=rsa",
      "h=",
      "id=1",
      "l=https:"
    };
    return random
        .ints(random.nextInt(30), 0, pieces.length)
        .mapToObj(i -> pieces[i])
        .collect(Collectors.joining("", pieces[random.nextInt(6)], ""));
  }

  private static Dns counting(Dns dns, AtomicInteger questions) {
    return (name, type, by) -> {
      questions.incrementAndGet();
      return dns.query(name, type, by);
    };
  }

  /** Every name has an address and this text. */
  private static Dns publishing(Function<String, String> texts) {
    return publishing(texts, "10 mx.firm.example");
  }

  private static Dns publishing(Function<String, String> texts, String mx) {
    return (name, type, _) ->
        switch (type) {
          case TXT -> Answer.of(List.of(texts.apply(name.text())), 60, false);
          case MX -> Answer.of(List.of(mx), 60, false);
          case A -> Answer.of(List.of("192.0.2.1"), 60, false);
          case AAAA -> Answer.of(List.of("2001:db8::1"), 60, false);
          case CNAME, PTR, SPF -> Answer.without(Status.NODATA, 60);
        };
  }
}
