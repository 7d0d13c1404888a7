package dev.postern.app.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.postern.app.settings.Settings;
import dev.postern.audit.Checkpoint;
import dev.postern.audit.Merkle;
import dev.postern.audit.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondPlacesTest {
  private static final SigningKey KEY = SigningKey.generate("postern/log", new SecureRandom());
  private static final String FIRST = note(3, 0);
  private static final String SECOND = note(5, 3);

  @TempDir private Path folder;

  private static String note(long size, long previous) {
    return new Checkpoint("postern/log", size, Merkle.emptyRoot(), previous).sign(KEY);
  }

  private Path file() {
    return folder.resolve("kept.txt");
  }

  @Test
  void withoutSettingsThereIsNoSecondPlace() {
    Settings.Audit nowhere = new Settings.Audit(Optional.empty(), Optional.empty());
    try (SecondPlaces places = SecondPlaces.of(nowhere)) {
      places.witness(FIRST);
      assertThat(places.troubles()).isEmpty();
    }
  }

  @Test
  void theFileHoldsEveryCheckpointOneAfterTheOther() throws IOException {
    for (String note : List.of(FIRST, SECOND)) { // two runs of Postern
      SecondPlaces places =
          SecondPlaces.of(new Settings.Audit(Optional.of(file()), Optional.empty()));
      places.witness(note);
      places.close();
    }
    assertThat(Checkpoint.notes(Files.readString(file()))).containsExactly(FIRST, SECOND);
  }

  @Test
  void aNoteThatACrashToreIsCutOffWhereverItTore() throws IOException {
    byte[] second = SECOND.getBytes(UTF_8);
    for (int torn = 0; torn < second.length; torn += 3) {
      Files.writeString(file(), FIRST + new String(second, 0, torn, UTF_8).replace("\uFFFD", ""));
      new CheckpointFile(file()).put(SECOND);
      assertThat(file()).as("torn after %d", torn).hasContent(FIRST + SECOND);
    }
  }

  @Test
  void aFileOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(file(), "root:x:0:0\n");
    CheckpointFile place = new CheckpointFile(file());
    assertThatThrownBy(() -> place.put(FIRST)).hasMessageContaining("something else");
    assertThat(file()).hasContent("root:x:0:0\n");
    CheckpointFile nowhere = new CheckpointFile(folder.resolve("no/such/folder/kept.txt"));
    assertThatThrownBy(() -> nowhere.put(FIRST)).hasMessageContaining("cannot be written");
  }

  @Test
  void theWitnessIsPostedTheNoteAsText_andItsRefusalIsTold() throws Exception {
    BlockingQueue<Map.Entry<String, String>> posts = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/log",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          posts.add(Map.entry(exchange.getRequestMethod() + " " + type, body));
          exchange.sendResponseHeaders(body.equals(FIRST) ? 200 : 409, -1);
          exchange.close();
        });
    server.start();
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log");
    try (SecondPlaces places =
        SecondPlaces.of(new Settings.Audit(Optional.empty(), Optional.of(url)))) {
      places.witness(FIRST);
      assertThat(posts.poll(20, TimeUnit.SECONDS))
          .isEqualTo(Map.entry("POST text/plain; charset=utf-8", FIRST));
      WitnessAddress address = new WitnessAddress(url);
      assertThatThrownBy(() -> address.put(SECOND)).hasMessage(url + " answered 409");
      assertThat(places.troubles()).containsOnlyKeys("audit.witness-url");
    } finally {
      server.stop(0);
    }
    WitnessAddress gone = new WitnessAddress(url);
    assertThatThrownBy(() -> gone.put(FIRST)).hasMessageContaining("does not answer");
  }
}
