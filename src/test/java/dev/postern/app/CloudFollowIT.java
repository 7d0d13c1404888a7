package dev.postern.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Mishap;
import dev.postern.mailsystem.Programs;
import dev.postern.quarantine.google.AWorkspace;
import dev.postern.quarantine.google.FakeGoogle;
import dev.postern.quarantine.m365.AnOrganisation;
import dev.postern.quarantine.m365.FakeExchange;
import dev.postern.quarantine.m365.FakeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Postern as a process, set up by the lines of docs/mail/microsoft365.md and docs/mail/google.md,
 * before stand-ins of both services: what is held becomes a case, what is decided happens once, and
 * the card says what the service said.
 */
final class CloudFollowIT {
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Child postern;

  @AfterEach
  void stop() {
    postern.close();
  }

  private void follow(String lines) throws IOException {
    Path conf = folder.resolve("postern.conf");
    Files.writeString(conf, lines);
    Files.setPosixFilePermissions(conf, PosixFilePermissions.fromString("rw-------"));
    postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private String caseFor(String recipient) throws IOException, InterruptedException {
    String found = postern.await("/v1/cases?q=" + recipient, "\"state\":\"ASKING\"");
    List<String> ids = Child.values(found, "id");
    assertThat(ids).hasSize(1);
    return ids.getFirst();
  }

  private void vote(String id, String choice, String more)
      throws IOException, InterruptedException {
    String token = Child.values(postern.get("/v1/cases/" + id).body(), "token").getFirst();
    assertThat(
            postern
                .post(
                    "/v1/cases/" + id + "/votes",
                    "{\"choice\":\"%s\",\"token\":\"%s\",\"reason\":\"known\"%s}"
                        .formatted(choice, token, more))
                .statusCode())
        .isEqualTo(200);
  }

  private String await(String id, String state) throws IOException, InterruptedException {
    return postern.await("/v1/cases/" + id, "\"state\":\"" + state + "\"");
  }

  @Test
  void whatMicrosoft365HoldsIsAskedAboutAndGoesOnceAlsoWhenTheAnswerWasLost() throws Exception {
    try (AnOrganisation organisation = new AnOrganisation()) {
      organisation.hold("all@corp.example");
      organisation.hold("some@corp.example", "other@corp.example");
      organisation.hold("nobody@corp.example");
      FakeMessage gone = organisation.hold("gone@corp.example");
      follow(organisation.posternConf(folder));
      organisation.exchange.loseAnswer(FakeExchange.RELEASE);

      String all = caseFor("all@corp.example");
      vote(all, "release", "");
      assertThat(await(all, "DONE")).contains("released by Microsoft 365", "ACCEPTED_ASYNC");
      String some = caseFor("some@corp.example");
      vote(some, "release", ",\"recipients\":[\"some@corp.example\"]");
      await(some, "DONE");
      String nobody = caseFor("nobody@corp.example");
      vote(nobody, "discard", "");
      assertThat(await(nobody, "DONE")).contains("deleted from the quarantine of Microsoft 365");
      String withdrawn = caseFor("gone@corp.example");
      organisation.exchange.messages.remove(gone.identity);
      await(withdrawn, "WITHDRAWN");

      assertThat(organisation.exchange.delivered)
          .containsExactly("all@corp.example", "some@corp.example");
      assertThat(organisation.exchange.ran).filteredOn(FakeExchange.RELEASE::equals).hasSize(2);
      assertThat(postern.get("/readyz").body()).contains("mail m365: ok");
      assertThat(postern.get("/metrics").body()).contains("postern_mail_held{source=\"m365\"}");
    }
  }

  @Test
  void whatGoogleWorkspaceHoldsIsAskedAboutAndGoesOnceAlsoWhenTheAnswerWasLost() throws Exception {
    try (AWorkspace workspace = new AWorkspace()) {
      workspace.hold("all@corp.example");
      workspace.hold("nobody@corp.example");
      FakeGoogle.Message gone = workspace.hold("gone@corp.example");
      follow(workspace.posternConf(folder));
      workspace.google.http.order(FakeGoogle.RELEASE, Mishap.LOST_ANSWER);

      String all = caseFor("all@corp.example");
      vote(all, "release", "");
      assertThat(await(all, "DONE")).contains("released by Google Workspace", "ACCEPTED_ASYNC");
      String nobody = caseFor("nobody@corp.example");
      vote(nobody, "discard", "");
      assertThat(await(nobody, "DONE")).contains("denied in Google Workspace");
      String withdrawn = caseFor("gone@corp.example");
      workspace.google.messages.remove(gone.name());
      await(withdrawn, "WITHDRAWN");

      assertThat(workspace.google.delivered).containsExactly("all@corp.example");
      assertThat(workspace.google.http.errands()).filteredOn(FakeGoogle.RELEASE::equals).hasSize(1);
      assertThat(postern.get("/readyz").body()).contains("mail google: ok");
    }
  }

  /** Killed while the service was at it: what it did is found out, and not done again. */
  @Test
  void P7_killNineBetweenIntentAndProofSendsNothingTwice() throws Exception {
    try (AWorkspace workspace = new AWorkspace()) {
      workspace.hold("all@corp.example");
      String lines = workspace.posternConf(folder);
      follow(lines);
      String all = caseFor("all@corp.example");
      workspace.google.http.order(FakeGoogle.RELEASE, Mishap.SILENCE);
      vote(all, "release", "");
      Programs.await(
          "the order",
          Duration.ofSeconds(20),
          () -> workspace.google.http.errands().contains(FakeGoogle.RELEASE));
      CountDownLatch gate = workspace.google.http.shut();
      postern.kill();
      gate.countDown();

      follow(lines);
      await(all, "DONE");

      assertThat(workspace.google.delivered).containsExactly("all@corp.example");
    }
  }
}
