package dev.postern.evidence;

import static dev.postern.evidence.EvidenceSchema.complaints;
import static dev.postern.evidence.EvidenceSchema.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.app.trial.Samples;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/evidence.schema.json says what {@link EvidenceJson} writes, no more and no less. */
class EvidenceSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode TEXT = EvidenceSchema.TEXT;

  static Stream<Evidence> written() throws IOException {
    Examiner examiner =
        new Examiner(
                ZoneDns.read(new ByteArrayInputStream(Samples.zone())),
                Duration.ofSeconds(20),
                Home.unknown())
            .with(new Signals(Home.unknown(), Acquaintance.withEverybody()));
    Instant at = Instant.parse("2026-11-26T08:00:00Z");
    Stream<Evidence> samples =
        Samples.all().stream().map(it -> examiner.examine(envelope(it), it.raw(), at));
    return Stream.concat(Stream.of(computed(), reported()), samples);
  }

  @ParameterizedTest
  @MethodSource("written")
  void everyDocumentThatIsWrittenIsValid(Evidence evidence) {
    assertThat(complaints(document(evidence))).isEmpty();
  }

  @Test
  void aMemberThatTheSchemaDoesNotNameIsInvalid() {
    JsonNode good = document(computed());
    assertThat(objects(good, ""))
        .hasSizeGreaterThan(15)
        .allSatisfy(
            path -> {
              JsonNode longer = good.deepCopy();
              ((ObjectNode) longer.at(path)).put("more", 1);
              assertThat(complaints(longer)).isNotEmpty();
            });
  }

  @Test
  void aMissingMemberIsInvalid() {
    Stream.of(document(computed()), document(reported()))
        .forEach(
            good ->
                members(good)
                    .forEach(
                        path -> {
                          JsonNode shorter = good.deepCopy();
                          ((ObjectNode) shorter.at(parent(path))).remove(name(path));
                          assertThat(complaints(shorter)).as("without %s", path).isNotEmpty();
                        }));
  }

  @Test
  void aMemberOfAnotherTypeIsInvalid() {
    JsonNode good = document(computed());
    assertThat(members(good))
        .hasSizeGreaterThan(80)
        .allSatisfy(path -> assertThat(complaints(with(good, path, JSON.nullNode()))).isNotEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kind",
        "/messageSha256",
        "/spf/result",
        "/spf/identity",
        "/helo/result",
        "/dkim/0/result",
        "/arc/result",
        "/dmarc/result",
        "/dmarc/policy",
        "/dmarc/disposition",
        "/signals/0/name",
        "/dns/0/type",
        "/dns/0/status"
      })
  void aWordThatIsNotOfItsListIsInvalid(String path) {
    JsonNode wrong = with(document(computed()), path, JSON.getNodeFactory().textNode("May be"));
    assertThat(complaints(wrong))
        .isNotEmpty()
        .allSatisfy(it -> assertThat(it.getKeyword()).isIn("enum", "pattern", "required", "false"));
  }

  @Test
  void aNumberBelowItsLeastAndALaterVersionAreInvalid() {
    JsonNode good = document(computed());
    assertThat(
            Stream.of("/spf/lookups", "/dkim/0/keyBits", "/arc/hops/0/instance", "/dns/0/ttl")
                .map(path -> with(good, path, JSON.getNodeFactory().numberNode(-1))))
        .allSatisfy(wrong -> assertThat(complaints(wrong)).hasSize(1));
    assertThat(complaints(with(good, "/version", JSON.getNodeFactory().numberNode(2)))).hasSize(1);
  }

  @Test
  void computedAndReportedAreNeverMixed() {
    JsonNode computed = document(computed());
    ((ObjectNode) computed).put("gateway", "gw.example");
    assertThat(complaints(computed)).hasSize(1);
    JsonNode reported = document(reported());
    ((ObjectNode) reported).put("clientIp", "192.0.2.1");
    assertThat(complaints(reported)).hasSize(1);
  }

  @Test
  void itsListsOfWordsAreThoseOfTheCode() {
    assertThat(words("spf/properties/result")).isEqualTo(of(SpfResult.values(), SpfResult::word));
    assertThat(words("spf/properties/identity"))
        .isEqualTo(
            of(SpfFinding.Identity.values(), identity -> identity.name().toLowerCase(Locale.ROOT)));
    assertThat(words("dkim/properties/result"))
        .isEqualTo(of(DkimResult.values(), DkimResult::word));
    assertThat(words("arc/properties/result")).isEqualTo(of(ArcResult.values(), ArcResult::word));
    assertThat(words("dmarc/properties/result"))
        .isEqualTo(of(DmarcResult.values(), DmarcResult::word));
    assertThat(words("policy")).isEqualTo(of(DmarcPolicy.values(), DmarcPolicy::word));
    assertThat(words("dns/properties/type")).isEqualTo(of(DnsType.values(), DnsType::name));
    assertThat(words("dns/properties/status"))
        .isEqualTo(of(Answer.Status.values(), Answer.Status::name));
  }

  @Test
  void isItselfValidNamesItsVersionAndExplainsEveryMember() {
    assertThat(EvidenceSchema.complaintsAboutItself()).isEmpty();
    assertThat(TEXT.at("/properties/version/const").intValue()).isEqualTo(EvidenceJson.VERSION);

    List<JsonNode> shapes = new ArrayList<>(List.of(TEXT));
    TEXT.path("$defs").forEach(shapes::add);
    for (JsonNode shape : shapes) {
      assertThat(shape.path("description").asText()).isNotBlank();
      for (JsonNode member : shape.path("properties")) {
        assertThat(member.path("description").asText()).as("%s", member).endsWith(".");
      }
    }
  }

  private static Evidence computed() {
    return EvidenceJsonTest.evidence();
  }

  private static Evidence reported() {
    return ReportedEvidence.by("gw.example", "kim@a.example");
  }

  private static Envelope envelope(Samples.Sample sample) {
    return new Envelope(
        EmailAddress.parse(sample.mailFrom()),
        sample.recipients().stream().map(it -> EmailAddress.parse(it).orElseThrow()).toList(),
        InetAddress.ofLiteral(sample.clientIp()),
        sample.helo());
  }

  /** JSON pointers (RFC 6901) of all objects in {@code node}; no member name here needs escapes. */
  private static List<String> objects(JsonNode node, String path) {
    List<String> found = new ArrayList<>();
    if (node.isObject()) {
      found.add(path);
      node.properties()
          .forEach(it -> found.addAll(objects(it.getValue(), path + "/" + it.getKey())));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      found.addAll(objects(node.path(i), path + "/" + i));
    }
    return found;
  }

  /** Pointers of all members, but for those of the two maps, whose names are free. */
  private static List<String> members(JsonNode document) {
    return objects(document, "").stream()
        .filter(path -> !path.endsWith("/properties") && !path.endsWith("/values"))
        .flatMap(
            path -> document.at(path).properties().stream().map(it -> path + "/" + it.getKey()))
        .toList();
  }

  private static JsonNode with(JsonNode good, String path, JsonNode value) {
    JsonNode changed = good.deepCopy();
    ((ObjectNode) changed.at(parent(path))).set(name(path), value);
    return changed;
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static List<String> words(String definition) {
    List<String> words = new ArrayList<>();
    TEXT.at("/$defs/" + definition).path("enum").forEach(word -> words.add(word.textValue()));
    return words;
  }

  private static <E> List<String> of(E[] values, Function<E, String> word) {
    return Arrays.stream(values).map(word).toList();
  }
}
