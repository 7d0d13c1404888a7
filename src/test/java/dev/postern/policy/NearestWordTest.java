package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestWordTest {
  private static final List<String> WORDS =
      List.of("http.host", "http.port", "data", "policy.file");

  @ParameterizedTest
  @CsvSource({
    "http.prot, http.port",
    "htp.host, http.host",
    "HTTP.PORT, http.port",
    "policy.fle, policy.file",
    "dat, data"
  })
  void aSlipOfTheHandIsUnderstood(String wrong, String right) {
    assertThat(NearestWord.to(wrong, WORDS)).contains(right);
  }

  @Test
  void aWordThatIsNothingLikeAnyIsNotGuessed() {
    assertThat(NearestWord.to("kubernetes", WORDS)).isEmpty();
    assertThat(NearestWord.to("x".repeat(100_000), WORDS)).isEmpty();
    assertThat(NearestWord.to("data", List.of())).isEmpty();
  }
}
