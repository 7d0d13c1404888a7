package dev.postern.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageHashTest {
  private static final RawMessage ABC =
      RawMessage.of("abc".getBytes(StandardCharsets.US_ASCII)); // FIPS 180-2, B.1
  private static final String HEX_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isTheShaOfAllOctets() {
    assertThat(MessageHash.of(ABC).hex()).isEqualTo(HEX_OF_ABC);
    assertThat(MessageHash.of(ABC)).hasToString(HEX_OF_ABC);
  }

  @Test
  void oneReadAndOneWorkedOutAreTheSame() {
    assertThat(MessageHash.of(ABC))
        .isEqualTo(MessageHash.read(HEX_OF_ABC))
        .hasSameHashCodeAs(MessageHash.read(HEX_OF_ABC))
        .isNotEqualTo(MessageHash.read("00"))
        .isNotEqualTo(HEX_OF_ABC);
  }
}
