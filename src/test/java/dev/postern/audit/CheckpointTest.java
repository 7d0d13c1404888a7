package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known values: the example key and note of Go's sumdb/note and of C2SP signed-note. */
class CheckpointTest {
  private static final String GO_PRIVATE =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String GO_PUBLIC =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String GO_TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String GO_NOTE =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private static final SigningKey KEY =
      SigningKey.generate("postern.example/log", new SecureRandom());
  private static final Checkpoint HEAD =
      new Checkpoint("postern.example/log", 48206, Merkle.leafHash(new byte[] {1}), 48200);

  private static LogKey key(String text) {
    return LogKey.parse(text).orElseThrow();
  }

  @Test
  void theKnownKeySignsTheKnownTextWithTheKnownSignature() {
    SigningKey key = SigningKey.parse(GO_PRIVATE + "\n" + GO_PUBLIC + "\n").orElseThrow();
    assertThat(SignedNote.sign(GO_TEXT, key)).isEqualTo(GO_NOTE);
    assertThat(key.file()).isEqualTo(GO_PRIVATE + "\n" + GO_PUBLIC + "\n");
  }

  @Test
  void theKnownNotesAreGenuine() {
    assertThat(SignedNote.open(GO_NOTE, key(GO_PUBLIC))).contains(GO_TEXT);
    String example =
        """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
        """;
    LogKey key = key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    assertThat(SignedNote.open(example, key)).contains("This is an example message.\n");
  }

  @Test
  void aSignedCheckpointHasTheFormOfC2spAndIsReadBack() {
    String note = HEAD.sign(KEY);
    assertThat(note.lines().toList())
        .hasSize(6)
        .startsWith("postern.example/log", "48206", HEAD.root().base64(), "previous 48200", "")
        .last()
        .asString()
        .startsWith("\u2014 postern.example/log ");
    assertThat(Checkpoint.open(note, KEY.verifier())).contains(HEAD);
  }

  @Test
  void anyChangedCharacterVoidsACheckpoint() {
    String note = HEAD.sign(KEY);
    for (int i = 0; i < note.length(); i++) {
      char other = note.charAt(i) == 'A' ? 'B' : 'A';
      String changed = note.substring(0, i) + other + note.substring(i + 1);
      assertThat(Checkpoint.open(changed, KEY.verifier())).as(changed).isEmpty();
    }
  }

  @Test
  void aCheckpointOfAnotherKeyOfTheSameNameIsNotOurs() {
    SigningKey other = SigningKey.generate("postern.example/log", new SecureRandom());
    assertThat(Checkpoint.open(HEAD.sign(other), KEY.verifier())).isEmpty();
  }

  @Test
  void aCheckpointOfAnotherLogUnderOurKeyIsNotOurs() {
    Checkpoint other = new Checkpoint("elsewhere.example/log", 1, HEAD.root(), 0);
    assertThat(Checkpoint.open(other.sign(KEY), KEY.verifier())).isEmpty();
  }

  @Test
  void signaturesOfWitnessesBesideOursArePassedOver() {
    SigningKey witness = SigningKey.generate("witness.example", new SecureRandom());
    String theirs = HEAD.sign(witness);
    String both = HEAD.sign(KEY) + theirs.substring(theirs.indexOf("\n\n") + 2);
    assertThat(Checkpoint.open(both, KEY.verifier())).contains(HEAD);
    assertThat(Checkpoint.open(both, witness.verifier())).isEmpty(); // not the log's own name
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "postern.example/log\n",
        "postern.example/log\n1\n",
        "postern.example/log\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n1x\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n9999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n1\nCsUYapGGPo4=\nprevious 0\n",
        "postern.example/log\n1\nno base64\nprevious 0\n",
        "two words\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n1\n\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 0\n",
        "postern.example/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "postern.example/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious\n",
        "postern.example/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nprevious 01\n",
        "postern.example/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nbefore 0\n",
      })
  void textThatIsNoCheckpointIsNoneEvenWhenItIsSigned(String text) {
    assertThat(Checkpoint.open(SignedNote.sign(text, KEY), KEY.verifier())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "a\n\n\u2014 postern.example/log !!!\n",
        "a\n\n\u2014 postern.example/log AAAA\n"
      })
  void notesWithoutASignatureOfOursAreNotOpened(String note) {
    assertThat(SignedNote.open(note, KEY.verifier())).isEmpty();
  }

  @Test
  void aFileOfCheckpointsIsReadOneByOne() {
    SigningKey witness = SigningKey.generate("witness.example", new SecureRandom());
    String theirs = HEAD.sign(witness);
    String first = HEAD.sign(KEY) + theirs.substring(theirs.indexOf("\n\n") + 2);
    String second = new Checkpoint(HEAD.origin(), 48210, HEAD.root(), 48206).sign(KEY);
    assertThat(Checkpoint.notes(first + second + second)).containsExactly(first, second, second);
    assertThat(Checkpoint.notes("\n" + first + "\n\n" + second + "\n"))
        .containsExactly(first, second);
    assertThat(Checkpoint.notes("")).isEmpty();
    assertThat(Checkpoint.notes("\n \n")).isEmpty();
    assertThat(Checkpoint.notes("torn\n1" + first)).hasSize(1);
  }

  @Test
  void aCheckpointBeforeALargerOneIsRefused() {
    assertThatThrownBy(() -> new Checkpoint("a", 1, Merkle.emptyRoot(), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNoteWithControlCharactersOrWithoutEndIsNotOpened() {
    assertThat(SignedNote.open(SignedNote.sign("a\tb\n", KEY), KEY.verifier())).isEmpty();
    String note = HEAD.sign(KEY);
    assertThat(SignedNote.open(note.stripTrailing(), KEY.verifier())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
      })
  void textThatIsNoKeyIsNone(String text) {
    assertThat(LogKey.parse(text)).isEmpty();
    assertThat(SigningKey.parse(GO_PRIVATE + "\n" + text + "\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PRIVATE+KEY+PeterNeumann",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+!",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALV",
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFA",
        "PRIVATE+KEY+Peter+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz",
      })
  void halvesThatDoNotBelongTogetherAreNoKey(String secret) {
    assertThat(SigningKey.parse(secret + "\n" + GO_PUBLIC + "\n")).isEmpty();
  }

  @Test
  void aNewKeyIsReadBackFromItsFile_andSignsTheSame() {
    SigningKey again = SigningKey.parse(KEY.file()).orElseThrow();
    assertThat(again.verifier().text()).isEqualTo(KEY.verifier().text());
    assertThat(HEAD.sign(again)).isEqualTo(HEAD.sign(KEY));
  }

  @Test
  void P14_aSigningKeyDoesNotTellItsSecretWhenPrinted() {
    String secret = KEY.file().lines().findFirst().orElseThrow();
    assertThat(KEY.toString()).doesNotContain(secret.substring(secret.lastIndexOf('+')));
    assertThat(KEY.toString()).doesNotContain("PRIVATE");
  }

  @Test
  void anOriginWithSpacesOrPlusIsRefused() {
    assertThatThrownBy(() -> SigningKey.generate("two words", new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Checkpoint("a+b", 0, Merkle.emptyRoot(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
