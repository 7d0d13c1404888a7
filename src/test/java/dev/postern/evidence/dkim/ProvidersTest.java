package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
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
