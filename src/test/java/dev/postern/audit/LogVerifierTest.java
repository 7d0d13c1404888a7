package dev.postern.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Flaw;
import dev.postern.audit.Verdict.Whole;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class LogVerifierTest {
  private static final String ORIGIN = "postern.example/log";
  private static final SigningKey KEY = SigningKey.generate(ORIGIN, new SecureRandom());
  private static final int SIZE = 17;

  private record Row(long number, String text, Hash leaf) {
    static Row of(long number, String what) {
      Instant at = Instant.EPOCH.plusSeconds(number);
      byte[] canonical = new LogEntry(at, "Mara", what, "PN-7F3K-2QXD", "").canonical();
      return new Row(number, new String(canonical, UTF_8), Merkle.leafHash(canonical));
    }

    void into(LogVerifier verifier) {
      verifier.entry(number, text.getBytes(UTF_8), leaf.hex());
    }

    Row numbered(long other) {
      return new Row(other, text, leaf);
    }
  }

  /** What stands in the database: rows, and signed notes by the size that they cover. */
  private final List<Row> rows = new ArrayList<>();

  private final TreeMap<Long, String> notes = new TreeMap<>();

  private final String noteOf6;

  LogVerifierTest() {
    CompactRange tree = CompactRange.empty();
    long previous = 0;
    for (int number = 1; number <= SIZE; number++) {
      Row row = Row.of(number, "did " + number);
      rows.add(row);
      tree.append(row.leaf());
      if (number % 6 == 0 || number == SIZE) {
        notes.put(tree.size(), Checkpoint.of(ORIGIN, tree, previous).sign(KEY));
        previous = tree.size();
      }
    }
    noteOf6 = Objects.requireNonNull(notes.get(6L));
  }

  private static Verdict verify(List<Row> rows, NavigableMap<Long, String> notes) {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    give(rows, notes, verifier);
    return verifier.verdict();
  }

  /** As the store gives them: each note after the rows that it is stored for. */
  private static void give(List<Row> rows, NavigableMap<Long, String> notes, LogVerifier verifier) {
    NavigableMap<Long, String> left = new TreeMap<>(notes);
    for (Row row : rows) {
      NavigableMap<Long, String> before = left.headMap(row.number(), false);
      before.values().forEach(verifier::checkpoint);
      before.clear();
      row.into(verifier);
    }
    left.values().forEach(verifier::checkpoint);
  }

  private Broken broken() {
    Verdict verdict = verify(rows, notes);
    assertThat(verdict).isInstanceOf(Broken.class);
    return (Broken) verdict;
  }

  private void renumber() {
    for (int i = 0; i < rows.size(); i++) {
      rows.set(i, rows.get(i).numbered(i + 1L));
    }
  }

  @Test
  void P10_anUntouchedLogIsWhole() {
    assertThat(verify(rows, notes))
        .isEqualTo(new Whole(SIZE, Merkle.root(rows.stream().map(Row::leaf).toList())));
    assertThat(verify(List.of(), new TreeMap<>())).isEqualTo(new Whole(0, Merkle.emptyRoot()));
  }

  @Test
  void P10_anyChangedEntryIsNamed() {
    for (int i = 0; i < SIZE; i++) {
      Row genuine = rows.get(i);
      Row other = Row.of(i + 1L, "did nothing");
      rows.set(i, new Row(i + 1L, other.text(), genuine.leaf()));
      Broken found = broken();
      assertThat(found.entry()).isEqualTo(i + 1L);
      assertThat(found.flaw()).isEqualTo(Flaw.CHANGED);
      rows.set(i, genuine);
    }
  }

  @Test
  void P10_anyEntryChangedTogetherWithItsHashIsFoundByTheNextCheckpoint() {
    for (int i = 0; i < SIZE; i++) {
      Row genuine = rows.get(i);
      rows.set(i, Row.of(i + 1L, "did nothing"));
      Broken found = broken();
      assertThat(found.flaw()).isEqualTo(Flaw.NOT_AS_SIGNED);
      assertThat(found.entry()).isEqualTo(i / 6 * 6L + 1).isLessThanOrEqualTo(i + 1L);
      rows.set(i, genuine);
    }
  }

  @Test
  void P10_anyRemovedEntryIsNamed() {
    for (int i = 0; i < SIZE - 1; i++) {
      Row removed = rows.remove(i);
      Broken found = broken();
      assertThat(found.entry()).isEqualTo(i + 1L);
      assertThat(found.flaw()).isEqualTo(Flaw.REMOVED);
      rows.add(i, removed);
    }
  }

  @Test
  void P10_anyRemovedEntryIsFoundAlsoWhenTheRestIsNumberedAnew() {
    for (int i = 0; i < SIZE - 1; i++) {
      Row removed = rows.remove(i);
      renumber();
      // After the last but one checkpoint, what is left is simply one entry too short.
      assertThat(broken().flaw()).isEqualTo(i < 12 ? Flaw.NOT_AS_SIGNED : Flaw.TAIL_REMOVED);
      rows.add(i, removed);
      renumber();
    }
  }

  @Test
  void P10_aRemovedTailIsFoundByAnyCheckpointThatCoveredIt() {
    for (int kept = SIZE - 1; kept >= 0; kept--) {
      List<Row> head = rows.subList(0, kept);
      assertThat(verify(head, notes))
          .isEqualTo(
              new Broken(
                  kept + 1L,
                  Flaw.TAIL_REMOVED,
                  "the log ends after entry " + kept + ", but a checkpoint of it covers 17 entries",
                  Math.min(kept / 6 * 6, 12)));
    }
  }

  @Test
  void P10_aTailRemovedTogetherWithItsCheckpointsIsFoundByACheckpointKeptElsewhere() {
    TreeMap<Long, String> left = new TreeMap<>(notes.headMap(7L));
    assertThat(verify(rows.subList(0, 6), left)).isInstanceOf(Whole.class);
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    verifier.since(notes.lastEntry().getValue());
    give(rows.subList(0, 6), left, verifier);
    assertThat(verifier.verdict())
        .isEqualTo(
            new Broken(
                7,
                Flaw.TAIL_REMOVED,
                "the log ends after entry 6, but a checkpoint that was kept elsewhere covers 17"
                    + " entries",
                6));
  }

  @Test
  void P10_aPastThatWasRewrittenAndSignedAnewIsFoundByACheckpointKeptElsewhere() {
    rows.set(3, Row.of(4, "did nothing"));
    CompactRange tree = CompactRange.empty();
    rows.forEach(row -> tree.append(row.leaf()));
    notes.clear();
    notes.put(17L, Checkpoint.of(ORIGIN, tree, 0).sign(KEY));
    assertThat(verify(rows, notes)).isInstanceOf(Whole.class);
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    verifier.since(noteOf6);
    give(rows, notes, verifier);
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class,
            found ->
                assertThat(found.reason())
                    .isEqualTo(
                        "at least one of the entries from 1 to 6 is not the one that was signed: a"
                            + " checkpoint that was kept elsewhere has another root"));
  }

  @Test
  void theLogThenIsTheBeginningOfTheLogNow() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    notes.values().forEach(verifier::since);
    verifier.since(new Checkpoint(ORIGIN, 0, Merkle.emptyRoot(), 0).sign(KEY));
    give(rows, notes, verifier);
    assertThat(verifier.verdict()).isInstanceOf(Whole.class);
  }

  @Test
  void P10_aCheckpointKeptElsewhereThatAnotherKeySignedTellsOfAnotherKey() {
    SigningKey other = SigningKey.generate(ORIGIN, new SecureRandom());
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    verifier.since(new Checkpoint(ORIGIN, 6, Merkle.emptyRoot(), 0).sign(other));
    give(rows, notes, verifier);
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class,
            found ->
                assertThat(found.reason())
                    .isEqualTo(
                        "a checkpoint that was kept elsewhere was not signed by"
                            + " postern.example/log: it is of another log, or the log has another"
                            + " key now"));
  }

  @Test
  void P10_anyRemovedCheckpointIsFound() {
    for (long size : List.copyOf(notes.keySet())) {
      String note = Objects.requireNonNull(notes.remove(size));
      assertThat(broken().flaw()).isEqualTo(size == SIZE ? Flaw.NOT_SIGNED : Flaw.REMOVED);
      notes.put(size, note);
    }
  }

  @Test
  void P10_aCheckpointThatStandsTwiceOrTooEarlyIsFound() {
    String note = notes.lastEntry().getValue();
    notes.put(18L, note);
    assertThat(broken().flaw()).isEqualTo(Flaw.REORDERED);
    notes.remove(18L);
    notes.remove(17L);
    notes.put(16L, note);
    assertThat(broken())
        .isEqualTo(
            new Broken(
                17, Flaw.REORDERED, "the checkpoint of 17 entries stands before entry 17", 12));
  }

  @Test
  void P10_aStoredHeadThatIsNotThatOfTheEntriesIsFound() {
    CompactRange tree = CompactRange.empty();
    rows.forEach(row -> tree.append(row.leaf()));
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    give(rows, notes, verifier);
    verifier.head(tree.state());
    assertThat(verifier.verdict()).isInstanceOf(Whole.class);
    tree.append(rows.getFirst().leaf());
    verifier.head(tree.state());
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.flaw()).isEqualTo(Flaw.HEAD_CHANGED));
  }

  @Test
  void P10_anyTwoEntriesThatChangedPlacesAreFound() {
    for (int i = 0; i + 1 < SIZE; i++) {
      Collections.swap(rows, i, i + 1);
      assertThat(broken().entry()).isEqualTo(i + 1L);
      renumber();
      assertThat(broken().flaw()).isEqualTo(Flaw.NOT_AS_SIGNED);
      Collections.swap(rows, i, i + 1);
      renumber();
    }
  }

  @Test
  void P10_anEntryThatIsThereTwiceIsFound() {
    rows.add(5, rows.get(4));
    assertThat(broken())
        .isEqualTo(new Broken(6, Flaw.REORDERED, "entry 5 stands where 6 should", 0));
  }

  @Test
  void P10_aForgedCheckpointIsFound() {
    SigningKey forger = SigningKey.generate(ORIGIN, new SecureRandom());
    CompactRange tree = CompactRange.empty();
    rows.forEach(row -> tree.append(row.leaf()));
    notes.put(17L, Checkpoint.of(ORIGIN, tree, 12).sign(forger));
    assertThat(broken().flaw()).isEqualTo(Flaw.FORGED_CHECKPOINT);
  }

  @Test
  void P10_twoSignedCheckpointsOfOneSizeThatDifferShowAFork() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    verifier.since(noteOf6);
    verifier.since(new Checkpoint(ORIGIN, 6, Merkle.emptyRoot(), 0).sign(KEY));
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.reason()).contains("the log was forked"));
  }

  @Test
  void P10_aSecondRootForEntriesThatWereVouchedForIsFound() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    rows.subList(0, 6).forEach(row -> row.into(verifier));
    verifier.checkpoint(noteOf6);
    verifier.checkpoint(new Checkpoint(ORIGIN, 6, Merkle.emptyRoot(), 6).sign(KEY));
    assertThat(verifier.verdict())
        .isEqualTo(
            new Broken(
                6,
                Flaw.NOT_AS_SIGNED,
                "the checkpoint of 6 entries contradicts another one of the same size: the log was"
                    + " forked",
                6));
  }

  @Test
  void aCheckpointThatComesTooLateCountsAsReordered() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    rows.forEach(row -> row.into(verifier));
    verifier.checkpoint(noteOf6);
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.flaw()).isEqualTo(Flaw.REORDERED));
  }

  @Test
  void P10_entriesThatWereAddedAfterTheLastCheckpointAreFound() {
    rows.add(Row.of(18, "did 18"));
    assertThat(broken())
        .isEqualTo(
            new Broken(
                18,
                Flaw.NOT_SIGNED,
                "no checkpoint covers the entries from 18 to 18: they were added, or it was"
                    + " removed",
                17));
  }

  @Test
  void P10_anyMixOfRandomDamageIsFound() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(10);
    for (int round = 0; round < 100; round++) {
      List<Row> damaged = new ArrayList<>(rows);
      int victim = random.nextInt(SIZE);
      int deed = random.nextInt(3);
      switch (deed) {
        case 0 -> damaged.remove(victim);
        case 1 -> damaged.set(victim, Row.of(victim + 1L, "forged " + round));
        default ->
            Collections.swap(damaged, victim, (victim + 1 + random.nextInt(SIZE - 1)) % SIZE);
      }
      if (random.nextBoolean()) {
        for (int i = 0; i < damaged.size(); i++) {
          damaged.set(i, damaged.get(i).numbered(i + 1L));
        }
      }
      assertThat(verify(damaged, notes)).as("round %d", round).isInstanceOf(Broken.class);
    }
  }
}
