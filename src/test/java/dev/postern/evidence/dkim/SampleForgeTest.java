package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples of {@code postern try}: made by {@link SampleForge}, all in their index. */
class SampleForgeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void writeThemAnewWhenAsked() throws IOException {
    if ("write".equals(System.getProperty("samples"))) {
      for (Map.Entry<String, byte[]> file : SampleForge.forge().entrySet()) {
        Files.write(SampleForge.SAMPLES.resolve(file.getKey()), file.getValue());
      }
    }
  }

  static Stream<JsonNode> samples() throws IOException {
    JsonNode index = JSON.readTree(SampleForge.SAMPLES.resolve("index.json").toFile());
    return StreamSupport.stream(index.spliterator(), false);
  }

  @Test
  void theKeptFilesAreWhatTheForgeMakes() throws IOException {
    Map<String, byte[]> forged = SampleForge.forge();

    assertThat(forged).hasSize(11);
    for (Map.Entry<String, byte[]> file : forged.entrySet()) {
      assertThat(Files.readAllBytes(SampleForge.SAMPLES.resolve(file.getKey())))
          .as(file.getKey())
          .isEqualTo(file.getValue());
    }
  }

  @Test
  void everyMessageIsInTheIndexAndEveryEntryIsWhole() throws IOException {
    List<JsonNode> samples = samples().toList();

    assertThat(samples).hasSize(10);
    for (JsonNode sample : samples) {
      assertThat(SampleForge.SAMPLES.resolve(sample.path("file").asText())).exists();
      assertThat(sample.path("recipients").size()).isPositive();
      for (String text : List.of("clientIp", "helo", "title", "shows")) {
        assertThat(sample.path(text).asText()).as(text).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void linesEndInCrlfAndNoLineIsTooLong(JsonNode sample) throws IOException {
    String text = new String(octets(sample), StandardCharsets.ISO_8859_1);

    assertThat(text.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(text.lines()).allMatch(line -> line.length() <= 998); // RFC 5322 §2.1.1
  }

  private static byte[] octets(JsonNode sample) throws IOException {
    return Files.readAllBytes(SampleForge.SAMPLES.resolve(sample.path("file").asText()));
  }
}
