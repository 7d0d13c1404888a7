package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Messages and zones made to cost much: each ends within the budget, with a result that is told.
 */
@Timeout(60)
class LimitsTest {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);
  private static final String FROM = "From: a@bank.example\r\n";
  private static final String PASS = "v=spf1 ip4:192.0.2.7 -all";

  @Test
  void aThousandSignaturesOfAThousandDomainsCostTenQuestions() {
    StringBuilder header = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      header.append(signature("d" + i + ".example"));
    }
    Evidence evidence = examine(header + FROM, zone(Map.of("bank.example", PASS)));

    assertThat(evidence.dkim()).hasSize(11);
    assertThat(evidence.dkim().subList(0, 10))
        .allMatch(it -> it.result() == DkimResult.PERMERROR && it.reason().startsWith("no key at"));
    assertThat(evidence.dkim().getLast().reason()).startsWith("signature-limit: 990 more");
    assertThat(evidence.dns())
        .filteredOn(it -> it.name().text().contains("_domainkey"))
        .hasSize(10);
  }

  @Test
  void aHundredThousandFieldsWithNamesOfTheirOwnAreEvaluated() {
    StringBuilder header = new StringBuilder(FROM);
    for (int i = 0; i < 99_999; i++) {
      header.append("X-").append(i).append(": y\r\n");
    }
    Evidence evidence = examine(header.toString(), zone(Map.of("bank.example", PASS)));

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.NONE);
  }

  @Test
  void aHundredThousandFromFieldsAreNoAuthor() {
    Evidence evidence = examine(FROM.repeat(100_000), zone(Map.of("bank.example", PASS)));

    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.PERMERROR);
    assertThat(evidence.dmarc().problem()).contains("100000 From fields");
  }

  @Test
  void namesInCharsetsThatNobodyKnowsCostNoMoreThanOthers() {
    StringBuilder header = new StringBuilder();
    for (int field = 0; field < 20; field++) {
      header.append("From:");
      for (int word = 0; word < 20_000; word++) {
        header.append("=?x").append(word).append("?q?a?=");
      }
      header.append(" <a@bank.example>\r\n");
    }
    Evidence evidence = examine(header.toString(), zone(Map.of("bank.example", PASS)));

    assertThat(evidence.dmarc().problem()).contains("20 From fields");
  }

  @Test
  void aTagListOfAMegabyteInEveryPlaceIsNoPass() {
    String many = manyTags(1_000_000);
    Evidence inMessage =
        examine(
            "DKIM-Signature: " + many + "\r\nARC-Seal: i=1; " + many + "\r\n" + FROM,
            zone(Map.of("bank.example", PASS)));
    Evidence inDns =
        examine(
            signature("bank.example") + FROM,
            zone(
                Map.of(
                    "bank.example", "v=spf1 " + "exp=%{d} ".repeat(100_000) + "+all",
                    "_dmarc.bank.example", "v=DMARC1; " + many,
                    "s._domainkey.bank.example", "v=DKIM1; " + many)));

    assertThat(inMessage.dkim().getFirst().reason()).contains("too many tags");
    assertThat(inMessage.arc().result()).isEqualTo(ArcResult.FAIL);
    assertThat(inDns.dkim().getFirst().reason()).startsWith("malformed key record: too many tags");
    assertThat(inDns.spf().result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(inDns.spf().problem()).contains("exp= stands twice");
    assertThat(inDns.dmarc().problem()).contains("names no valid policy");
  }

  @Test
  void includesThatLeadBackAreTooManyLookups() {
    Map<String, String> self = Map.of("bank.example", "v=spf1 include:bank.example -all");
    Map<String, String> pair =
        Map.of(
            "bank.example", "v=spf1 include:other.example -all",
            "other.example", "v=spf1 include:bank.example -all");
    for (Map<String, String> loop : List.of(self, pair)) {
      Evidence evidence = examine(FROM, zone(loop));

      assertThat(evidence.spf().result()).isEqualTo(SpfResult.PERMERROR);
      assertThat(evidence.spf().problem()).contains("more than 10 DNS look-ups");
      assertThat(evidence.dns()).as("each name once").hasSizeLessThan(10);
    }
  }

  @Test
  void redirectsThatLeadBackOrOnWithoutEndAreTooManyLookups() {
    Map<String, String> chain = new HashMap<>();
    chain.put("bank.example", "v=spf1 redirect=r0.example");
    for (int i = 0; i < 1_000; i++) {
      chain.put("r" + i + ".example", "v=spf1 redirect=r" + (i + 1) + ".example");
    }
    Map<String, String> loop = Map.of("bank.example", "v=spf1 redirect=bank.example");
    for (Map<String, String> zone : List.of(loop, chain)) {
      Evidence evidence = examine(FROM, zone(zone));

      assertThat(evidence.spf().result()).isEqualTo(SpfResult.PERMERROR);
      assertThat(evidence.spf().problem()).contains("more than 10 DNS look-ups");
      assertThat(evidence.dns()).hasSizeLessThan(20);
    }
  }

  @Test
  void aTreeOfIncludesAndMacrosEndsAtTheSameLimits() {
    String tree = "v=spf1" + " include:%{d} mx ptr:%{p}.%{p} exists:%{ir}.%{l}.%{d}".repeat(2_000);
    Evidence evidence = examine(FROM, (_, type, _) -> answerToAll(type, tree));

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(evidence.dns()).hasSizeLessThan(RecordingDns.MOST_QUESTIONS);
  }

  @Test
  void aZoneThatAliasesInCirclesGivesNoAnswer() {
    Map<String, Object> zone = new HashMap<>();
    zone.put("bank.example", Map.of("CNAME", "other.example"));
    zone.put("other.example", Map.of("CNAME", "bank.example"));
    zone.put("_dmarc.bank.example", Map.of("CNAME", "_dmarc.bank.example"));
    Evidence evidence = examine(FROM, ZoneDns.of(zone));

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
  }

  /** Not even interrupts end it: the thread stays behind, the evaluation does not. */
  @Test
  void aResolverThatIgnoresItsDeadlineCostsTheBudgetAndASmallGrace() {
    CountDownLatch over = new CountDownLatch(1);
    Dns deaf = (_, _, _) -> deaf(over);
    Duration budget = Duration.ofMillis(300);

    long begin = System.nanoTime();
    Evidence evidence =
        new Examiner(deaf, budget, Home.unknown())
            .examine(envelope(), message(signature("bank.example") + FROM), NOW);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    over.countDown();

    // Left after one grace, its threads after another; the rest is for a machine that does other
    // things as well.
    assertThat(took).isLessThan(budget.plus(Branches.GRACE.multipliedBy(2)).plusMillis(750));
    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.dkim().getFirst().result()).isEqualTo(DkimResult.TEMPERROR);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
    assertThat(evidence.arc().result()).isEqualTo(ArcResult.NONE);
    assertThat(evidence.uncertain()).isTrue();
  }

  @Test
  void whateverTheZoneSaysTheEvidenceIsOneThatCanBeKept() {
    for (Predicate<DnsType> empty :
        List.<Predicate<DnsType>>of(_ -> false, type -> type != DnsType.TXT)) {
      String hostile = "\0\u00ff\r\n v=spf1 v=DMARC1 \ud800".repeat(3_000);
      Dns dns =
          (_, type, _) ->
              empty.test(type)
                  ? Answer.without(Answer.Status.NODATA, 0)
                  : Answer.of(List.of(hostile, "", hostile), 0, false);
      Evidence evidence = examine(signature("bank.example") + FROM, dns);

      assertThat(EvidenceJson.write(evidence)).isNotEmpty();
      assertThat(evidence.dmarc().result()).isNotEqualTo(DmarcResult.PASS);
    }
  }

  private static Answer deaf(CountDownLatch over) {
    boolean waiting = true;
    while (waiting) {
      try {
        waiting = !over.await(1, TimeUnit.HOURS);
      } catch (InterruptedException ignoredToo) {
        waiting = over.getCount() > 0;
      }
    }
    return Answer.without(Answer.Status.TEMPFAIL, 0);
  }

  private static Answer answerToAll(DnsType type, String txt) {
    return switch (type) {
      case TXT -> Answer.of(List.of(txt), 60, false);
      case A -> Answer.of(List.of("198.51.100.1"), 60, false);
      case AAAA -> Answer.of(List.of("2001:db8::1"), 60, false);
      case MX -> Answer.of(List.of("10 a.example", "10 b.example"), 60, false);
      case PTR -> Answer.of(List.of("x.bank.example", "y.bank.example"), 60, false);
      default -> Answer.without(Answer.Status.NODATA, 60);
    };
  }

  private static String manyTags(int octets) {
    StringBuilder tags = new StringBuilder();
    while (tags.length() < octets) {
      tags.append("t").append(tags.length()).append("=x; ");
    }
    return tags.toString();
  }

  private static String signature(String domain) {
    return "DKIM-Signature: v=1; a=rsa-sha256; d="
        + domain
        + "; s=s; h=from; bh="
        + "A".repeat(43)
        + "=; b=AAAA\r\n";
  }

  private static Dns zone(Map<String, String> texts) {
    Map<String, Object> zone = new HashMap<>();
    texts.forEach((name, text) -> zone.put(name, Map.of("TXT", text)));
    return ZoneDns.of(zone);
  }

  private static Evidence examine(String header, Dns dns) {
    Deadline by = Deadline.in(BUDGET);
    Evidence evidence =
        new Examiner(dns, BUDGET, Home.unknown()).examine(envelope(), message(header), NOW);
    assertThat(by.passed()).as("the budget is over").isFalse();
    return evidence;
  }

  private static RawMessage message(String header) {
    return RawMessage.of((header + "\r\nbody\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Envelope envelope() {
    Optional<EmailAddress> sender = EmailAddress.parse("a@bank.example");
    EmailAddress recipient = new EmailAddress("info", new DomainName("firm.example"));
    InetAddress ip = InetAddress.ofLiteral("192.0.2.7");
    return new Envelope(sender, List.of(recipient), ip, "mx.bank.example");
  }
}
