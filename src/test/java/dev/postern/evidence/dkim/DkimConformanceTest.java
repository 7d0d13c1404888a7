package dev.postern.evidence.dkim;

import static dev.postern.evidence.Conformance.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Conformance;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Replays;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The DKIM suite: every case, by its own name. */
class DkimConformanceTest {
  private static final List<DkimResult> BEST_FIRST =
      List.of(
          DkimResult.PASS,
          DkimResult.TEMPERROR,
          DkimResult.FAIL,
          DkimResult.POLICY,
          DkimResult.PERMERROR,
          DkimResult.NEUTRAL);
  private static int passed;
  private static int total;

  @AfterAll
  static void report() {
    System.out.println("conformance dkim " + passed + "/" + total);
  }

  static Stream<SuiteCase> cases() {
    Map<String, Object> suite = Conformance.yaml("dkim/cases.yml").getFirst();
    return list(suite, "cases").stream().map(entry -> new SuiteCase(map(entry)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judgesTheCaseAsTheStandardDoes(SuiteCase suite) throws IOException {
    total++;
    SuiteDns dns = suite.dns();
    RawMessage message = suite.message();
    HeaderFields headers = HeaderFields.of(message);
    List<DkimFinding> findings =
        new DkimVerifier()
            .verify(message, headers, dns, Deadline.in(Duration.ofSeconds(10)), suite.now());

    assertThat(verdict(findings)).as("%s", findings).isIn(suite.accepted());
    assertThat(dns.questions).hasValueLessThanOrEqualTo(10);
    assertSignatures(suite, findings);
    assertFlags(suite, findings, headers);
    Replays.giveTheSameVerdicts(
        Replays.envelope("a@a.example", "192.0.2.1", "mx.a.example"), message, dns, suite.now());
    passed++;
  }

  /** Domains, selectors and key sizes; and a pass exactly where the suite's evaluator has one. */
  private static void assertSignatures(SuiteCase suite, List<DkimFinding> findings) {
    List<Map<String, Object>> expected = suite.signatures();
    IntStream.range(0, Math.min(10, expected.size()))
        .forEach(
            i -> {
              DkimFinding found = findings.get(i);
              Map<String, Object> wanted = expected.get(i);
              assertThat(found.result() == DkimResult.PASS)
                  .as("signature %d of %s: %s", i, suite, found)
                  .isEqualTo("pass".equals(wanted.get("verdict")));
              assertThat(found.reason().isEmpty()).isEqualTo(found.result() == DkimResult.PASS);
              if (wanted.get("key_bits") instanceof Integer bits && found.keyBits() > 0) {
                assertThat(found.keyBits()).isEqualTo(bits);
              }
            });
  }

  private static void assertFlags(
      SuiteCase suite, List<DkimFinding> findings, HeaderFields headers) {
    List<Object> flags = suite.flags();
    boolean unsignedTail = findings.stream().anyMatch(f -> f.unsignedOctets() > 0);
    if (flags.contains("l-unsigned-tail") || suite.ours()) { // the old corpora carry no flags
      assertThat(unsignedTail).isEqualTo(flags.contains("l-unsigned-tail"));
    }
    assertThat(findings.stream().anyMatch(f -> f.reason().startsWith("signature-limit")))
        .isEqualTo(flags.contains("signature-limit"));
    if (flags.contains("multiple-from")) {
      assertThat(headers.named("From")).hasSizeGreaterThan(1);
    }
    if (flags.contains("no-from")) {
      assertThat(headers.named("From")).isEmpty();
    }
  }

  private static String verdict(List<DkimFinding> findings) {
    return BEST_FIRST.stream()
        .filter(result -> findings.stream().anyMatch(f -> f.result() == result))
        .findFirst()
        .map(DkimResult::word)
        .orElse("none");
  }

  @SuppressWarnings("unchecked")
  private static List<Object> list(Map<String, Object> yaml, String key) {
    return (List<Object>) yaml.getOrDefault(key, List.of());
  }

  /** One entry of the suite. */
  record SuiteCase(Map<String, Object> yaml) {
    RawMessage message() throws IOException {
      byte[] octets = Files.readAllBytes(Conformance.file("dkim/" + text("message")));
      if (text("line_endings").equals("crlf")) {
        return RawMessage.of(octets);
      }
      String lines = new String(octets, StandardCharsets.ISO_8859_1);
      String crlf = lines.replaceAll("\r?\n", "\r\n");
      return RawMessage.of(crlf.getBytes(StandardCharsets.ISO_8859_1));
    }

    SuiteDns dns() {
      Map<String, Answer> answers = new TreeMap<>();
      map(yaml.getOrDefault("dns", Map.of()))
          .forEach((name, entry) -> answers.put(name, answer(map(entry))));
      return new SuiteDns(answers);
    }

    private static Answer answer(Map<String, Object> entry) {
      if (entry.containsKey("timeout") || "SERVFAIL".equals(entry.get("rcode"))) {
        return Answer.without(Answer.Status.TEMPFAIL, 0);
      }
      if (entry.containsKey("rcode")) {
        return Answer.without(Answer.Status.NXDOMAIN, 60);
      }
      List<String> records = list(entry, "txt").stream().map(SuiteCase::joined).toList();
      return records.isEmpty()
          ? Answer.without(Answer.Status.NODATA, 60)
          : Answer.of(records, 60, false);
    }

    private static String joined(Object record) {
      return record instanceof List<?> strings
          ? strings.stream().map(String::valueOf).collect(Collectors.joining())
          : String.valueOf(record);
    }

    long now() {
      return ((Number) yaml.getOrDefault("now", 0)).longValue();
    }

    List<Object> accepted() {
      return list(map(yaml.getOrDefault("expect", Map.of())), "accept");
    }

    List<Map<String, Object>> signatures() {
      return list(map(yaml.getOrDefault("expect", Map.of())), "signatures").stream()
          .map(Conformance::map)
          .toList();
    }

    List<Object> flags() {
      return list(yaml, "flags");
    }

    boolean ours() {
      return text("source").equals("postern");
    }

    private String text(String key) {
      return String.valueOf(yaml.get(key));
    }

    @Override
    public String toString() {
      return text("id");
    }
  }
}
