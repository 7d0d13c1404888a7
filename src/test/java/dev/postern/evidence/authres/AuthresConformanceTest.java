package dev.postern.evidence.authres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.Conformance;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite for RFC 8601: what fields say, and which of them count. */
class AuthresConformanceTest {
  private static final AtomicInteger PASSED = new AtomicInteger();
  private static final AtomicInteger ALL = new AtomicInteger();

  record AuthresCase(String name, Map<String, Object> test) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<AuthresCase> parse() {
    return cases("parse");
  }

  static List<AuthresCase> trust() {
    return cases("trust");
  }

  private static List<AuthresCase> cases(String list) {
    List<AuthresCase> cases = new ArrayList<>();
    Map<String, Object> suite = Conformance.yaml("authres/authres-cases.yml").getFirst();
    for (Object test : Conformance.list(Conformance.at(suite, list))) {
      Map<String, Object> it = Conformance.map(test);
      cases.add(
          new AuthresCase(Conformance.text(it, "id") + " " + Conformance.text(it, "title"), it));
    }
    ALL.addAndGet(cases.size());
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("parse")
  void parse(AuthresCase suite) {
    Map<String, Object> expect = Conformance.map(Conformance.at(suite.test(), "expect"));
    String outcome = Conformance.text(expect, "outcome");

    switch (AuthenticationResults.read(Conformance.text(suite.test(), "header"))) {
      case Reading.Understood(AuthenticationResults field) -> {
        assertThat(outcome).isIn("ok", "ok-or-invalid");
        assertThat(field.authservId()).isEqualTo(Conformance.text(expect, "authserv_id"));
        assertThat(field.version()).isEqualTo(expect.getOrDefault("version", ""));
        assertThat(field.results().stream().map(AuthresConformanceTest::flat))
            .isEqualTo(
                Conformance.list(Conformance.at(expect, "results")).stream()
                    .map(result -> flat(Conformance.map(result)))
                    .toList());
      }
      case Reading.Garbled unreadable ->
          assertThat(outcome).as(unreadable.problem()).isIn("invalid", "ok-or-invalid");
    }
    PASSED.incrementAndGet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trust")
  void trust(AuthresCase suite) {
    List<String> ours = texts(Conformance.at(suite.test(), "own_authserv_ids"));
    List<String> lines = texts(Conformance.at(suite.test(), "headers"));
    byte[] octets = String.join("\r\n", lines).concat("\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    HeaderFields header = HeaderFields.of(RawMessage.of(octets));

    Testimony testimony = new FieldTrust(ours).hear(header);

    assertThat(testimony.trusted().stream().map(claim -> header.all().indexOf(claim.field())))
        .isEqualTo(Conformance.list(Conformance.at(suite.test(), "trusted")));
    PASSED.incrementAndGet();
  }

  private static List<String> texts(Object node) {
    return Conformance.list(node).stream().map(Object::toString).toList();
  }

  private static List<String> flat(MethodResult result) {
    List<String> flat = new ArrayList<>();
    flat.add(result.method());
    flat.add(result.version());
    flat.add(result.result());
    flat.add(result.reason());
    result.properties().forEach(it -> flat.add(it.key() + "=" + it.value()));
    return flat;
  }

  private static List<String> flat(Map<String, Object> result) {
    List<String> flat = new ArrayList<>();
    flat.add(lower(Conformance.text(result, "method")));
    flat.add(result.getOrDefault("method_version", "").toString());
    flat.add(lower(Conformance.text(result, "result")));
    flat.add(result.getOrDefault("reason", "").toString());
    for (Object property : Conformance.list(Conformance.at(result, "properties"))) {
      Map<String, Object> it = Conformance.map(property);
      String key = Conformance.text(it, "ptype") + "." + Conformance.text(it, "property");
      flat.add(lower(key) + "=" + Conformance.text(it, "value"));
    }
    return flat;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  @AfterAll
  static void say() {
    System.out.println("conformance authres " + PASSED + "/" + ALL);
  }
}
