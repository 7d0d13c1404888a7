package dev.postern.intake.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.MessageReader;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody outside may report mail as if Postern kept it itself. */
class OwnSourcesTest {
  @ParameterizedTest
  @ValueSource(strings = {"smtp", "milter", "rspamd", "mta-hooks", "mx1"})
  void aReportedHoldMustNotNameASourceThatPosternKeepsOrAsksItself(String source) {
    Set<String> reserved = Set.of("smtp", "milter", "rspamd", "mta-hooks", "mx1");
    HoldJson reader = new HoldJson(1 << 16, reserved, MessageReader::summarise);
    byte[] json = "{\"source\":\"%s\",\"id\":\"1\"}".formatted(source).getBytes(UTF_8);

    assertThat(reader.readReference(json))
        .isInstanceOfSatisfying(
            HoldJson.Unfit.class,
            unfit -> assertThat(unfit.problem().toString()).contains("must not be " + source));
  }
}
