package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.FakeHttp;
import dev.postern.fake.Mishap;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole program behind a stand-in for a mail system that keeps an entry for each recipient, set
 * up by the lines of its page.
 */
abstract class RemoteFollowContract {
  @TempDir private Path folder;

  private final Gateway gateway;
  private final FakeHttp http;

  RemoteFollowContract(FakeHttp http, Gateway gateway) {
    this.http = http;
    this.gateway = gateway;
  }

  /**
   * What of it differs.
   *
   * @param name on cards
   * @param page in docs/mail, and the address that stands there
   * @param secret its file, and what is in it
   * @param act the request that releases or deletes
   * @param reason what its own rules say of every message
   */
  record Gateway(
      String name, Place page, Place secret, String act, String reason, List<String> hidden) {}

  /** A name, and what stands there. */
  record Place(String name, String text) {}

  /** Holds a message; returns what Postern calls it. */
  abstract String held(String receiver);

  /** Somebody deletes it by hand. */
  abstract void delete(String id);

  abstract List<String> delivered();

  @AfterEach
  void stop() {
    http.close();
  }

  private Child postern() throws Exception {
    String conf =
        DocumentedLines.of(gateway.page().name())
            .linesFor("postern.conf")
            .replace(gateway.page().text(), http.origin());
    secret("postern.conf", conf);
    secret(gateway.secret().name(), gateway.secret().text());
    return Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private void secret(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private long acts() {
    return http.errands().stream().filter(gateway.act()::equals).count();
  }

  @Test
  void P7_P8_whatIsHeldIsAskedAboutAndReleasedExactlyOnceAlsoWhenTheAnswerWasLost()
      throws Exception {
    String answered = held("lee@corp.example");
    String lost = held("eva@corp.example");
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      String id = cases.of(answered);
      assertThat(postern.get("/v1/cases/" + id).body()).contains(gateway.reason());
      cases.vote(id, "release");
      assertThat(cases.done(answered)).contains(gateway.name() + " sent it on");
      http.order(gateway.act(), Mishap.LOST_ANSWER);
      cases.vote(cases.of(lost), "release");
      assertThat(cases.done(lost)).contains(gateway.name() + " has sent it on");

      assertThat(delivered()).containsExactly("lee@corp.example", "eva@corp.example");
      assertThat(acts()).isEqualTo(2);
      assertThat(postern.get("/readyz").body())
          .containsIgnoringCase("mail " + gateway.name() + ": ok");
      assertThat(postern.log()).doesNotContain(gateway.hidden());
    }
  }

  @Test
  void whatIsDiscardedOrGoesByItselfReachesNobody() throws Exception {
    String discarded = held("lee@corp.example");
    String gone = held("eva@corp.example");
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      cases.vote(cases.of(discarded), "discard");
      assertThat(cases.done(discarded)).contains(gateway.name() + " deleted it");

      String withdrawn = cases.of(gone);
      delete(gone);
      assertThat(postern.await("/v1/cases/" + withdrawn, "\"state\":\"WITHDRAWN\"")).isNotEmpty();
      assertThat(delivered()).isEmpty();
    }
  }

  @Test
  void P7_killedWhileTheGatewayWasAnsweringItIsNotReleasedASecondTime() throws Exception {
    String held = held("lee@corp.example");
    String id;
    try (Child postern = postern()) {
      HeldCases cases = new HeldCases(postern);
      id = cases.of(held);
      http.order(gateway.act(), Mishap.SILENCE);
      cases.vote(id, "release");
      Programs.await("the release", Duration.ofSeconds(30), () -> acts() == 1);
      postern.kill();
    }
    try (Child postern = postern()) {
      assertThat(postern.await("/v1/cases/" + id, "\"state\":\"FAILED\""))
          .contains("may have been delivered");
      assertThat(acts()).as("not asked again").isOne();
    }
  }
}
