package dev.postern.app.mail;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Hold;
import dev.postern.mail.CanaryMark;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/** What a canary looks like, on the way and once it is held. */
final class CanaryMessage {
  /** It is nobody's case, and is in no store. */
  private static final CaseId NOBODYS = new CaseId("PN-0000-0000");

  private CanaryMessage() {}

  static RawMessage of(EmailAddress to, String nonce, String hostname, Instant now) {
    String text =
        """
        From: Postern <postmaster@%2$s>
        To: %1$s
        Subject: %6$s%4$s
        Date: %3$s
        Message-ID: <%4$s@%2$s>
        Auto-Submitted: auto-generated
        %5$s: %4$s

        Postern sent this to itself, to see that it is held. Nobody was to get it: where you
        read this, it was not held.
        """
            .formatted(
                to,
                hostname,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)),
                nonce,
                CanaryMark.FIELD,
                CanaryMark.SUBJECT);
    return RawMessage.of(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A case that is decided to be discarded, as mail systems are told of one. */
  static CaseFile decided(Hold hold, Instant now) {
    return new CaseFile(
        NOBODYS,
        CaseState.DECIDED,
        1,
        hold.ref(),
        hold.gateway(),
        hold.receivedAt(),
        hold.envelope(),
        hold.summary(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new Decision(new Choice.Discard(), Decision.By.RULE, "a canary", now)),
        Optional.empty(),
        "",
        "",
        now,
        Optional.empty(),
        Optional.empty());
  }
}
