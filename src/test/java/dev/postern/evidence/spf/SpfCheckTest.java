package dev.postern.evidence.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What the suite does not ask: the path, the limits of time, what is asked, hostile explanations.
 */
class SpfCheckTest {
  private static final String IP = "192.0.2.7";

  @Test
  void thePathNamesEachIncludeAndRedirectDownToTheTermThatMatched() {
    SpfOutcome outcome =
        check(
            Map.of(
                "firm.example", txt("v=spf1 mx redirect=_spf.%{d}"),
                "_spf.firm.example", txt("v=spf1 include:a.example ?all"),
                "a.example", txt("v=spf1 ip4:198.51.100.0/24 include:b.example -all"),
                "b.example", txt("v=spf1 +ip4:192.0.2.0/24 ~all")));

    assertThat(outcome.result()).isEqualTo(SpfResult.PASS);
    assertThat(outcome.path())
        .containsExactly(
            new SpfTerm("firm.example", "redirect=_spf.firm.example"),
            new SpfTerm("_spf.firm.example", "include:a.example"),
            new SpfTerm("a.example", "include:b.example"),
            new SpfTerm("b.example", "+ip4:192.0.2.0/24"));
    assertThat(outcome.lookups()).isEqualTo(4);
  }

  @Test
  void aResultThatNoTermGaveHasNoPath() {
    SpfOutcome outcome =
        check(
            Map.of(
                "firm.example", txt("v=spf1 redirect=_spf.firm.example"),
                "_spf.firm.example", txt("v=spf1 ip4:198.51.100.1")));

    assertThat(outcome.result()).isEqualTo(SpfResult.NEUTRAL);
    assertThat(outcome.path()).isEmpty();
  }

  @Test
  void recordsOfType99AreNeverAskedFor() {
    Set<DnsType> asked = Collections.synchronizedSet(EnumSet.noneOf(DnsType.class));
    ZoneDns zone =
        ZoneDns.of(
            Map.of(
                "firm.example",
                txt("v=spf1 a mx ptr exists:%{p}.firm.example include:b.example -all"),
                "b.example",
                txt("v=spf1 -all")));
    Dns watched =
        (name, type, by) -> {
          asked.add(type);
          return zone.query(name, type, by);
        };

    check(watched, "firm.example", Duration.ofSeconds(20));

    assertThat(asked).contains(DnsType.TXT).doesNotContain(DnsType.SPF);
  }

  @Test
  void macroPIsTheValidatedNameOfTheClientAndCountsAsALookup() {
    Map<String, Object> zone = new HashMap<>();
    zone.put("firm.example", txt("v=spf1 exists:%{p}._allow.firm.example -all"));
    zone.put("7.2.0.192.in-addr.arpa", Map.of("PTR", List.of("liar.example", "mx.firm.example")));
    zone.put("mx.firm.example", Map.of("A", IP));
    zone.put("liar.example", Map.of("A", "198.51.100.1"));
    zone.put("mx.firm.example._allow.firm.example", Map.of("A", "127.0.0.2"));
    SpfOutcome outcome = check(zone);

    assertThat(outcome.result()).isEqualTo(SpfResult.PASS);
    assertThat(outcome.lookups()).isEqualTo(2);

    zone.remove("mx.firm.example");
    zone.put("unknown._allow.firm.example", Map.of("A", "127.0.0.2"));
    assertThat(check(zone).result()).isEqualTo(SpfResult.PASS);
  }

  @Test
  void timeThatRunsOutIsATemporaryError() {
    AtomicInteger questions = new AtomicInteger();
    Dns slow =
        (name, type, by) -> {
          questions.incrementAndGet();
          return by.passed()
              ? Answer.without(Answer.Status.TEMPFAIL, 0)
              : Answer.of(List.of("v=spf1 include:" + name + " -all"), 60, false);
        };

    assertThat(check(slow, "firm.example", Duration.ZERO).result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(questions).hasValue(1);
  }

  @Test
  void anIncludeOfItselfEndsAtTenLookups() {
    SpfOutcome outcome = check(Map.of("firm.example", txt("v=spf1 include:firm.example -all")));

    assertThat(outcome.result()).isEqualTo(SpfResult.PERMERROR);
    assertThat(outcome.problem()).isEqualTo("the SPF record needs more than 10 DNS look-ups");
  }

  @Test
  void anExplanationIsFetchedOnlyForAFailAndCutToWhatPeopleRead() {
    Map<String, Object> zone = new HashMap<>();
    zone.put("firm.example", txt("v=spf1 -all exp=why.firm.example"));
    zone.put("why.firm.example", txt("<!channel> %{i} is not ours " + "x".repeat(3000)));
    SpfOutcome outcome = check(zone);

    assertThat(outcome.explanation()).startsWith("<!channel> 192.0.2.7 is not").hasSize(1000);
    zone.put("firm.example", txt("v=spf1 ~all exp=why.firm.example"));
    assertThat(check(zone).explanation()).isEmpty();
    zone.put("firm.example", txt("v=spf1 -all exp=why.firm.example"));
    zone.put("why.firm.example", txt("a line\r\nX-Injected: yes"));
    assertThat(check(zone).explanation()).isEmpty();
  }

  private static Map<String, Object> txt(String record) {
    return Map.of("TXT", record);
  }

  private static SpfOutcome check(Map<String, ?> zone) {
    return check(ZoneDns.of(Map.copyOf(zone)), "firm.example", Duration.ofSeconds(20));
  }

  private static SpfOutcome check(Dns dns, String domain, Duration time) {
    SpfQuestion question =
        new SpfQuestion(InetAddress.ofLiteral(IP), domain, "kim", "mx." + domain, 1_790_000_000L);
    return new SpfCheck(dns).check(question, Deadline.in(time));
  }
}
