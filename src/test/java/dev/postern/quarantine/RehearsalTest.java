package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.mail.EmailAddress;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a server without giving it a message. */
class RehearsalTest {
  private static final Optional<EmailAddress> ME = EmailAddress.parse("me@corp.example");

  @Test
  void anEnvelopeIsTakenBackAndNoMessageIsSent() throws IOException {
    try (ScriptedNextHop hop = new ScriptedNextHop()) {
      assertThat(new Rehearsal(hop.settings()).trouble(ME)).isEmpty();

      assertThat(hop.commands())
          .containsSubsequence("MAIL FROM:<>", "RCPT TO:<me@corp.example>", "RSET", "QUIT")
          .doesNotContain("DATA");
      assertThat(hop.messages()).isEmpty();
    }
  }

  @Test
  void whatItRefusesIsSaidInItsOwnWords() throws IOException {
    try (ScriptedNextHop hop = new ScriptedNextHop().on("RCPT", "550 5.1.1 no such user")) {
      assertThat(new Rehearsal(hop.settings()).trouble(ME)).contains("550 5.1.1 no such user");
    }
  }

  @Test
  void aServerThatIsAwayOrHangsUpIsSaid() throws IOException {
    ScriptedNextHop gone = new ScriptedNextHop();
    gone.close();
    assertThat(new Rehearsal(gone.settings()).trouble(Optional.empty()).orElseThrow())
        .contains("could not be reached");

    try (ScriptedNextHop hop = new ScriptedNextHop().on("MAIL", ScriptedNextHop.DROP)) {
      assertThat(new Rehearsal(hop.settings()).trouble(Optional.empty()).orElseThrow())
          .contains("broke off");
    }
  }
}
