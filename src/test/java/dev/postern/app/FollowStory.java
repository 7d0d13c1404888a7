package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Postern as a process that follows a mail system, and people who decide by its API. */
abstract class FollowStory {
  static final String MESSAGE =
      """
      X-Test: hold
      From: Shop <billing@shop.test>
      To: you@corp.test
      Subject: Your  order

      Hello\s
      .dot
      \u00fc
      """
          .replace("\n", "\r\n");

  private static final Duration CALLED = Duration.ofSeconds(60);

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  Child postern;

  /** Before its mail system ends. */
  void endPostern() throws IOException {
    Files.writeString(folder.resolve("gate"), "open");
    postern.close();
  }

  /** Starts Postern with these lines of postern.conf. */
  void follow(String lines) throws IOException {
    Path conf = Files.writeString(folder.resolve("postern.conf"), lines);
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
    postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  /** The case of a held message, once people are asked. */
  String caseOf(String id) throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + id, "\"state\":\"ASKING\"");
    return Child.values(found, "id").getFirst();
  }

  /**
   * Votes.
   *
   * @param more further fields, after a comma; may be empty
   */
  void vote(String id, String choice, String more) throws IOException, InterruptedException {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    assertThat(
            postern
                .post(
                    "/v1/cases/" + id + "/votes",
                    "{\"choice\":\"%s\",\"token\":\"%s\",\"reason\":\"I know them\"%s}"
                        .formatted(choice, token, more))
                .statusCode())
        .isEqualTo(200);
  }

  String done(String id) throws IOException, InterruptedException {
    return postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");
  }

  static List<NextHopServer.Taken> takenBy(NextHopServer nextHop, String recipient) {
    return nextHop.taken().stream()
        .filter(taken -> taken.recipients().contains(recipient))
        .toList();
  }

  static void assertGotOnce(NextHopServer nextHop, String recipient) {
    List<NextHopServer.Taken> taken = takenBy(nextHop, recipient);
    assertThat(taken).as("what %s got", recipient).hasSize(1);
    assertThat(new String(taken.getFirst().octets().octets(), ISO_8859_1))
        .startsWith("Received: ")
        .endsWith("\r\n" + MESSAGE);
  }

  /** A program that does this first, and then what the helper does. */
  Path wrapper(Path helper, String lines) throws IOException {
    Path wrapper = folder.resolve("wrapper");
    Files.writeString(wrapper, "#!/bin/sh\n" + lines + "\nexec " + helper + " \"$@\"\n");
    return Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
  }

  /** Until a wrapper has noted so many calls in the file {@code calls}. */
  void awaitCalls(int count) {
    Programs.await(
        count + " calls of the helper",
        CALLED,
        () ->
            Files.exists(folder.resolve("calls"))
                && Files.readAllLines(folder.resolve("calls")).size() >= count);
  }
}
