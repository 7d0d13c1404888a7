package dev.postern.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.authres.AuthenticationResultsFuzz;
import dev.postern.evidence.dkim.KeyRecordFuzz;
import dev.postern.evidence.dkim.SignatureFuzz;
import dev.postern.evidence.dmarc.DmarcRecordFuzz;
import dev.postern.evidence.spf.SpfFuzz;
import dev.postern.mail.HeaderFuzz;
import dev.postern.mail.MimeFuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * Every input that fuzzing starts from, and every one that it ever broke something with, once
 * through its target: so a defect that was found stays mended, also where nobody fuzzes.
 */
@Timeout(60)
class FuzzSeedsTest {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");
  private static final Map<Class<?>, Consumer<byte[]>> TARGETS =
      Map.of(
          HeaderFuzz.class, HeaderFuzz::fuzzerTestOneInput,
          SignatureFuzz.class, SignatureFuzz::fuzzerTestOneInput,
          KeyRecordFuzz.class, KeyRecordFuzz::fuzzerTestOneInput,
          DmarcRecordFuzz.class, DmarcRecordFuzz::fuzzerTestOneInput,
          SpfFuzz.class, SpfFuzz::fuzzerTestOneInput,
          AuthenticationResultsFuzz.class, AuthenticationResultsFuzz::fuzzerTestOneInput,
          MimeFuzz.class, MimeFuzz::fuzzerTestOneInput);

  @TestFactory
  Stream<DynamicContainer> seedsHoldWhatTheirTargetClaims() {
    return TARGETS.entrySet().stream()
        .map(
            target ->
                DynamicContainer.dynamicContainer(
                    target.getKey().getSimpleName(),
                    seeds(target.getKey()).stream().map(seed -> replay(seed, target.getValue()))));
  }

  @Test
  void everyPrefixOfASeedHoldsToo() {
    TARGETS.forEach(
        (target, run) -> {
          for (Path seed : seeds(target)) {
            byte[] whole = read(seed);
            for (int length = 0; length < whole.length; length += 1 + whole.length / 100) {
              run.accept(Arrays.copyOf(whole, length));
            }
          }
        });
  }

  @Test
  void everyFolderOfSeedsHasItsTarget() throws IOException {
    try (Stream<Path> folders = Files.list(SEEDS)) {
      assertThat(folders.map(folder -> folder.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              TARGETS.keySet().stream().map(Class::getSimpleName).toList());
    }
  }

  private static DynamicTest replay(Path seed, Consumer<byte[]> target) {
    return DynamicTest.dynamicTest(seed.getFileName().toString(), () -> target.accept(read(seed)));
  }

  private static List<Path> seeds(Class<?> target) {
    try (Stream<Path> files = Files.list(SEEDS.resolve(target.getSimpleName()))) {
      List<Path> seeds = files.sorted().toList();
      assertThat(seeds).as("seeds of " + target.getSimpleName()).isNotEmpty();
      return seeds;
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static byte[] read(Path seed) {
    try {
      return Files.readAllBytes(seed);
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
