package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test values: the reference vectors of Certificate Transparency (transparency-dev/merkle). */
class MerkleTest {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  private static final List<String> LEAF_HASHES =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
          "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
          "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
          "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1");
  private static final String PAIR_1 =
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
  private static final String PAIR_2 =
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  private static final String PAIR_3 =
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
  private static final String UPPER_HALF =
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";

  private static List<Hash> reference(int size) {
    return LEAVES.subList(0, size).stream()
        .map(hex -> Merkle.leafHash(HexFormat.of().parseHex(hex)))
        .toList();
  }

  static List<Hash> randomLeaves(int size, long seed) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      byte[] entry = new byte[random.nextInt(40)];
      random.nextBytes(entry);
      leaves.add(Merkle.leafHash(entry));
    }
    return leaves;
  }

  private static CompactRange grown(List<Hash> leaves) {
    CompactRange tree = CompactRange.empty();
    leaves.forEach(tree::append);
    return tree;
  }

  private static List<String> hex(List<Hash> hashes) {
    return hashes.stream().map(Hash::hex).toList();
  }

  @Test
  void leafHashesAreTheReferenceOnes() {
    assertThat(hex(reference(8))).isEqualTo(LEAF_HASHES);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
  void rootsAreTheReferenceOnes_byDefinitionAndIncrementally(int size) {
    assertThat(Merkle.root(reference(size)).hex()).isEqualTo(ROOTS.get(size));
    assertThat(grown(reference(size)).root().hex()).isEqualTo(ROOTS.get(size));
  }

  @Test
  void inclusionPathsAreTheReferenceOnes() {
    assertThat(InclusionProof.of(reference(1), 0).path()).isEmpty();
    assertThat(hex(InclusionProof.of(reference(8), 0).path()))
        .containsExactly(LEAF_HASHES.get(1), PAIR_1, UPPER_HALF);
    assertThat(hex(InclusionProof.of(reference(8), 5).path()))
        .containsExactly(LEAF_HASHES.get(4), PAIR_3, ROOTS.get(4));
    assertThat(hex(InclusionProof.of(reference(3), 2).path())).containsExactly(ROOTS.get(2));
    assertThat(hex(InclusionProof.of(reference(5), 1).path()))
        .containsExactly(LEAF_HASHES.get(0), PAIR_1, LEAF_HASHES.get(4));
  }

  @Test
  void consistencyPathsAreTheReferenceOnes() {
    assertThat(ConsistencyProof.of(reference(1), 1).path()).isEmpty();
    assertThat(hex(ConsistencyProof.of(reference(8), 1).path()))
        .containsExactly(LEAF_HASHES.get(1), PAIR_1, UPPER_HALF);
    assertThat(hex(ConsistencyProof.of(reference(8), 6).path()))
        .containsExactly(PAIR_2, PAIR_3, ROOTS.get(4));
    assertThat(hex(ConsistencyProof.of(reference(5), 2).path()))
        .containsExactly(PAIR_1, LEAF_HASHES.get(4));
  }

  @Test
  void everyLeafOfEveryTreeUpTo70IsProven_andNoOtherLeafByThatProof() {
    List<Hash> leaves = randomLeaves(70, 1);
    for (int size = 1; size <= leaves.size(); size++) {
      List<Hash> tree = leaves.subList(0, size);
      Hash root = Merkle.root(tree);
      for (int index = 0; index < size; index++) {
        InclusionProof proof = InclusionProof.of(tree, index);
        assertThat(proof.proves(tree.get(index), root)).isTrue();
        assertThat(proof.proves(leaves.get((index + 1) % 70), root)).isFalse();
        assertThat(proof.proves(tree.get(index), Merkle.emptyRoot())).isFalse();
      }
    }
  }

  @Test
  void everyOlderTreeIsProvenConsistent_andAChangedOneIsNot() {
    List<Hash> leaves = randomLeaves(70, 2);
    for (int to = 1; to <= leaves.size(); to++) {
      List<Hash> tree = leaves.subList(0, to);
      Hash newer = Merkle.root(tree);
      for (int from = 1; from <= to; from++) {
        ConsistencyProof proof = ConsistencyProof.of(tree, from);
        Hash older = Merkle.root(tree.subList(0, from));
        assertThat(proof.proves(older, newer)).isTrue();
        assertThat(proof.proves(Merkle.emptyRoot(), newer)).isFalse();
        assertThat(proof.proves(older, Merkle.emptyRoot())).isFalse();
      }
    }
  }

  @Test
  void aShortenedLengthenedOrReversedPathProvesNothing() {
    List<Hash> leaves = randomLeaves(37, 3);
    Hash root = Merkle.root(leaves);
    Hash older = Merkle.root(leaves.subList(0, 5));
    List<Hash> in = InclusionProof.of(leaves, 4).path();
    List<Hash> on = ConsistencyProof.of(leaves, 5).path();
    for (List<Hash> path : mangled(in)) {
      assertThat(new InclusionProof(4, 37, path).proves(leaves.get(4), root)).isFalse();
    }
    for (List<Hash> path : mangled(on)) {
      assertThat(new ConsistencyProof(5, 37, path).proves(older, root)).isFalse();
    }
  }

  private static List<List<Hash>> mangled(List<Hash> path) {
    List<Hash> longer = new ArrayList<>(path);
    longer.add(path.getFirst());
    return List.of(
        List.of(),
        path.subList(1, path.size()),
        path.subList(0, path.size() - 1),
        path.reversed(),
        longer);
  }

  @Test
  void anInnerNodeCannotBePassedOffAsAnEntry() {
    List<Hash> two = reference(2);
    byte[] both = HexFormat.of().parseHex(two.get(0).hex() + two.get(1).hex());
    assertThat(Merkle.leafHash(both)).isNotEqualTo(Merkle.root(two));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 8, 63, 64, 65, 1000, 1023, 1024, 1025})
  void aTreeThatIsStoredAndRestoredGrowsOnAsIfNothingHadHappened(int size) {
    List<Hash> leaves = randomLeaves(size + 30, 4);
    CompactRange tree = CompactRange.restore(grown(leaves.subList(0, size)).state());
    leaves.subList(size, size + 30).forEach(tree::append);
    assertThat(tree.size()).isEqualTo(size + 30);
    assertThat(tree.root()).isEqualTo(Merkle.root(leaves));
  }

  @Test
  void theStateOfATreeGrowsWithTheLogarithm() {
    CompactRange tree = grown(randomLeaves(1023, 5));
    assertThat(tree.state()).hasSize(8 + 10 * 32);
  }
}
