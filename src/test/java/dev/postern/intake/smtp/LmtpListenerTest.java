package dev.postern.intake.smtp;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.intake.smtp.Entrances.CASE;
import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.entrance;
import static dev.postern.intake.smtp.Entrances.limits;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.noNextHop;
import static dev.postern.intake.smtp.Entrances.pass;
import static dev.postern.intake.smtp.Entrances.ruling;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Judgement;
import dev.postern.approval.NextHop;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.intake.smtp.Entrances.JudgingDesk;
import dev.postern.intake.smtp.Offering.Protocol;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Action;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** LMTP (RFC 2033): a reply for each recipient. */
class LmtpListenerTest {
  private static final byte[] MAIL = "Subject: hi\r\n\r\nHello\r\n".getBytes(US_ASCII);

  @Test
  void theGreetingIsLhloAndNoOther() throws IOException {
    try (SmtpListener listener = lmtp(pass(), noNextHop());
        RawSmtpClient client = client(listener)) {
      assertThat(client.say("EHLO client.example")).startsWith("500 5.5.1");
      assertThat(client.say("HELO client.example")).startsWith("500 5.5.1");
      assertThat(client.sayAll("LHLO client.example"))
          .startsWith("250-mx.corp.example", "250-PIPELINING")
          .contains("250-ENHANCEDSTATUSCODES");
    }
  }

  @Test
  void aPassedMessageIsAnsweredForEachRecipientInTheirOrder() throws IOException {
    NextHop mixed =
        (_, to, _, _) -> new Outcome(to.stream().map(LmtpListenerTest::result).toList());
    try (SmtpListener listener = lmtp(pass(), mixed);
        RawSmtpClient client = begun(listener, "busy", "good", "never", "broken")) {
      assertThat(replies(client, 4))
          .containsExactly(
              "451 4.2.1 busy",
              "250 2.0.0 Ok: queued",
              "550 5.1.1 no such user",
              "451 4.4.0 next hop, try again later: nobody knows");
      assertThat(client.say("NOOP")).isEqualTo("250 2.0.0 Ok");
    }
  }

  @Test
  void whoIsNamedTwiceIsAnsweredTwiceAndAskedOnce() throws IOException {
    NextHop once =
        (_, to, _, _) -> {
          assertThat(to).hasSize(2);
          return new Outcome(to.stream().map(LmtpListenerTest::result).toList());
        };
    try (SmtpListener listener = lmtp(pass(), once);
        RawSmtpClient client = begun(listener, "good", "never", "good")) {
      assertThat(replies(client, 3))
          .containsExactly(
              "250 2.0.0 Ok: queued", "550 5.1.1 no such user", "250 2.0.0 Ok: queued");
    }
  }

  @Test
  void aHeldMessageIsHeldForEach() throws IOException {
    Judgement held = new Judgement.Held(CASE, false, anEvidence().build());
    try (SmtpListener listener = lmtp(held, noNextHop());
        RawSmtpClient client = begun(listener, "ann", "bob")) {
      assertThat(replies(client, 2))
          .containsOnly("250 2.0.0 held for approval as PN-7F3K-2QXD")
          .hasSize(2);
    }
  }

  @Test
  void aRejectedMessageIsRefusedForEach() throws IOException {
    Judgement reject = new Judgement.Reject(ruling(new Action.Discard(), "fails DMARC"));
    try (SmtpListener listener = lmtp(reject, noNextHop());
        RawSmtpClient client = begun(listener, "ann", "bob")) {
      assertThat(replies(client, 2)).containsOnly("550 5.7.1 fails DMARC").hasSize(2);
    }
  }

  @Test
  void P9_troubleIsTryAgainForEach() throws IOException {
    JudgingDesk down =
        new JudgingDesk(
            _ -> {
              throw new IllegalStateException("store is down");
            });
    try (SmtpListener listener = listener(lmtp(), entrance(down, noNextHop()));
        RawSmtpClient client = begun(listener, "ann", "bob")) {
      assertThat(replies(client, 2)).allMatch(reply -> reply.startsWith("451 4.3.0")).hasSize(2);
    }
  }

  @Test
  void withoutAnAcceptedRecipientThereIsNoData() throws IOException {
    try (SmtpListener listener = lmtp(pass(), noNextHop());
        RawSmtpClient client = begun(listener)) {
      assertThat(client.say("RCPT TO:<nobody>")).startsWith("553");
      assertThat(client.say("DATA")).startsWith("503");
    }
  }

  private static List<String> replies(RawSmtpClient client, int count) throws IOException {
    String first = client.data(MAIL);
    List<String> others = client.replies(count - 1);
    others.addFirst(first);
    return others;
  }

  private static Outcome.Result result(EmailAddress recipient) {
    return switch (recipient.localPart()) {
      case "busy" -> new Outcome.Result(recipient, Kind.TEMP_FAIL, "451 4.2.1 busy");
      case "never" -> new Outcome.Result(recipient, Kind.PERM_FAIL, "550 5.1.1 no such user");
      case "broken" -> new Outcome.Result(recipient, Kind.UNCERTAIN, "nobody knows");
      default -> new Outcome.Result(recipient, Kind.DELIVERED_TO_NEXT_HOP, "250 2.0.0 Ok: queued");
    };
  }

  private static RawSmtpClient begun(SmtpListener listener, String... to) throws IOException {
    RawSmtpClient client = client(listener);
    assertThat(client.say("LHLO client.example")).startsWith("250");
    assertThat(client.say("MAIL FROM:<sender@supplier.example>")).startsWith("250");
    for (String name : to) {
      assertThat(client.say("RCPT TO:<" + name + "@corp.example>")).startsWith("250");
    }
    return client;
  }

  private static SmtpListener lmtp(Judgement judgement, NextHop nextHop) {
    return listener(lmtp(), entrance(new JudgingDesk(_ -> judgement), nextHop));
  }

  private static SmtpSettings lmtp() {
    return settings(new Offering(Protocol.LMTP, Optional.empty(), () -> false), limits());
  }
}
