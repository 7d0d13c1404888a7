package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.audit.Verdict.Broken;
import dev.postern.audit.Verdict.Flaw;
import dev.postern.audit.Verdict.Whole;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditExportTest {
  private static final String ORIGIN = "postern.example/log";
  private static final SigningKey KEY = SigningKey.generate(ORIGIN, new SecureRandom());

  private static String exported(int size) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    AuditExport export = new AuditExport(file);
    CompactRange tree = CompactRange.empty();
    long previous = 0;
    for (int number = 1; number <= size; number++) {
      byte[] canonical =
          new LogEntry(Instant.EPOCH, "Jörg \"J\"", "voted\n" + number, "", "ends}").canonical();
      Hash leaf = Merkle.leafHash(canonical);
      tree.append(leaf);
      export.entry(number, canonical, leaf.hex());
      if (number % 5 == 0 || number == size) {
        export.checkpoint(Checkpoint.of(ORIGIN, tree, previous).sign(KEY));
        previous = number;
      }
    }
    return file.toString(StandardCharsets.UTF_8);
  }

  private static Verdict verify(String... files) {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    for (String file : files) {
      byte[] octets = file.getBytes(StandardCharsets.UTF_8);
      AuditExport.read(new ByteArrayInputStream(octets), verifier);
    }
    return verifier.verdict();
  }

  private static Flaw flaw(String file) {
    assertThat(verify(file)).as(file).isInstanceOf(Broken.class);
    return ((Broken) verify(file)).flaw();
  }

  @Test
  void P10_aFileAndThePublicKeyAreEnoughToVerifyALog() {
    assertThat(verify(exported(12)))
        .isInstanceOfSatisfying(Whole.class, whole -> assertThat(whole.entries()).isEqualTo(12));
  }

  @Test
  void linesReadAsDocumented() {
    assertThat(exported(5).lines().toList().getFirst())
        .matches("\\{\"number\":1,\"leaf\":\"[0-9a-f]{64}\",\"entry\":\\{\"actor\":\"J.*\\}\\}");
    assertThat(exported(5).lines().toList().getLast())
        .startsWith("{\"checkpoint\":\"postern.example/log\\n5\\n")
        .endsWith("\\n\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "{}\n",
        "null\n",
        "{\"number\":1}\n",
        "{\"number\":}\n",
        "{\"number\":01,\"leaf\":\"\",\"entry\":{}}\n",
        "{\"number\":1,\"leaf\":\"00\",\"entry\":{}}\n",
        "{\"number\":99999999999999999999,\"leaf\":\"00\",\"entry\":{}}\n",
        "{\"number\":1,\"leaf\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"entry\":{}}\n",
        "{\"number\":1,\"leaf\":\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"entry\":\n",
        "{\"checkpoint\":}\n",
        "{\"checkpoint\":\"}\n",
        "{\"checkpoint\":\"\"}}\n",
      })
  void linesOfAnotherFormCountAgainstTheLog(String line) {
    assertThat(flaw(line)).isEqualTo(Flaw.MALFORMED);
  }

  @Test
  void aLineWithoutEndIsGivenUpBeforeItFillsTheMemory() {
    LogVerifier verifier = new LogVerifier(KEY.verifier());
    AuditExport.read(new ByteArrayInputStream(new byte[5 * 1024 * 1024]), verifier);
    assertThat(verifier.verdict())
        .isInstanceOfSatisfying(
            Broken.class, found -> assertThat(found.reason()).contains("line 1 is longer"));
  }

  @Test
  void aFileThatCannotBeReadIsNotALogThatIsBroken() throws IOException {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertThatThrownBy(() -> AuditExport.read(closed, new LogVerifier(KEY.verifier())))
        .isInstanceOf(UncheckedIOException.class);
  }
}
