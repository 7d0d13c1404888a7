package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProvidersTest {
  private static final byte[] TEXT = {'t', 'e', 'x', 't'};

  @Test
  void theNativeProviderServesWhereItsLibraryIsThere() {
    List<Provider> fastest = List.of(Providers.fastest().rsa(), Providers.fastest().ed25519());

    Providers.corretto().ifPresent(it -> assertThat(fastest).containsOnly(it));
    assertThat(Providers.withoutNativeCode().ed25519().getName()).isEqualTo("BC");
  }

  @ParameterizedTest
  @EnumSource
  void allProvidersAgreeOnWhatFitsAndWhatDoesNot(Algorithm algorithm)
      throws GeneralSecurityException {
    KeyPair pair = keyPair(algorithm);
    byte[] good = sign(algorithm, pair.getPrivate());
    byte[] changed = good.clone();
    changed[good.length / 2] ^= 1;
    for (Providers providers : all()) {
      assertThat(fits(providers, algorithm, pair.getPublic(), good)).isTrue();
      assertThat(fits(providers, algorithm, pair.getPublic(), changed)).isFalse();
    }
  }

  @Test
  void allProvidersReadTheSameKeysHoweverOddTheirNumbers() {
    Random random = new Random(3447);
    for (int bits : new int[] {256, 511, 512, 513, 1023, 1024, 2048, 8192, 16_384, 16_392}) {
      for (int length : new int[] {1, 2, 3, 17, 33, 34, 64, 65, bits - 1}) {
        for (int oddity = 0; oddity < 4; oddity++) {
          BigInteger modulus = number(bits, (oddity & 1) == 0, random);
          BigInteger exponent = number(length, (oddity & 2) == 0, random);
          byte[] key = sequence(modulus, exponent);
          assertThat(all().stream().map(it -> bits(key, it)).distinct())
              .as(bits + " bits, exponent of " + length + ", oddity " + oddity)
              .hasSize(1);
        }
      }
    }
  }

  @Test
  void noProviderReadsAKeyThatIsNoPointOfTheCurve() {
    byte[] beyond = HexFormat.of().parseHex("ff".repeat(32));
    byte[] beside = HexFormat.of().parseHex("02" + "00".repeat(31));
    for (Providers providers : all()) {
      assertThat(PublicKeys.read(Algorithm.ED25519_SHA256, beyond, providers)).isEmpty();
      assertThat(PublicKeys.read(Algorithm.ED25519_SHA256, beside, providers)).isEmpty();
    }
  }

  private static int bits(byte[] key, Providers by) {
    return PublicKeys.read(Algorithm.RSA_SHA256, key, by).map(PublicKeys.Sized::bits).orElse(0);
  }

  private static BigInteger number(int bits, boolean odd, Random random) {
    BigInteger number = new BigInteger(bits, random).setBit(bits - 1);
    return odd ? number.setBit(0) : number.clearBit(0);
  }

  /** RSAPublicKey (RFC 8017 §A.1.1). */
  private static byte[] sequence(BigInteger modulus, BigInteger exponent) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (BigInteger number : List.of(modulus, exponent)) {
      content.writeBytes(der(0x02, number.toByteArray()));
    }
    return der(0x30, content.toByteArray());
  }

  private static byte[] der(int tag, byte[] content) {
    int n = content.length;
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (n >= 0x80) {
      der.write(n < 0x100 ? 0x81 : 0x82);
    }
    if (n >= 0x100) {
      der.write(n >> 8);
    }
    der.write(n);
    der.writeBytes(content);
    return der.toByteArray();
  }

  private static List<Providers> all() {
    List<Providers> all = new ArrayList<>(List.of(Providers.withoutNativeCode()));
    Providers.corretto().map(Providers::ofCorretto).ifPresent(all::add);
    return all;
  }

  private static boolean fits(Providers by, Algorithm algorithm, PublicKey key, byte[] value)
      throws GeneralSecurityException {
    Signature verifier = by.signatures(algorithm);
    verifier.initVerify(
        by.keys(algorithm).generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    verifier.update(TEXT);
    return verifier.verify(value);
  }

  private static KeyPair keyPair(Algorithm algorithm) {
    return switch (algorithm) {
      case RSA_SHA256 -> TestKeys.rsa("providers test", 2048);
      case ED25519_SHA256 -> TestKeys.ed25519("providers test");
    };
  }

  private static byte[] sign(Algorithm algorithm, PrivateKey key) throws GeneralSecurityException {
    Signature signer =
        Signature.getInstance(algorithm == Algorithm.RSA_SHA256 ? "SHA256withRSA" : "Ed25519");
    signer.initSign(key);
    signer.update(TEXT);
    return signer.sign();
  }
}
