package dev.postern.quarantine.rspamd;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.postern.mail.RawMessage;
import dev.postern.quarantine.rspamd.RspamdTeacher.Kind;
import dev.postern.quarantine.rspamd.RspamdTeacher.Lesson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lessons for rspamd, whatever its controller answers. */
class RspamdTeacherTest {
  private static final String TEXT = "From: \u00fc@x.test\r\n\r\n.Hi\n";
  private static final RawMessage MESSAGE = RawMessage.of(TEXT.getBytes(ISO_8859_1));
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ScriptedController controller;

  @BeforeEach
  void start() throws IOException {
    controller = new ScriptedController();
  }

  @AfterEach
  void stop() {
    controller.close();
  }

  private static Lesson teach(TeacherSettings settings, Kind kind, Duration patience) {
    try (RspamdTeacher teacher = new RspamdTeacher(settings, patience)) {
      return teacher.teach(kind, MESSAGE);
    }
  }

  private Lesson teach(Kind kind) {
    return teach(controller.settings(), kind, PATIENCE);
  }

  @Test
  void theOctetsGoToWhatTheyAre() {
    assertThat(teach(Kind.HAM)).isEqualTo(new Lesson(true, "200 {\"success\":true}"));
    assertThat(teach(Kind.SPAM).learned()).isTrue();

    assertThat(controller.taught())
        .containsExactly(
            new ScriptedController.Lesson("/learnham", TEXT),
            new ScriptedController.Lesson("/learnspam", TEXT));
  }

  @ParameterizedTest
  @CsvSource({
    "204,false",
    "208,true",
    "302,false",
    "403,false",
    "404,false",
    "429,false",
    "500,false"
  })
  void itSaysWhatItAnswered(int status, boolean learned) {
    controller.answering(status, "");

    assertThat(teach(Kind.HAM)).isEqualTo(new Lesson(learned, String.valueOf(status)));
    assertThat(controller.taught()).hasSize(1);
  }

  @Test
  void aWrongPasswordTeachesNothingAndIsNotShown() {
    Lesson lesson = teach(controller.settings("wrong-password"), Kind.HAM, PATIENCE);

    assertThat(lesson).isEqualTo(new Lesson(false, "401 {\"error\":\"Unauthorized\"}"));
    assertThat(controller.settings("wrong-password").toString()).doesNotContain("wrong-password");
    assertThat(controller.taught()).isEmpty();
  }

  /** It may have learned; it is not told twice all the same. */
  @Test
  void aLostAnswerIsNoReasonToTellItAgain() {
    controller.hangingUp();

    assertThat(teach(Kind.SPAM).learned()).isFalse();
    assertThat(controller.taught()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 100_000})
  void endlessAnswersAreCutAndHaveNoLines(int length) {
    controller.answering(500, "no\r\n\u001b[0m" + "x".repeat(length));

    assertThat(teach(Kind.HAM).words()).hasSizeLessThan(320).doesNotContain("\n", "\u001b");
  }

  @Test
  void whoeverIsSilentIsNotWaitedForForever() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      URI at = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      TeacherSettings settings = new TeacherSettings(at, "x");
      assertThat(teach(settings, Kind.HAM, Duration.ofMillis(200)).learned()).isFalse();
    }
  }

  /** The time of a request would end with the headers. */
  @Test
  void anAnswerThatNeverEndsIsGivenUpInTime() throws IOException {
    String headers = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{";
    try (ServerSocket endless = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> begin(endless, headers));
      TeacherSettings settings =
          new TeacherSettings(URI.create("http://127.0.0.1:" + endless.getLocalPort()), "x");

      Lesson lesson =
          assertTimeoutPreemptively(
              PATIENCE, () -> teach(settings, Kind.HAM, Duration.ofMillis(500)));

      assertThat(lesson).isEqualTo(new Lesson(false, "no whole answer within 500 ms"));
    }
  }

  private static void begin(ServerSocket server, String answer) {
    try {
      Socket client = server.accept();
      client.getOutputStream().write(answer.getBytes(ISO_8859_1));
      client.getOutputStream().flush();
      // Not closed: the test ends it.
    } catch (IOException over) {
      // the test is over
    }
  }

  @Test
  void whoeverIsAwayLearnsNothing() {
    controller.close();

    assertThat(teach(Kind.HAM).learned()).isFalse();
  }
}
