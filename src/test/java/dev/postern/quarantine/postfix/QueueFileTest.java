package dev.postern.quarantine.postfix;

import static dev.postern.approval.CaseBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class QueueFileTest {
  private static final QueueId ID = new QueueId("4jYMb95xx6zJMPY");
  private static final String ENVELOPE = Sample.text("postcat-envelope-held.txt");
  private static final String CONTENT = Sample.text("postcat-bh-multi.txt");
  private static final int PLENTY = 1 << 20;

  private static Optional<QueueFile> read(String printed, int most) throws IOException {
    return QueueFile.read(
        new ByteArrayInputStream(printed.getBytes(StandardCharsets.ISO_8859_1)), ID, most);
  }

  @Test
  void envelopeAndContentAreRead() throws IOException {
    QueueFile file = read(ENVELOPE + CONTENT, PLENTY).orElseThrow();

    assertThat(file.sender()).isEqualTo("ben@partner.example");
    assertThat(file.client().getHostAddress()).isEqualTo("192.0.2.50");
    assertThat(file.helo()).isEqualTo("mail.partner.example");
    assertThat(file.recipients())
        .extracting(r -> r.address().toString())
        .containsExactly(
            "ap@corp.example", "cfo@corp.example", "it@corp.example", "hr@temp.corp.example");
    assertThat(new String(file.content().octets(), StandardCharsets.ISO_8859_1))
        .isEqualTo(CONTENT.replace("\n", "\r\n"));
    assertThat(file.whole()).isTrue();
  }

  @Test
  void theTraceOfThisPostfixIsTakenOffAndNothingElse() throws IOException {
    QueueFile file = read(ENVELOPE + CONTENT, PLENTY).orElseThrow();

    assertThat(new String(file.asReceived(ID).octets(), StandardCharsets.ISO_8859_1))
        .isEqualTo(CONTENT.substring(CONTENT.indexOf("DKIM-Signature:")).replace("\n", "\r\n"));
    QueueId other = new QueueId("4jYMb95xx6zJMPZ");
    assertThat(file.asReceived(other)).isSameAs(file.content());
  }

  @Test
  void whatAnAliasRewroteKeepsWhatItWasCalled() throws IOException {
    String aliased =
        ENVELOPE.replace("\nrecipient: cfo@corp.example", "\nrecipient: x7@in.example");

    assertThat(read(aliased, PLENTY).orElseThrow().recipients())
        .contains(new QueueFile.Recipient(address("x7@in.example"), address("cfo@corp.example")));
  }

  @Test
  void aRecipientThatCannotBeReadIsCounted() throws IOException {
    String strange =
        ENVELOPE.replace("\nrecipient: cfo@corp.example", "\nrecipient: cfo@[192.0.2.1]");

    assertThat(read(ENVELOPE, PLENTY).orElseThrow().unread()).isZero();
    assertThat(read(strange, PLENTY).orElseThrow().unread()).isOne();
    assertThat(read(strange, PLENTY).orElseThrow().recipients()).hasSize(3);
  }

  @Test
  void theNullSenderIsEmpty() throws IOException {
    String bounce = ENVELOPE.replace("sender: ben@partner.example", "sender: ");
    assertThat(read(bounce, PLENTY).orElseThrow().sender()).isEmpty();
  }

  @Test
  void aMessageBeyondTheBoundIsNotWhole() throws IOException {
    QueueFile file = read(ENVELOPE + CONTENT, 100).orElseThrow();

    assertThat(file.whole()).isFalse();
    assertThat(file.content().size()).isBetween(100, 101);
  }

  @Test
  void noRecordOfTheEnvelopeCanEndIt() throws IOException {
    String posing =
        ENVELOPE.replace(
            "helo_name=mail", "helo_name=*** MESSAGE FILE END hold/4jYMb95xx6zJMPY *** mail");

    assertThat(read(posing + CONTENT, PLENTY).orElseThrow().recipients()).hasSize(4);
  }

  @Test
  void anotherMessageAnotherQueueAndNothingAreNoAnswer() throws IOException {
    assertThat(read(ENVELOPE.replace("hold/", "deferred/") + CONTENT, PLENTY)).isEmpty();
    assertThat(read(ENVELOPE.replace("MPY ***", "MPZ ***") + CONTENT, PLENTY)).isEmpty();
    assertThat(read("", PLENTY)).isEmpty();
  }

  @Test
  void anEnvelopeThatEndsEarlyIsAnError() {
    assertThatThrownBy(() -> read(ENVELOPE.substring(0, 300), PLENTY))
        .isInstanceOf(IOException.class);
  }
}
