package dev.postern.evidence.dmarc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Conformance;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.Replays;
import dev.postern.evidence.dmarc.Identifier.Mechanism;
import dev.postern.evidence.dmarc.Identifier.Standing;
import dev.postern.mail.Authors;
import dev.postern.mail.DomainName;
import dev.postern.mail.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite for RFC 9989. */
class DmarcConformanceTest {
  private static final AtomicInteger PASSED = new AtomicInteger();
  private static int all;

  private final List<String> asked = new ArrayList<>();

  record DmarcCase(String name, Map<String, Object> test) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<DmarcCase> rfc9989() {
    List<DmarcCase> cases = new ArrayList<>();
    Map<String, Object> suite = Conformance.yaml("dmarc/dmarc-cases.yml").getFirst();
    for (Object test : Conformance.list(Conformance.at(suite, "cases"))) {
      Map<String, Object> it = Conformance.map(test);
      cases.add(
          new DmarcCase(Conformance.text(it, "id") + " " + Conformance.text(it, "title"), it));
    }
    all = cases.size();
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rfc9989")
  void dmarc(DmarcCase suite) {
    Map<String, Object> expect = Conformance.map(Conformance.at(suite.test(), "expect"));
    Authors authors = authors(suite.test());
    List<Identifier> identifiers = identifiers(suite.test());
    Deadline by = Deadline.in(Duration.ofSeconds(20));
    DmarcCheck check = new DmarcCheck(recording(suite.test()));

    DmarcOutcome outcome;
    String tag = "";
    if (authors.domain().isEmpty()) {
      outcome =
          new DmarcOutcome(
              DmarcCheck.without(DmarcResult.PERMERROR, "", authors.problem()), Map.of());
    } else {
      Discovery discovery = check.discover(authors.domain().get(), by);
      tag = discovery.request().map(DmarcRecord.Request::tag).orElse("");
      assertAskedOnly(expect, authors.domain().get());
      outcome = check.conclude(discovery, identifiers, by);
    }

    assertResult(expect, outcome.finding());
    equal(expect, "policy_domain", outcome.finding().policyDomain());
    equal(expect, "org_domain", outcome.finding().organizationalDomain());
    equal(expect, "policy_tag", tag);
    equal(expect, "policy", outcome.finding().policy().word());
    equal(expect, "test_mode", Boolean.toString(outcome.finding().testMode()));
    equal(
        expect,
        "spf_aligned",
        Boolean.toString(!aligned(identifiers, outcome, Mechanism.SPF).isEmpty()));
    equal(expect, "dkim_aligned", aligned(identifiers, outcome, Mechanism.DKIM).toString());
    Replays.giveTheSameVerdicts(
        Replays.envelope("a@" + domain(suite), "192.0.2.1", "mx.a.example"),
        Replays.from("a@" + domain(suite)),
        recording(suite.test()),
        1_700_000_000L);
    PASSED.incrementAndGet();
  }

  private static String domain(DmarcCase suite) {
    return Objects.toString(suite.test().get("author_domain"), "a.example");
  }

  /** Where the suite accepts another result than its own, nothing is asked of the receiver. */
  private static void assertResult(Map<String, Object> expect, DmarcFinding finding) {
    String result = finding.result().word();
    if (result.equals(Conformance.text(expect, "result"))) {
      equal(expect, "disposition", finding.disposition().word());
    } else {
      assertThat(Conformance.list(expect.getOrDefault("accept_results", List.of())))
          .as(finding.problem())
          .anyMatch(result::equals);
      assertThat(finding.disposition().word()).isEqualTo("none");
    }
  }

  private void assertAskedOnly(Map<String, Object> expect, DomainName author) {
    List<String> walk = asked.stream().filter(name -> name.startsWith("_dmarc.")).toList();
    assertThat(walk).hasSizeLessThanOrEqualTo(8);
    if (expect.get("queries") instanceof List<?> queries) {
      assertThat(walk).as(author.ascii()).isEqualTo(queries);
    }
  }

  private static void equal(Map<String, Object> expect, String field, String actual) {
    if (expect.containsKey(field)) {
      assertThat(actual).as(field).isEqualToIgnoringCase(Objects.toString(expect.get(field), ""));
    }
  }

  private static List<String> aligned(
      List<Identifier> identifiers, DmarcOutcome outcome, Mechanism mechanism) {
    return identifiers.stream()
        .filter(it -> it.mechanism() == mechanism && it.standing() == Standing.PASSED)
        .filter(it -> outcome.aligned(mechanism, it.domain()))
        .map(it -> it.domain().ascii())
        .toList();
  }

  private static Authors authors(Map<String, Object> test) {
    Object domains =
        test.containsKey("author_domains")
            ? Conformance.at(test, "author_domains")
            : Conformance.at(test, "author_domain");
    return new Authors(
        1,
        Conformance.list(domains).stream().map(domain -> new Mailbox("", "a@" + domain)).toList());
  }

  private static List<Identifier> identifiers(Map<String, Object> test) {
    List<Identifier> identifiers = new ArrayList<>();
    Map<String, Object> spf = Conformance.map(Conformance.at(test, "spf"));
    // Only the MAIL FROM identity counts (RFC 9989 §4.4.2).
    if (Conformance.text(spf, "identity").equals("mailfrom")) {
      identifier(Mechanism.SPF, spf).ifPresent(identifiers::add);
    }
    for (Object dkim : Conformance.list(Conformance.at(test, "dkim"))) {
      identifier(Mechanism.DKIM, Conformance.map(dkim)).ifPresent(identifiers::add);
    }
    return identifiers;
  }

  private static Optional<Identifier> identifier(Mechanism mechanism, Map<String, Object> result) {
    Standing standing =
        switch (Conformance.text(result, "result")) {
          case "pass" -> Standing.PASSED;
          case "temperror" -> Standing.UNDECIDED;
          default -> Standing.NOT_PASSED;
        };
    return Optional.ofNullable(result.get("domain"))
        .flatMap(domain -> DomainName.parse(domain.toString()))
        .map(domain -> new Identifier(mechanism, domain, standing));
  }

  private Dns recording(Map<String, Object> test) {
    ZoneDns zone = ZoneDns.of(Conformance.map(Conformance.at(test, "zone")));
    return new Dns() {
      @Override
      public Answer query(DnsName name, DnsType type, Deadline by) {
        asked.add(name.text());
        return zone.query(name, type, by);
      }
    };
  }

  @AfterAll
  static void say() {
    System.out.println("conformance dmarc " + PASSED + "/" + all);
  }
}
