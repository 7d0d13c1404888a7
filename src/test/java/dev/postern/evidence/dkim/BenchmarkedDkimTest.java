package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the benchmarks of this room measure gives the right result. */
class BenchmarkedDkimTest {
  private final CanonicalizationBenchmark bodies = new CanonicalizationBenchmark();

  @Test
  void theBodyIsOfTheSizeThatTheFiguresName() {
    assertThat(bodies.body).hasSize(40 * 1024);
  }

  @Test
  void theSimpleFormOfABodyThatEndsInOneLineEndIsTheBody() {
    assertThat(bodies.simple()).isEqualTo(bodies.hashOnly()).isEqualTo(sha256(bodies.body));
  }

  @Test
  void theRelaxedFormIsThatOfThePlainReadingOfTheStandard() {
    String body = new String(bodies.body, StandardCharsets.US_ASCII);
    String relaxed = body.replaceAll("[ \t]+\r\n", "\r\n").replaceAll("[ \t]+", " ");
    assertThat(relaxed).isNotEqualTo(body);
    assertThat(bodies.relaxed()).isEqualTo(sha256(relaxed.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void theTagListHasNoFlawAndASignatureOfItsKeySize() {
    TagList tags = new TagListBenchmark().read();
    assertThat(tags.flaw()).isEmpty();
    assertThat(tags.text("d")).isEqualTo("news.shop.example");
    assertThat(tags.compact("h")).endsWith(":From:To:Subject");
    assertThat(tags.compact("b")).hasSize(344);
  }

  private static byte[] sha256(byte[] octets) {
    return Sha256.fresh().digest(octets);
  }
}
