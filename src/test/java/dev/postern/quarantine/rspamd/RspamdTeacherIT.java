package dev.postern.quarantine.rspamd;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.FakeNameServer;
import dev.postern.mail.RawMessage;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.RspamdServer;
import dev.postern.quarantine.rspamd.RspamdTeacher.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;

/** A real rspamd with statistics in a file of its own, and the controller's line of the docs. */
class RspamdTeacherIT {
  private static final DocumentedLines PAGE = DocumentedLines.of("rspamd.md");
  private static final String PASSWORD = "choose-another-password";

  private final int port = Programs.freePort();

  /** Without secure_ip whoever comes from loopback needs no password. */
  private Map<String, String> lines() {
    String controller =
        "bind_socket = \"127.0.0.1:%d\"; count = 1; secure_ip = \"192.0.2.1\";\n".formatted(port);
    return Map.of(
        "override.d/worker-controller.inc",
        controller + PAGE.linesFor("local.d/worker-controller.inc"),
        "override.d/statistic.conf",
        """
        classifier "bayes" {
          tokenizer { name = "osb"; }
          cache { type = "sqlite3"; path = "${DBDIR}/cache.sqlite"; }
          backend = "sqlite3"; min_tokens = 1; min_learns = 1;
          statfile { symbol = "BAYES_HAM"; spam = false; path = "${DBDIR}/ham.sqlite"; }
          statfile { symbol = "BAYES_SPAM"; spam = true; path = "${DBDIR}/spam.sqlite"; }
        }
        """);
  }

  private static RawMessage message(String subject) {
    String words =
        IntStream.range(0, 60).mapToObj(i -> subject + "word" + i).collect(Collectors.joining(" "));
    return RawMessage.of(
        "From: a@x.test\r\nSubject: %s\r\n\r\n%s\r\n".formatted(subject, words).getBytes(US_ASCII));
  }

  private RspamdTeacher teacher(String password) {
    URI at = URI.create("http://127.0.0.1:" + port);
    return new RspamdTeacher(new TeacherSettings(at, password), Duration.ofSeconds(30));
  }

  @Test
  void rspamdLearnsWhatItIsToldByWhoeverKnowsThePassword() throws Exception {
    try (FakeNameServer names =
            FakeNameServer.of((question, _) -> FakeNameServer.rcode(question, Rcode.NXDOMAIN));
        RspamdServer rspamd =
            RspamdServer.start(Programs.freePort(), names.address().getPort(), lines());
        RspamdTeacher stranger = teacher("wrong");
        RspamdTeacher teacher = teacher(PASSWORD)) {
      Programs.await(
          "the controller answers",
          Duration.ofSeconds(60),
          () -> !stranger.teach(Kind.HAM, message("order")).words().equals("no answer"));
      assertThat(stranger.teach(Kind.HAM, message("order")).words()).startsWith("401 ");

      assertThat(teacher.teach(Kind.HAM, message("order")).words())
          .isEqualTo("200 {\"success\":true}");
      assertThat(teacher.teach(Kind.SPAM, message("prize")).learned()).isTrue();

      assertThat(rspamd.log()).contains("learned message as ham", "learned message as spam");
    }
  }
}
