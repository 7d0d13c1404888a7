package dev.postern.quarantine.amavis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a quarantine, also where a sender chose what stands in them, or somebody put links. */
class QuarantinedMailTest {
  private static final String OWN =
      """
      Return-Path: <ben@partner.example>
      Delivered-To: banned-quarantine
      X-Envelope-From: <ben@partner.example>
      X-Envelope-To: <ap@corp.example>, <cfo@corp.example>
      X-Envelope-To-Blocked: <cfo@corp.example>
      X-Quarantine-ID: <2nHMdg89AeH3>
      X-Amavis-Alert: BANNED, message contains setup.exe
      X-Spam-Flag: NO
      """;

  private static final String TRACE =
      """
      Received: from mx ([127.0.0.1])
       by localhost (amavis.corp.example [127.0.0.1]) (amavis, port 10040)
       with ESMTP id 2nHMdg89AeH3; Mon, 23 Nov 2026 23:56:14 +0000 (UTC)
      """;

  private static final String MESSAGE =
      """
      Received: from mail.partner.example (unknown [192.0.2.50])
      \tby mx.corp.example (Postfix) with ESMTP id 4jYMb95xx6zJMPY
      X-Envelope-To-Blocked: <forged@corp.example>
      X-Quarantine-ID: <forged>
      Subject: x

      hello
      """;

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  @TempDir Path folder;

  private static Optional<QuarantinedMail> read(String text) {
    return QuarantinedMail.read(RawMessage.of(text.replace("\n", "\r\n").getBytes(ISO_8859_1)));
  }

  @Test
  void theEnvelopeIsWhatAmavisWroteAboveTheMessage() {
    QuarantinedMail it = read(OWN + TRACE + MESSAGE).orElseThrow();

    assertThat(it.mailId()).isEqualTo("2nHMdg89AeH3");
    assertThat(it.sender()).isEqualTo("ben@partner.example");
    assertThat(it.blocked()).hasToString("[cfo@corp.example]");
    assertThat(new String(it.message().octets(), ISO_8859_1))
        .isEqualTo(MESSAGE.replace("\n", "\r\n"));
    assertThat(it.client().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(it.helo()).isEqualTo("mail.partner.example");
  }

  @Test
  void aClientIsBelievedOnlyFromTheServerThatStandsBefore() {
    String direct = TRACE.replace("mx ([127.0.0.1])", "evil ([198.51.100.9])");
    assertThat(read(OWN + direct + MESSAGE).orElseThrow().client().isLoopbackAddress()).isTrue();
    assertThat(read(OWN + MESSAGE).orElseThrow().client().isLoopbackAddress()).isTrue();
    String other = TRACE.replace("id 2nHMdg89AeH3;", "id 2nHMdg89AeH4;");
    assertThat(read(OWN + other + MESSAGE).orElseThrow().client().isLoopbackAddress()).isTrue();
  }

  @Test
  void whatHasNoFieldsOfAmavisAtItsTopIsNothing() {
    assertThat(read("Subject: x\n" + OWN + TRACE + MESSAGE)).isEmpty();
    assertThat(read(OWN.replace("<2nHMdg89AeH3>", "<../x>") + TRACE + MESSAGE)).isEmpty();
    assertThat(read(OWN)).isEmpty();
    assertThat(read("")).isEmpty();
    assertThat(read(OWN.replace("<cfo@corp.example>\nX-Q", "\nX-Q") + TRACE + MESSAGE))
        .hasValueSatisfying(it -> assertThat(it.blocked()).isEmpty());
  }

  private QuarantineFolder quarantine() {
    return new QuarantineFolder(folder, List.of("spam", "banned"), InstantSource.fixed(NOW));
  }

  private Path file(String name, Duration age) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, OWN + TRACE + MESSAGE);
    return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  @Test
  void onlyWhatCameLatelyAndIsAtRestIsListed() throws IOException {
    file("2/banned-2nHMdg89AeH3", Duration.ofMinutes(1));
    file("spam-abc.gz", Duration.ofDays(6));
    file("2/banned-old", Duration.ofDays(8));
    file("2/banned-fresh", Duration.ofSeconds(1));
    file("virus-x", Duration.ofMinutes(1));
    file("banned-with blank", Duration.ofMinutes(1));
    Files.createSymbolicLink(folder.resolve("banned-link"), folder.resolve("spam-abc.gz"));

    assertThat(quarantine().lately())
        .containsExactlyInAnyOrder("2/banned-2nHMdg89AeH3", "spam-abc.gz");
  }

  /** amavis, and who cleans up, delete files while they are listed. */
  @Test
  void filesThatGoWhileTheyAreListedDoNotHideTheOthers() throws Exception {
    file("banned-stays", Duration.ofMinutes(1));
    AtomicBoolean listing = new AtomicBoolean(true);
    Thread coming =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; listing.get(); i++) {
                    Path file = folder.resolve("banned-" + i % 50);
                    try {
                      Files.writeString(file, "x");
                      Files.deleteIfExists(file);
                    } catch (IOException full) {
                      throw new UncheckedIOException(full);
                    }
                  }
                });
    try {
      for (int i = 0; i < 3000; i++) {
        assertThat(quarantine().lately()).contains("banned-stays");
      }
    } finally {
      listing.set(false);
      coming.join();
    }
  }

  @Test
  void aFolderThatIsNotThereIsNoEmptyOne() {
    QuarantineFolder none =
        new QuarantineFolder(folder.resolve("none"), List.of("banned"), InstantSource.fixed(NOW));
    assertThatThrownBy(none::lately).isInstanceOf(MailSystemTrouble.class);
  }

  @Test
  void aPackedFileIsReadAsItWas() throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("spam-abc.gz")))) {
      out.write("one\ntwo\n".getBytes(ISO_8859_1));
    }
    assertThat(quarantine().read("spam-abc.gz", 100).orElseThrow().message().octets())
        .asString(ISO_8859_1)
        .isEqualTo("one\r\ntwo\r\n");
    assertThat(quarantine().read("spam-abc.gz", 3).orElseThrow().whole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "../x",
        "a/../x",
        "a//x",
        "a/./x",
        ".x",
        "-x",
        "a\nb",
        "a b",
        "a/b/c/d"
      })
  void aNameLeadsNowhereElse(String name) {
    assertThat(QuarantineFolder.isName(name)).isFalse();
    assertThat(quarantine().read(name, 10)).isEmpty();
    assertThat(quarantine().delete(name)).isFalse();
  }

  @Test
  void aLinkIsNeitherReadNorFollowedNorDeleted() throws IOException {
    Path outside = Files.createTempDirectory(folder.getParent(), "outside");
    Path victim = Files.writeString(outside.resolve("banned-x"), "x");
    Files.createSymbolicLink(folder.resolve("banned-x"), victim);
    Files.createSymbolicLink(folder.resolve("l"), outside);

    for (String name : List.of("banned-x", "l/banned-x")) {
      assertThatThrownBy(() -> quarantine().read(name, 10)).isInstanceOf(MailSystemTrouble.class);
      assertThatThrownBy(() -> quarantine().delete(name)).isInstanceOf(MailSystemTrouble.class);
    }
    assertThat(victim).exists();
    Files.delete(victim);
    Files.delete(outside);
  }
}
