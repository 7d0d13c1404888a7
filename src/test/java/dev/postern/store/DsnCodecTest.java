package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.mail.Dsn;
import dev.postern.mail.EmailAddress;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DsnCodecTest {
  @Test
  void wishesComeBackAsTheyWere() {
    Dsn dsn =
        new Dsn(
            Optional.of("FULL"),
            Optional.of("QQ+2B31"),
            Map.of(
                EmailAddress.parse("ann@corp.example").orElseThrow(),
                new Dsn.Wish(Optional.of("SUCCESS,DELAY"), Optional.of("rfc822;a@b.example"))));
    assertThat(DsnCodec.read(DsnCodec.write(dsn))).isEqualTo(dsn);
  }

  @Test
  void nothingSaidTakesNoRoom() {
    assertThat(DsnCodec.write(Dsn.NONE)).isEmpty();
    assertThat(DsnCodec.read("")).isEqualTo(Dsn.NONE);
  }

  @Test
  void whatIsNoneOfOursIsNotPassedOn() {
    assertThatThrownBy(() -> DsnCodec.read("{\"ret\":\"FULL\\r\\nDATA\"}"))
        .hasMessageContaining("RET");
    assertThatThrownBy(() -> DsnCodec.read("{")).isInstanceOf(StoreTrouble.class);
  }
}
