package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.intake.mtahooks.FakeStalwart;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program behind a stand-in for Stalwart, both set up by docs/mail/mta-hooks.md. */
class MtaHooksIT {
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject:  für dich\r\n\r\nHallo\r\n.x\r\n";

  @TempDir private Path folder;

  private final NextHopServer stalwartsOtherPort = NextHopServer.start();
  private final DocumentedLines page = DocumentedLines.of("mta-hooks.md");

  @AfterEach
  void stop() {
    stalwartsOtherPort.close();
  }

  private Child postern() throws Exception {
    String conf =
        page.linesFor("postern.conf")
            .replace(
                "next-hop = \"127.0.0.1:10026\"",
                "next-hop = \"127.0.0.1:" + stalwartsOtherPort.port() + "\"");
    Path file = Files.writeString(folder.resolve("postern.conf"), conf);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
  }

  private FakeStalwart stalwart(Child postern) throws Exception {
    JsonNode hook = new ObjectMapper().readTree(page.linesFor("mta-hook.json"));
    String url = hook.path("url").asText().replace("http://127.0.0.1:8080", postern.url);
    return new FakeStalwart(
        URI.create(url),
        hook.path("httpAuth").path("username").asText(),
        hook.path("httpAuth").path("secret").path("secret").asText());
  }

  private List<NextHopServer.Taken> fromTheShop() {
    return stalwartsOtherPort.taken().stream()
        .filter(it -> it.sender().equals("billing@shop.test"))
        .toList();
  }

  private static String theCase(Child postern) throws Exception {
    String found = postern.await("/v1/cases?q=billing@shop.test", "\"state\":\"ASKING\"");
    return Child.values(found, "id").getFirst();
  }

  @Test
  void P1_P8_whatIsHeldIsReleasedOnceAndOctetForOctetAndNotHookedAgain() throws Exception {
    try (Child postern = postern();
        FakeStalwart stalwart = stalwart(postern)) {
      FakeStalwart.Took took =
          stalwart.take("billing@shop.test", List.of("you@corp.test"), MESSAGE.getBytes(UTF_8));
      assertThat(took.goesOn()).isFalse();
      assertThat(took.reply()).startsWith("250");
      assertThat(fromTheShop()).isEmpty();

      String id = theCase(postern);
      assertThat(postern.get("/v1/cases/" + id).body())
          .contains("\"source\":\"mta-hooks\"", "\"kind\":\"computed\"");
      new HeldCases(postern).vote(id, "release");
      postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");

      assertThat(fromTheShop()).hasSize(1);
      assertThat(fromTheShop().getFirst().octets().octets()).isEqualTo(MESSAGE.getBytes(UTF_8));
      stalwart.port = 10026;
      assertThat(
              stalwart
                  .take("billing@shop.test", List.of("you@corp.test"), MESSAGE.getBytes(UTF_8))
                  .goesOn())
          .as("what comes back")
          .isTrue();
      assertThat(Child.values(postern.get("/v1/cases?q=billing@shop.test").body(), "id"))
          .hasSize(1);
    }
  }

  @Test
  void whatJsonLostIsReportedNotComputedAndADiscardReachesNobody() throws Exception {
    try (Child postern = postern();
        FakeStalwart stalwart = stalwart(postern)) {
      stalwart.take("billing@shop.test", List.of("you@corp.test"), MESSAGE.getBytes(ISO_8859_1));

      String id = theCase(postern);
      assertThat(postern.get("/v1/cases/" + id).body())
          .contains("\"kind\":\"reported\"", "MTA Hooks, which lost octets");
      new HeldCases(postern).vote(id, "discard");
      postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");
      assertThat(fromTheShop()).isEmpty();
    }
  }
}
