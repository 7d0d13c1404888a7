package dev.postern.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Whole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Everything that can happen to the octets and lines of an exported log, and that it is found. */
class ExportDamageTest {
  private static final SigningKey KEY = SigningKey.generate("postern/log", new SecureRandom());
  private static final byte[] FILE = log("kim").getBytes(UTF_8);
  private static final List<String> LINES = lines(log("kim"));

  /** Five entries of this person, in batches that end after the second, third and fifth. */
  private static String log(String actor) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AuditExport export = new AuditExport(file);
    CompactRange tree = CompactRange.empty();
    long previous = 0;
    for (int number = 1; number <= 5; number++) {
      Instant at = Instant.parse("2026-11-24T07:00:00Z").plusSeconds(number);
      byte[] canonical =
          new LogEntry(at, actor, "vote.cast", "PN-7F3K-2QXD", "é\t" + number).canonical();
      Hash leaf = Merkle.leafHash(canonical);
      tree.append(leaf);
      export.entry(number, canonical, leaf.hex());
      if (List.of(2, 3, 5).contains(number)) {
        export.checkpoint(Checkpoint.of("postern/log", tree, previous).sign(KEY));
        previous = number;
      }
    }
    return file.toString(UTF_8);
  }

  private static List<String> lines(String file) {
    return Pattern.compile("(?<=\n)").splitAsStream(file).toList();
  }

  private static Verdict verify(byte[] file) {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    AuditExport.read(new ByteArrayInputStream(file), verifier);
    return verifier.verdict();
  }

  private static Verdict verify(List<String> lines) {
    return verify(String.join("", lines).getBytes(UTF_8));
  }

  @Test
  void theLogIsWholeWhereNothingHappenedToIt() {
    assertThat(verify(FILE)).isInstanceOf(Whole.class);
    assertThat(LINES).hasSize(8);
  }

  @Test
  void P10_everyBitOfEveryOctetThatIsFlippedIsFound() {
    for (int at = 0; at < FILE.length; at++) {
      for (int mask : List.of(1, 2, 4, 8, 16, 32, 64, 128)) {
        byte[] damaged = FILE.clone();
        damaged[at] = (byte) (damaged[at] ^ mask);
        assertThat(verify(damaged)).as("octet %d by %d", at, mask).isInstanceOf(Broken.class);
      }
    }
  }

  @Test
  void P10_everyOctetThatIsTakenOutOrPutInIsFound() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int at = 0; at < FILE.length; at++) {
      byte[] shorter = new byte[FILE.length - 1];
      System.arraycopy(FILE, 0, shorter, 0, at);
      System.arraycopy(FILE, at + 1, shorter, at, shorter.length - at);
      assertThat(verify(shorter)).as("without octet %d", at).isInstanceOf(Broken.class);
      for (int octet : List.of((int) FILE[at], (int) ' ', (int) '\n', random.nextInt(256))) {
        byte[] longer = new byte[FILE.length + 1];
        System.arraycopy(FILE, 0, longer, 0, at);
        longer[at] = (byte) octet;
        System.arraycopy(FILE, at, longer, at + 1, FILE.length - at);
        assertThat(verify(longer)).as("%d before octet %d", octet, at).isInstanceOf(Broken.class);
      }
    }
  }

  @Test
  void P10_everyLineThatIsRemovedIsFound_andTheLastCheckpointAsWell() {
    for (int i = 0; i < LINES.size(); i++) {
      List<String> left = new ArrayList<>(LINES);
      left.remove(i);
      assertThat(verify(left)).as("without line %d", i).isInstanceOf(Broken.class);
    }
  }

  @Test
  void P10_everyLineThatStandsTwiceAnywhereIsFound() {
    for (String line : LINES) {
      for (int at = 0; at <= LINES.size(); at++) {
        List<String> more = new ArrayList<>(LINES);
        more.add(at, line);
        assertThat(verify(more)).as("%s at %d", line, at).isInstanceOf(Broken.class);
      }
    }
  }

  @Test
  void P10_everyLineThatStandsElsewhereAndAnyTwoThatChangedPlacesAreFound() {
    for (int from = 0; from < LINES.size(); from++) {
      for (int to = 0; to < LINES.size(); to++) {
        List<String> moved = new ArrayList<>(LINES);
        moved.add(to, moved.remove(from));
        List<String> swapped = new ArrayList<>(LINES);
        Collections.swap(swapped, from, to);
        Class<?> expected = from == to ? Whole.class : Broken.class;
        assertThat(verify(moved)).as("%d moved to %d", from, to).isInstanceOf(expected);
        assertThat(verify(swapped)).as("%d and %d swapped", from, to).isInstanceOf(expected);
      }
    }
  }

  @Test
  void P10_everyCutIsFound_wholeBatchesOnlyByACheckpointKeptElsewhere() {
    List<Integer> betweenBatches = new ArrayList<>(List.of(0));
    int end = 0;
    String newest = "";
    for (String line : LINES) {
      end += line.getBytes(UTF_8).length;
      if (line.startsWith("{\"checkpoint\"")) {
        betweenBatches.add(end);
        newest = new JsonText(line.substring("{\"checkpoint\":".length())).string().orElseThrow();
      }
    }
    for (int cut = 0; cut < FILE.length; cut++) {
      byte[] head = Arrays.copyOf(FILE, cut);
      Class<?> expected = betweenBatches.contains(cut) ? Whole.class : Broken.class;
      assertThat(verify(head)).as("cut after %d octets", cut).isInstanceOf(expected);
    }
    for (int cut : betweenBatches.subList(0, betweenBatches.size() - 1)) {
      LogVerifier remembers = new LogVerifier(KEY.verifier());
      remembers.since(newest);
      AuditExport.read(new ByteArrayInputStream(Arrays.copyOf(FILE, cut)), remembers);
      assertThat(remembers.verdict()).as("cut after %d octets", cut).isInstanceOf(Broken.class);
    }
  }

  @Test
  void P10_theBeginningOfOneLogAndTheEndOfAnotherOfTheSameKeyAreNoLog() {
    List<String> other = lines(log("mallory"));
    for (int begin = 1; begin <= LINES.size(); begin++) {
      for (int end = 0; end < other.size(); end++) {
        List<String> spliced = new ArrayList<>(LINES.subList(0, begin));
        spliced.addAll(other.subList(end, other.size()));
        assertThat(verify(spliced)).as("%d then from %d", begin, end).isInstanceOf(Broken.class);
      }
    }
  }

  @Test
  void P10_theLogOfAnotherKeyIsNotThisLog() {
    LogVerifier verifier =
        new LogVerifier(SigningKey.generate("postern/log", new SecureRandom()).verifier());
    AuditExport.read(new ByteArrayInputStream(FILE), verifier);
    assertThat(verifier.verdict()).isInstanceOf(Broken.class);
  }
}
