package dev.postern.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.FakeNameServer;
import dev.postern.mailsystem.DocumentedLines;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.RspamdServer;
import dev.postern.quarantine.postfix.HeldMail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * A real Postfix behind a real rspamd, set up by the lines of docs/mail/rspamd.md: rspamd says why
 * it asked to hold a message, and people decide on it.
 */
final class RspamdIT {
  private static final String MESSAGE =
      """
      From: Shop <billing@shop.test>
      To: you@corp.test
      Subject: Your order
      Date: Mon, 23 Nov 2026 03:40:12 +0000
      Message-ID: <1@shop.test>

      Hello
      """
          .replace("\n", "\r\n");

  @TempDir Path folder;
  @TempDir Path postfixFolder;

  @SuppressWarnings("NullAway.Init")
  private HeldMail mail;

  @SuppressWarnings("NullAway.Init")
  private Child postern;

  @SuppressWarnings("NullAway.Init")
  private RspamdServer rspamd;

  @SuppressWarnings("NullAway.Init")
  private FakeNameServer names;

  @BeforeEach
  void start() throws Exception {
    mail = HeldMail.start(postfixFolder);
    DocumentedLines page = DocumentedLines.of("rspamd.md");
    String conf = mail.posternConf(mail.helper());
    Matcher name = Pattern.compile("mail\\.postfix\\.name = \"?([a-z0-9]+)").matcher(conf);
    assertThat(name.find()).as(conf).isTrue();
    Path file = folder.resolve("postern.conf");
    Files.writeString(
        file, conf + page.linesFor("postern.conf") + "mail.rspamd.queue = " + name.group(1) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    postern = Child.start("try", folder, Map.of("POSTERN_DNS_SERVERS", "127.0.0.1:9"));
    names = FakeNameServer.of((question, _) -> answer(question));
    int port = Programs.freePort();
    rspamd = RspamdServer.start(port, names.address().getPort(), lines(page));
    mail.postfix().command("postconf", "-e", "smtpd_milters = inet:127.0.0.1:" + port).orFail();
    mail.postfix().stop();
    mail.postfix().start();
  }

  private Map<String, String> lines(DocumentedLines page) {
    Map<String, String> lines = new LinkedHashMap<>();
    DocumentedLines here = page.withPort(8080, URI.create(postern.url).getPort());
    for (String file :
        List.of(
            "local.d/metadata_exporter.conf",
            "local.d/force_actions.conf",
            "local.d/actions.conf")) {
      lines.put(file, here.linesFor(file));
    }
    return lines;
  }

  /** A shop that asks everybody to refuse what it did not send. */
  private static Message answer(Message question) {
    String asked =
        question.getQuestion().getName() + " " + Type.string(question.getQuestion().getType());
    return switch (asked) {
      case "_dmarc.shop.test. TXT" -> FakeNameServer.answer(question, "\"v=DMARC1; p=reject\"");
      case "shop.test. TXT" -> FakeNameServer.answer(question, "\"v=spf1 -all\"");
      default -> FakeNameServer.rcode(question, Rcode.NXDOMAIN);
    };
  }

  @AfterEach
  void stop() throws IOException {
    postern.close();
    rspamd.close();
    names.close();
    mail.close();
  }

  private String held() throws IOException {
    try {
      return mail.hold(MESSAGE, "billing@shop.test", "you@corp.test");
    } catch (AssertionError passed) {
      throw new AssertionError("rspamd says: " + rspamd.log(), passed);
    }
  }

  @Test
  void whyRspamdHeldAMessageStandsBesideOurOwnEvidenceAndTheMessageIsReleasedOnce()
      throws Exception {
    String queueId = held();

    String found = postern.await("/v1/cases?q=" + queueId, "\"state\":\"ASKING\"");
    String id = Child.values(found, "id").getFirst();
    String it = postern.get("/v1/cases/" + id).body();
    assertThat(it).contains("\"gatewayReport\"", "\"quarantine\"", "\"DMARC_POLICY_REJECT\"");
    assertThat(it).as("octets of the queue").contains("\"kind\":\"computed\"");

    String token = Child.values(it, "token").getFirst();
    String vote =
        "{\"choice\":\"release\",\"token\":\"%s\",\"reason\":\"I know them\"}".formatted(token);
    assertThat(postern.post("/v1/cases/" + id + "/votes", vote).statusCode()).isEqualTo(200);
    postern.await("/v1/cases/" + id, "\"state\":\"DONE\"");

    List<NextHopServer.Taken> taken =
        mail.nextHop().taken().stream()
            .filter(one -> one.sender().equals("billing@shop.test"))
            .toList();
    assertThat(taken).hasSize(1);
    assertThat(new String(taken.getFirst().octets().octets(), ISO_8859_1))
        .endsWith(MESSAGE.substring(MESSAGE.indexOf("Subject")));
  }
}
