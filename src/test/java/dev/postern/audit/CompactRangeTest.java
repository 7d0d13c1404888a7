package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CompactRangeTest {
  private static CompactRange tree(String... entries) {
    CompactRange tree = CompactRange.empty();
    for (String entry : entries) {
      tree.append(Merkle.leafHash(entry.getBytes(StandardCharsets.UTF_8)));
    }
    return tree;
  }

  @Test
  void octetsThatAreNoStateAreRefused() {
    byte[] state = tree("a", "b", "c").state();
    assertThatThrownBy(() -> CompactRange.restore(new byte[0])).hasMessageContaining("too short");
    assertThatThrownBy(() -> CompactRange.restore(Arrays.copyOf(state, state.length - 1)))
        .hasMessageContaining("too short");
    assertThatThrownBy(() -> CompactRange.restore(Arrays.copyOf(state, state.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStateWithANegativeSizeIsRefused() {
    byte[] state = new byte[8 + 32];
    state[0] = (byte) 0x80;
    assertThatThrownBy(() -> CompactRange.restore(state)).hasMessageContaining("size -");
  }

  @Test
  void P10_aTreeThatSomebodyChangedInTheDatabaseIsNotGrownFurther() {
    Checkpoint signed = Checkpoint.of("postern.example/log", tree("a", "b", "c"), 0);
    CompactRange resumed = CompactRange.resume(tree("a", "b", "c").state(), signed);
    assertThat(resumed.root()).isEqualTo(signed.root());

    byte[] changed = tree("a", "X", "c").state();
    assertThatThrownBy(() -> CompactRange.resume(changed, signed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the log was changed");
    byte[] shorter = tree("a", "b").state();
    assertThatThrownBy(() -> CompactRange.resume(shorter, signed))
        .isInstanceOf(IllegalStateException.class);
  }
}
