package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Policy;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What somebody who tries Postern sees first: which samples people are asked about, and why. */
class SamplesUnderTheBuiltInPolicyTest {
  private static final Path SAMPLES = Path.of("src/main/resources/samples");
  private static final Instant NOW = Instant.parse("2026-11-25T09:00:00Z");

  @Test
  void eachSampleIsRuledAsItsKindDeserves() throws IOException {
    Policy policy = Policy.builtIn();
    Map<String, String> rulings = new TreeMap<>();
    for (JsonNode sample : new ObjectMapper().readTree(SAMPLES.resolve("index.json").toFile())) {
      Ruling ruling = policy.rule(situation(sample));
      rulings.put(
          sample.path("file").asText().substring(0, 2),
          ruling.action().word() + ": " + ruling.rule());
    }

    assertThat(rulings)
        .containsOnly(
            entry("01", "release: proved"),
            entry("02", "ask: owner asks to refuse"),
            entry("03", "ask: letters beyond a-z"),
            entry("04", "release: proved"),
            entry("05", "ask: owner asks to refuse"),
            entry("06", "ask: not proved"),
            entry("07", "release: proved"),
            entry("08", "release: proved"),
            entry("09", "release: proved"),
            entry("10", "ask: letters beyond a-z"));
  }

  private static Situation situation(JsonNode sample) throws IOException {
    RawMessage raw =
        RawMessage.of(Files.readAllBytes(SAMPLES.resolve(sample.path("file").asText())));
    Envelope envelope =
        new Envelope(
            EmailAddress.parse(sample.path("mailFrom").asText()),
            List.of(EmailAddress.parse(sample.path("recipients").get(0).asText()).orElseThrow()),
            InetAddress.ofLiteral(sample.path("clientIp").asText()),
            sample.path("helo").asText());
    try (InputStream zone = Files.newInputStream(SAMPLES.resolve("zone.json"))) {
      Evidence evidence =
          new Examiner(ZoneDns.read(zone), Duration.ofSeconds(20), Home.unknown())
              .with(new Signals(Home.unknown(), Acquaintance.withEverybody()))
              .examine(envelope, raw, NOW);
      return new Situation(
          evidence, envelope, MessageReader.summarise(raw), "smtp", Situation.Context.at(NOW));
    }
  }
}
