package dev.postern.evidence.dkim;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fuzz target: what DNS gives as DKIM keys, one record a line. Two messages are really signed; only
 * a record with the right key may make them pass.
 */
public final class KeyRecordFuzz {
  private static final byte[] TEXT =
      "From: <anna@a.example>\r\n\r\nHello.\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final TestSigner RSA =
      TestSigner.of("a.example", "s", TestKeys.rsa("fuzzed key record", 1024));
  private static final TestSigner ED25519 =
      TestSigner.of("a.example", "s", TestKeys.ed25519("fuzzed key record"));
  private static final Providers SLOW = Providers.withoutNativeCode();
  private static final Signed BY_RSA = Signed.by(RSA, Algorithm.RSA_SHA256);
  private static final Signed BY_ED25519 = Signed.by(ED25519, Algorithm.ED25519_SHA256);

  private KeyRecordFuzz() {}

  /** One execution; {@code data} is the texts of TXT records, one a line. */
  public static void fuzzerTestOneInput(byte[] data) {
    List<String> records =
        Arrays.asList(new String(data, StandardCharsets.ISO_8859_1).split("\n", -1));
    for (String text : records) {
      for (Algorithm algorithm : Algorithm.values()) {
        recordIsSoundOrSaysWhy(text, algorithm);
      }
    }
    Answer answer = Answer.of(records, 300, false);
    Signed message = data.length % 2 == 0 ? BY_RSA : BY_ED25519;
    message.passesOnlyUnderItsKey(answer);
  }

  private static void recordIsSoundOrSaysWhy(String text, Algorithm algorithm) {
    KeyRecord record = KeyRecord.read(text);
    Optional<Problem> own = record.problem(algorithm, false);
    Optional<Problem> subdomain = record.problem(algorithm, true);
    holds(own.isEmpty() || subdomain.isPresent(), "a subdomain is never better off");
    own.ifPresent(it -> same(it.result(), DkimResult.PERMERROR, "an unfit key is permanent"));
    if (own.isEmpty()) {
      holds(record.isKey(), "what may serve has p=");
    }
    Optional<PublicKeys.Sized> key = record.key(algorithm);
    key.ifPresent(it -> readsAgain(algorithm, it));
    same(key, KeyRecord.read(text).key(algorithm), "the same record is the same key");
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    Optional<PublicKeys.Sized> slow =
        Base64Text.decode(TagList.read(octets, 0, octets.length), "p")
            .flatMap(p -> PublicKeys.read(algorithm, p, SLOW));
    same(bits(slow), bits(key), "a key is one with and without native code");
  }

  private static int bits(Optional<PublicKeys.Sized> key) {
    return key.map(PublicKeys.Sized::bits).orElse(0);
  }

  private static void readsAgain(Algorithm algorithm, PublicKeys.Sized key) {
    holds(key.bits() > 0 && key.bits() <= 16_384, "keys are of bounded size");
    byte[] encoded = key.key().getEncoded();
    byte[] p =
        algorithm == Algorithm.RSA_SHA256
            ? encoded
            : Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    Optional<PublicKeys.Sized> again = PublicKeys.read(algorithm, p);
    holds(again.isPresent(), "a key written again is read again");
    same(again.orElseThrow().bits(), key.bits(), "a key written again is as large");
  }

  /** A message and the one key under which it passes. */
  private record Signed(
      RawMessage message, HeaderFields headers, Algorithm algorithm, PublicKey key) {

    static Signed by(TestSigner signer, Algorithm algorithm) {
      RawMessage message = RawMessage.of(signer.fields("from").sign(TEXT));
      return new Signed(message, HeaderFields.of(message), algorithm, signer.keys().getPublic());
    }

    void passesOnlyUnderItsKey(Answer answer) {
      Deadline by = Deadline.in(Duration.ofSeconds(20));
      DkimFinding found =
          new DkimVerifier()
              .verify(message, headers, (_, _, _) -> answer, by, 1_795_000_000)
              .getFirst();
      boolean pass = found.result() == DkimResult.PASS;
      holds(pass == found.reason().isEmpty(), "a reason, or a pass");
      holds(!pass || answer.data().stream().anyMatch(this::isTheKey), "a pass under this key only");
      holds(found.result() != DkimResult.TEMPERROR, "DNS did answer");
    }

    private boolean isTheKey(String record) {
      return KeyRecord.read(record).key(algorithm).map(it -> it.key().equals(key)).orElse(false);
    }
  }
}
