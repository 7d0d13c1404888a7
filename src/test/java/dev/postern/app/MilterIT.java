package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.mailsystem.DebianPackage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program behind a real Postfix, both set up by the lines of the documentation. */
class MilterIT {
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Your  order\r\n\r\nHello\r\n";
  private static final Map<String, String> NO_NAME_SERVER =
      Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final int milter = Programs.freePort();
  private final int released = Programs.freePort();

  private final DocumentedLines lines =
      DocumentedLines.of("milter.md").withPort(8893, milter).withPort(10028, released);

  private PostfixServer postfix() {
    return PostfixServer.with()
        .mainCf(lines.linesFor("main.cf"))
        .masterCf(lines.linesFor("master.cf"))
        .start();
  }

  private Child postern() throws IOException {
    Files.writeString(folder.resolve("postern.conf"), lines.linesFor("postern.conf"));
    return Child.start("try", folder, NO_NAME_SERVER);
  }

  /** The operator's id of the only case there is. */
  private static String theCase(Child postern) throws Exception {
    return Child.values(postern.await("/v1/cases?q=shop.test", "shop.test"), "id").getFirst();
  }

  /** The samples of a trial go there, too. */
  private static List<NextHopServer.Taken> fromTheShop(PostfixServer postfix) {
    return postfix.nextHop().taken().stream()
        .filter(it -> it.sender().equals("billing@shop.test"))
        .toList();
  }

  private static void vote(Child postern, String id, String choice) throws Exception {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    String vote = "{\"choice\":\"%s\",\"token\":\"%s\",\"reason\":\"ok\"}".formatted(choice, token);
    assertThat(postern.post("/v1/cases/" + id + "/votes", vote))
        .extracting(it -> it.statusCode())
        .isEqualTo(200);
  }

  @Test
  void P1_P8_whatPeopleReleaseReachesTheNextHopOnceAndOctetForOctet() throws Exception {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    try (PostfixServer postfix = postfix();
        Child postern = postern()) {
      assertThat(postern.ready).endsWith(" milter=127.0.0.1:" + milter);

      assertThat(Child.mail(postfix.port(), "billing@shop.test", "you@corp.test", MESSAGE))
          .startsWith("250 2.0.0 Ok: queued as");
      postfix.awaitLog("milter-discard: ");
      assertThat(postfix.queue()).noneMatch(line -> line.contains("shop.test"));
      assertThat(fromTheShop(postfix)).isEmpty();

      String id = theCase(postern);
      vote(postern, id, "release");

      assertThat(postern.await("/v1/cases/" + id, "\"state\":\"DONE\"")).contains("queued as");
      Programs.await("it is delivered", PATIENCE, () -> !fromTheShop(postfix).isEmpty());
      NextHopServer.Taken taken = fromTheShop(postfix).getFirst();
      assertThat(taken.sender()).isEqualTo("billing@shop.test");
      assertThat(taken.recipients()).containsExactly("you@corp.test");
      assertThat(new String(taken.octets().octets(), StandardCharsets.ISO_8859_1))
          .startsWith("Received: ")
          .endsWith("\r\n" + MESSAGE);
      assertThat(postern.get("/readyz").body()).contains("milter: ok (");
      assertThat(postern.get("/metrics").body())
          .contains("postern_milter_messages_seconds_count{verdict=\"held\"} 1")
          .contains("postern_milter_connections");
    }
  }

  @Test
  void P1_killNineLosesNoHoldThatPostfixWasToldOf() throws Exception {
    DebianPackage.needed("postfix", "/usr/sbin/postfix");
    try (PostfixServer postfix = postfix()) {
      Child first = postern();
      assertThat(Child.mail(postfix.port(), "billing@shop.test", "you@corp.test", MESSAGE))
          .startsWith("250");
      first.kill();
      assertThatThrownBy(
              () -> Child.mail(postfix.port(), "billing@shop.test", "you@corp.test", MESSAGE))
          .as("while it is away")
          .hasMessageContaining("451 4.7.1");

      try (Child second = postern()) {
        vote(second, theCase(second), "release");
        Programs.await("it is delivered", PATIENCE, () -> !fromTheShop(postfix).isEmpty());
        assertThat(fromTheShop(postfix)).hasSize(1);
      }
    }
  }

  @Test
  void withoutAConnectorThatReleasesItDoesNotStart() {
    assertThatThrownBy(
            () -> {
              Map<String, String> inQueue =
                  Map.of("POSTERN_MAIL_MILTER_LISTEN", "127.0.0.1:" + milter);
              Child.start("try", folder, inQueue).close();
            })
        .hasMessageContaining("mail.milter would hold mail in the queue postfix")
        .hasMessageContaining("mail.milter.keep-in = store");
  }
}
