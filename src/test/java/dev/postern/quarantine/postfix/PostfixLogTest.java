package dev.postern.quarantine.postfix;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome.Kind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.quarantine.DecidedCase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is set and cannot be read, beside a queue that is empty. */
class PostfixLogTest {
  private static final EmailAddress AP = EmailAddress.parse("ap@corp.example").orElseThrow();

  @TempDir Path folder;

  private static CaseFile decided(Choice choice) {
    return DecidedCase.of(
        new HoldRef("postfix", "4jYMb95xx6zJMPY"),
        new Envelope(Optional.empty(), List.of(AP), InetAddress.getLoopbackAddress(), ""),
        choice);
  }

  private PostfixQuarantine quarantine() throws IOException {
    Path empty = Files.writeString(folder.resolve("postqueue"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));
    PostfixSettings settings =
        new PostfixSettings(
            "postfix",
            List.of(empty.toString()),
            folder,
            Optional.empty(),
            Optional.empty(),
            Optional.of(folder.resolve("mail.log")),
            1 << 20);
    return new PostfixQuarantine(new PostfixParts(settings), InstantSource.system());
  }

  @Test
  void P15_aLogThatCannotBeReadNowConcludesNothing() throws IOException {
    PostfixQuarantine quarantine = quarantine();

    for (Choice choice : List.of(release(), discard())) {
      assertThatThrownBy(() -> quarantine.standing(decided(choice)))
          .isInstanceOf(MailSystemTrouble.class)
          .hasMessageContaining("mail.log");
    }
    assertThat(
            quarantine
                .release(decided(release()), List.of(AP), new Mandate(1, () -> true))
                .results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
  }
}
