package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofFileTest {
  private static final String ORIGIN = "postern.example/log";
  private static final SigningKey KEY = SigningKey.generate(ORIGIN, new SecureRandom());
  private static final List<Checkpoint> HEADS = new ArrayList<>();

  /** A log with a checkpoint after every third entry; each second entry is of case PN-2. */
  private static Prover log(int size) {
    HEADS.clear();
    Prover prover = new Prover((_, entry) -> entry.caseId().equals("PN-2"));
    CompactRange tree = CompactRange.empty();
    for (int number = 1; number <= size; number++) {
      byte[] canonical = entry(number).canonical();
      Hash leaf = Merkle.leafHash(canonical);
      tree.append(leaf);
      prover.entry(number, canonical, leaf.hex());
      if (number % 3 == 0 || number == size) {
        HEADS.add(Checkpoint.of(ORIGIN, tree, 0));
        prover.checkpoint(HEADS.getLast().sign(KEY));
      }
    }
    return prover;
  }

  private static LogEntry entry(int number) {
    return new LogEntry(Instant.EPOCH, "Jörg", "voted", "PN-" + (number % 2 + 1), "n=" + number);
  }

  private static boolean proves(String text) {
    Optional<ProofFile> file = ProofFile.parse(text);
    Checkpoint kept = HEADS.getFirst();
    return file.isPresent()
        && file.get().entries().stream().allMatch(one -> one.proved(KEY.verifier()).isPresent())
        && file.get().growth().stream()
            .allMatch(one -> one.proved(kept, KEY.verifier()).isPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 7, 8, 33, 100})
  void P10_theEntriesOfACaseAreProvedByTheirOwnFile(int size) {
    Prover prover = log(size);
    String text = new ProofFile(prover.entries(), List.of(prover.since(3))).text();

    ProofFile read = ProofFile.parse(text).orElseThrow();

    assertThat(proves(text)).isTrue();
    assertThat(read.entries()).hasSize((size + 1) / 2);
    assertThat(read.entries())
        .allSatisfy(
            one -> {
              assertThat(one.entry()).isEqualTo(entry((int) one.number()));
              assertThat(one.proved(KEY.verifier())).contains(HEADS.getLast());
            });
    assertThat(read.growth().getFirst().proved(HEADS.getFirst(), KEY.verifier()))
        .contains(HEADS.getLast());
  }

  @Test
  void P10_aLogOfAHundredThousandEntriesIsVerifiedAndProved() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    Prover prover = new Prover((number, _) -> number == 77_777);
    CompactRange tree = CompactRange.empty();
    for (int number = 1; number <= 100_000; number++) {
      byte[] canonical = entry(number).canonical();
      Hash leaf = Merkle.leafHash(canonical);
      tree.append(leaf);
      for (LogVisitor visitor : List.of(verifier, prover)) {
        visitor.entry(number, canonical, leaf.hex());
      }
      if (number % 1000 == 0) {
        String note = Checkpoint.of(ORIGIN, tree, number - 1000).sign(KEY);
        verifier.checkpoint(note);
        prover.checkpoint(note);
      }
    }
    assertThat(verifier.verdict()).isEqualTo(new Verdict.Whole(100_000, tree.root()));
    EntryProof proof = prover.entries().getFirst();
    assertThat(proof.proved(KEY.verifier())).map(Checkpoint::root).contains(tree.root());
    assertThat(proof.path().path()).hasSizeLessThanOrEqualTo(17);
  }

  @Test
  void P10_noOctetOfAFileCanBeAnotherOne() {
    Prover prover = log(5);
    String text = new ProofFile(prover.entries(), List.of(prover.since(3))).text();
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    List<Integer> unnoticed = new ArrayList<>();
    for (int i = 0; i < octets.length - 1; i++) {
      byte[] flipped = octets.clone();
      flipped[i] ^= 1;
      if (proves(new String(flipped, StandardCharsets.UTF_8))) {
        unnoticed.add(i);
      }
    }
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void P10_aProofOfAnotherLogProvesNothing() {
    SigningKey other = SigningKey.generate(ORIGIN, new SecureRandom());
    assertThat(log(9).entries())
        .isNotEmpty()
        .allMatch(one -> one.proved(other.verifier()).isEmpty());
  }

  @Test
  void P10_anEntryThatIsNotSignedYetIsNotProved() {
    Prover prover = log(6);
    byte[] canonical = entry(7).canonical();
    prover.entry(7, canonical, Merkle.leafHash(canonical).hex());

    assertThat(prover.entries()).extracting(EntryProof::number).containsExactly(1L, 3L, 5L);
  }

  @Test
  void P10_aCheckpointOfAnotherPastIsNotContinued() {
    Prover prover = log(9);
    Checkpoint kept = HEADS.getFirst();
    Checkpoint other = new Checkpoint(ORIGIN, kept.size(), Merkle.emptyRoot(), 0);

    assertThat(prover.since(3).proved(kept, KEY.verifier())).isPresent();
    assertThat(prover.since(3).proved(other, KEY.verifier())).isEmpty();
    assertThat(prover.since(6).proved(kept, KEY.verifier())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\nx\n1\n",
        "c2sp.org/tlog-proof@v1\nextra e30=\nindex 9\n\nx\n1\ny\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra e30=\n\nx\n1\ny\n",
        "old 0\n\nx\n1\n",
        "old 5\n\nx\n1\n",
        "old 99999999999999999999\n\nx\n1\n",
        "old 1\n\n",
      })
  void whatIsNoProofIsRead_asNone(String text) {
    assertThat(ProofFile.parse(text)).isEmpty();
  }

  @Test
  void linesReadAsC2spSaysThem() {
    assertThat(log(4).entries().getFirst().text().lines())
        .containsSequence("c2sp.org/tlog-proof@v1")
        .anyMatch(line -> line.matches("extra [A-Za-z0-9+/]+=*"))
        .anyMatch(line -> line.equals("index 0"))
        .contains(ORIGIN, "4");
  }
}
