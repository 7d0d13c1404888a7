package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.proxmox.FakeProxmox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program behind a stand-in for Proxmox, set up by the lines of docs/mail/proxmox.md. */
class ProxmoxIT {
  private static final String ACT = "POST quarantine/content";

  @TempDir private Path folder;

  private final FakeProxmox gateway = new FakeProxmox();
  private final FakeHttp http = new FakeHttp(gateway);

  @AfterEach
  void stop() {
    http.close();
  }

  private Child postern() throws Exception {
    String conf =
        DocumentedLines.of("proxmox.md")
            .linesFor("postern.conf")
            .replace("https://pmg.firm.example:8006", http.origin());
    secret("postern.conf", conf);
    secret("proxmox-password", FakeProxmox.PASSWORD);
    return Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private void secret(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private String held(String receiver) {
    return gateway.hold(
        "spam",
        "ben@partner.example",
        receiver,
        Instant.now().minusSeconds(300),
        FakeProxmox.message("for " + receiver));
  }

  @Test
  void P7_P8_whatIsHeldIsAskedAboutAndReleasedExactlyOnceAlsoWhenTheAnswerWasLost()
      throws Exception {
    String answered = held("lee@corp.example");
    String lost = held("eva@corp.example");
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      cases.vote(cases.of(answered), "release");
      assertThat(cases.done(answered)).contains("Proxmox sent it on");
      http.order(ACT, Mishap.LOST_ANSWER);
      cases.vote(cases.of(lost), "release");
      assertThat(cases.done(lost)).contains("Proxmox has sent it on");

      assertThat(gateway.delivered()).containsExactly("lee@corp.example", "eva@corp.example");
      assertThat(http.errands().stream().filter(ACT::equals)).hasSize(2);
      assertThat(postern.get("/readyz").body()).contains("mail proxmox: ok");
      assertThat(postern.log()).doesNotContain(FakeProxmox.PASSWORD, "PMGAuthCookie", "si+g");
    }
  }

  @Test
  void whatIsDiscardedOrGoesByItselfReachesNobody() throws Exception {
    String discarded = held("lee@corp.example");
    String gone = held("eva@corp.example");
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      cases.vote(cases.of(discarded), "discard");
      assertThat(cases.done(discarded)).contains("Proxmox deleted it");

      String withdrawn = cases.of(gone);
      gateway.delete(gone);
      assertThat(postern.await("/v1/cases/" + withdrawn, "\"state\":\"WITHDRAWN\"")).isNotEmpty();
      assertThat(gateway.delivered()).isEmpty();
    }
  }

  @Test
  void P7_killedWhileTheGatewayWasAnsweringItIsNotReleasedASecondTime() throws Exception {
    String held = held("lee@corp.example");
    String id;
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      id = cases.of(held);
      http.order(ACT, Mishap.SILENCE);
      cases.vote(id, "release");
      Programs.await("the release", Duration.ofSeconds(30), () -> http.errands().contains(ACT));
      postern.kill();
    }
    try (Child postern = postern()) {
      assertThat(postern.await("/v1/cases/" + id, "\"state\":\"FAILED\""))
          .contains("may have been delivered");
      assertThat(http.errands().stream().filter(ACT::equals)).as("not asked again").hasSize(1);
    }
  }
}
