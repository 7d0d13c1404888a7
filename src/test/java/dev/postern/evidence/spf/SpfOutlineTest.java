package dev.postern.evidence.spf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.spf.SpfBranch.Kind;
import dev.postern.evidence.spf.SpfBranch.Reply;
import dev.postern.evidence.spf.SpfOutline.Standing;
import dev.postern.mail.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpfOutlineTest {

  @Test
  void lookupsAreThoseOfTheWholeTree() {
    SpfOutline spf =
        outline(
            Map.of(
                "a.example",
                    txt("v=spf1 mx ip4:192.0.2.1 include:b.example ptr redirect=c.example"),
                "b.example", txt("v=spf1 a exists:%{i}.b.example ~all a"),
                "c.example", txt("v=spf1 include:b.example -all")));

    // mx, include, ptr, redirect; twice a and exists of b; include of c.
    assertThat(spf.lookups()).isEqualTo(4 + 2 + 1 + 2);
    assertThat(spf.branches())
        .extracting(SpfBranch::kind)
        .containsExactly(Kind.MX, Kind.IP, Kind.INCLUDE, Kind.PTR, Kind.REDIRECT);
    assertThat(spf.branches()).extracting(SpfBranch::totalLookups).containsExactly(1, 0, 3, 1, 4);
  }

  @Test
  void macrosOfTheDomainAreFilledInAndOthersAreNot() {
    SpfOutline spf =
        outline(
            Map.of(
                "a.example",
                    txt("v=spf1 include:%{d2}.b.example include:%{i}.b.example exists:%{p}.b"),
                "a.example.b.example", txt("v=spf1 include:%{o}.c.example"),
                "a.example.c.example", txt("v=spf1 -all")));

    SpfOutline b = spf.branches().getFirst().below().orElseThrow();
    assertThat(b.domain()).isEqualTo("a.example.b.example");
    assertThat(b.branches().getFirst().below().orElseThrow().standing()).isEqualTo(Standing.FOUND);
    assertThat(spf.branches().get(1).below()).isEmpty();
    assertThat(spf.branches().get(1).lookups()).isEqualTo(1);
  }

  @Test
  void macroPCountsOnceMore() {
    SpfOutline spf = outline(Map.of("a.example", txt("v=spf1 exists:%{p}.b.example -all")));
    assertThat(spf.lookups()).isEqualTo(2);
  }

  @Test
  void whatTermsNameIsAskedWithoutAnyClient() {
    SpfOutline spf =
        outline(
            Map.of(
                "a.example",
                Map.of(
                    "TXT",
                    List.of("v=spf1 a mx exists:a.example a:four.example a:six.example a:x -all")),
                "four.example",
                Map.of("A", List.of("192.0.2.1")),
                "six.example",
                Map.of("AAAA", List.of("2001:db8::1"))));

    assertThat(spf.standing()).isEqualTo(Standing.MALFORMED);

    spf =
        outline(
            Map.of(
                "a.example",
                    txt("v=spf1 a mx exists:four.example a:four.example a:six.example -all"),
                "four.example", Map.of("A", List.of("192.0.2.1")),
                "six.example", Map.of("AAAA", List.of("2001:db8::1"))));
    assertThat(spf.branches())
        .extracting(SpfBranch::reply)
        .containsExactly(
            Reply.VOID,
            Reply.VOID,
            Reply.FOUND,
            Reply.VOID_FOR_IP6,
            Reply.VOID_FOR_IP4,
            Reply.NOT_ASKED);
    assertThat(spf.voids(true)).isEqualTo(3);
    assertThat(spf.voids(false)).isEqualTo(3);
  }

  @Test
  void loopsAreCutWhereTheyClose() {
    SpfOutline spf =
        outline(
            Map.of(
                "a.example", txt("v=spf1 include:b.example -all"),
                "b.example", txt("v=spf1 redirect=a.example")));
    SpfOutline b = spf.branches().getFirst().below().orElseThrow();
    assertThat(b.redirect().orElseThrow().below().orElseThrow().standing())
        .isEqualTo(Standing.LOOP);
    assertThat(spf.lookups()).isEqualTo(2);
  }

  @Test
  void almostAnSpfRecordIsTold() {
    assertThat(List.of("v=spf1;", " v=spf1 -all", "V = SPF1 a", "\"v=spf1 a\"", "v=spf10 a"))
        .allMatch(SpfOutline::isNearMiss);
    assertThat(List.of("v=spf1", "V=SPF1 a", "spf2.0/pra", "about v=spf1", ""))
        .noneMatch(SpfOutline::isNearMiss);
  }

  private static Map<String, Object> txt(String record) {
    return Map.of("TXT", List.of(record));
  }

  private static SpfOutline outline(Map<String, Map<String, Object>> zone) {
    return SpfOutline.of(
        new DomainName("a.example"), ZoneDns.of(zone), Deadline.in(Duration.ofSeconds(20)));
  }
}
