package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.postfix.HeldMail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long it takes from a click to the next hop's 250: prints it, and fails only where a message
 * does not arrive once. {@code -Dpostern.releases=60} for a figure that counts.
 */
final class PostfixReleaseIT {
  private static final int RELEASES = Integer.getInteger("postern.releases", 3);
  private static final Duration LOOK = Duration.ofMillis(1);
  private static final String MESSAGE =
      "X-Test: hold\r\nFrom: Shop <billing@shop.test>\r\nSubject: Your order\r\n\r\nHello\r\n";

  @TempDir Path folder;
  @TempDir Path postfixFolder;

  @Test
  void fromTheClickToTheNextHop() throws Exception {
    try (HeldMail mail = HeldMail.start(postfixFolder)) {
      List<String> recipients = new ArrayList<>();
      for (int i = 0; i < RELEASES; i++) {
        recipients.add("r" + i + "@corp.test");
        mail.hold(MESSAGE, "billing@shop.test", recipients.getLast());
      }
      Path conf =
          Files.writeString(folder.resolve("postern.conf"), mail.posternConf(mail.helper()));
      Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
      try (Child postern =
          Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"))) {
        List<Long> took = new ArrayList<>();
        for (String recipient : recipients) {
          took.add(release(postern, mail, recipient));
        }
        // The trial's own samples pass by there, too.
        assertThat(mail.nextHop().taken())
            .extracting(taken -> taken.recipients().getFirst())
            .filteredOn(to -> to.endsWith("@corp.test"))
            .containsExactlyElementsOf(recipients);
        took.sort(Long::compare);
        System.out.printf(
            "click to the next hop's 250: p50 %.1f ms, p90 %.1f ms, longest %.1f ms of %d%n",
            at(took, 50), at(took, 90), at(took, 100), RELEASES);
      }
    }
  }

  private static double at(List<Long> sorted, int percent) {
    return sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
  }

  private static long release(Child postern, HeldMail mail, String recipient)
      throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + recipient, "\"state\":\"ASKING\"");
    String id = Child.values(found, "id").getFirst();
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    String vote = "{\"choice\":\"release\",\"token\":\"%s\",\"reason\":\"known\"}".formatted(token);
    long begin = System.nanoTime();
    Thread click =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    postern.post("/v1/cases/" + id + "/votes", vote);
                  } catch (IOException | InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    while (mail.nextHop().taken().stream().noneMatch(t -> t.recipients().contains(recipient))) {
      LockSupport.parkNanos(LOOK.toNanos());
      if (System.nanoTime() - begin > Duration.ofSeconds(60).toNanos()) {
        throw new AssertionError("not within a minute: " + recipient);
      }
    }
    long took = System.nanoTime() - begin;
    click.join();
    Programs.await(
        id + " is done",
        Duration.ofSeconds(30),
        () -> postern.get("/v1/cases/" + id).body().contains("\"state\":\"DONE\""));
    return took;
  }
}
