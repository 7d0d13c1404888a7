package dev.postern.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.app.Child;
import dev.postern.fake.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup of a Postern that runs, while mail and votes arrive, and what comes of it elsewhere. */
class BackupIT {
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Your order\r\n\r\nHello\r\n";
  // Released mail stays with Postern, so that an effect is under way in the backup.
  private static final Map<String, String> NO_NEXT_HOP =
      Map.of("POSTERN_MAIL_SMTP_NEXT_HOP", "127.0.0.1:9", "POSTERN_DNS_SERVERS", "127.0.0.1:9");

  @TempDir private Path folder;
  private final Set<String> held = ConcurrentHashMap.newKeySet();
  private final Set<String> voted = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean loaded = new AtomicBoolean(true);

  @Test
  void P1_P3_P7_everythingAcknowledgedBeforeTheBackupIsThere_andNothingIsSentTwice()
      throws Exception {
    Path first = Files.createDirectories(folder.resolve("first"));
    ATerminal there = new ATerminal(first);
    Set<String> heldBefore;
    Set<String> votedBefore;
    String open;
    try (Child postern = Child.start("try", first, NO_NEXT_HOP)) {
      List<Thread> load = load(postern);
      while (held.size() < 12 || voted.size() < 4) {
        Pause.betweenLooks();
      }
      heldBefore = Set.copyOf(held);
      votedBefore = Set.copyOf(voted);
      there.environment.put("POSTERN_HTTP_PORT", postern.url.replaceFirst(".*:", ""));
      assertThat(there.run("backup", "--out", "b.zip", "--with-keys")).as(there.err()).isZero();
      assertThat(there.out()).contains("from the running Postern");
      loaded.set(false);
      for (Thread thread : load) {
        thread.join();
      }
      open = heldBefore.stream().filter(id -> !voted.contains(id)).findFirst().orElseThrow();
    }
    assertThat(first.resolve("data/backup.part")).doesNotExist();

    Path second = Files.createDirectories(folder.resolve("second"));
    Files.copy(first.resolve("b.zip"), second.resolve("b.zip"));
    ATerminal here = new ATerminal(second);
    assertThat(here.run("restore", "b.zip")).as(here.err()).isZero();
    assertThat(here.run("audit", "verify")).as(here.out()).isZero();
    try (Child postern = Child.start("try", second, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
      here.environment.put("POSTERN_HTTP_PORT", postern.url.replaceFirst(".*:", ""));
      for (String id : heldBefore) {
        assertThat(here.run("case", "show", id, "--json")).as(here.err()).isZero();
        JsonNode it = Json.read(here.out());
        if (votedBefore.contains(id)) {
          assertThat(it.path("history").findValuesAsText("what")).contains("vote.cast");
        }
      }
      for (String id : votedBefore) {
        // Looked up, not sent: the built-in quarantine cannot tell, so people are asked again.
        postern.await("/v1/cases/" + id, "may have been delivered");
      }
      assertThat(mailbox(second)).as("nothing was sent by itself").isZero();

      assertThat(here.run("case", "show", open)).isZero();
      assertThat(here.out()).contains("may have been delivered since");
      assertThat(here.run("case", "release", open, "--reason", "expected")).as(here.err()).isZero();
      postern.await("/v1/cases/" + open, "\"state\":\"DONE\"");
      assertThat(mailbox(second)).isEqualTo(1);
    }
  }

  private static long mailbox(Path folder) throws Exception {
    Path box = folder.resolve("data/mailbox");
    if (!Files.exists(box)) {
      return 0;
    }
    try (var files = Files.walk(box)) {
      return files.filter(it -> it.toString().endsWith(".eml")).count();
    }
  }

  private List<Thread> load(Child postern) {
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      int number = thread;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    ATerminal voter = new ATerminal(folder.resolve("first"));
                    voter.environment.put("POSTERN_HTTP_PORT", postern.url.replaceFirst(".*:", ""));
                    while (loaded.get()) {
                      hold(postern, number == 0 ? voter : null);
                    }
                  }));
    }
    return threads;
  }

  private void hold(Child postern, @Nullable ATerminal voter) {
    try {
      String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
      String id = reply.substring(reply.length() - 12);
      held.add(id);
      if (voter != null && voter.run("case", "release", id, "--reason", "I know them") == 0) {
        voted.add(id);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
