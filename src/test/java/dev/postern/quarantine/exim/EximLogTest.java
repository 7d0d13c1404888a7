package dev.postern.quarantine.exim;

import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Quarantine.Standing;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.quarantine.DecidedCase;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is concluded from the main log, and from none, with a helper that is a script. */
class EximLogTest {
  private static final EximId ID = new EximId("1xVdvj-0001fq-08");
  private static final EmailAddress AP = EmailAddress.parse("ap@corp.example").orElseThrow();
  private static final Mandate MANDATE = new Mandate(1, () -> true);
  private static final String DELIVERED =
      "2026-11-23 23:58:44 " + ID + " => ap@corp.example R=a T=b C=\"250 ok\"\n";

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init")
  private Path helper;

  /** No message is in the spool, and what was called stands in a file. */
  @BeforeEach
  void install() throws IOException {
    helper = folder.resolve("helper");
    script("case $1 in look) exit 6 ;; esac");
  }

  private void script(String verbs) throws IOException {
    Files.writeString(
        helper, "#!/bin/sh\necho \"$1\" >> " + folder.resolve("calls") + "\n" + verbs + "\n");
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private EximParts parts() {
    return new EximParts(
        new EximSettings(
            "exim", List.of(helper.toString()), Optional.of(folder.resolve("mainlog")), 1 << 20));
  }

  private EximQuarantine quarantine() {
    return new EximQuarantine(parts(), InstantSource.system());
  }

  private static CaseFile decided(Choice choice) {
    return DecidedCase.of(
        new HoldRef("exim", ID.text()),
        new Envelope(Optional.empty(), List.of(AP), InetAddress.getLoopbackAddress(), ""),
        choice);
  }

  private static CaseFile undecided() {
    CaseFile it = decided(release());
    return new CaseFile(
        it.id(),
        it.state(),
        it.version(),
        it.hold(),
        it.hold().source(),
        it.receivedAt(),
        it.envelope(),
        it.message(),
        true,
        it.evidence(),
        it.digest(),
        it.ruling(),
        it.stage(),
        it.votes(),
        Optional.empty(),
        Optional.empty(),
        "",
        "",
        it.changedAt(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void P15_aLogThatCannotBeReadNowConcludesNothing() {
    for (Choice choice : List.of(release(), discard())) {
      assertThatThrownBy(() -> quarantine().standing(decided(choice)))
          .isInstanceOf(MailSystemTrouble.class)
          .hasMessageContaining("mainlog");
    }
    assertThat(quarantine().release(decided(release()), List.of(AP), MANDATE).results())
        .allMatch(r -> r.kind() == Kind.TEMP_FAIL);
  }

  @Test
  void theLogIsNotReadForAMessageThatNobodyDecidedAbout() {
    assertThat(quarantine().standing(undecided())).isEqualTo(Standing.GONE);
  }

  @Test
  void aDiscardThatWasCutOffIsNotCalledDoneWhereTheLogHasADelivery() throws IOException {
    String frozen = header("-frozen 1795478318\n");
    script(
        "case $1 in look) test -e %s && exit 6; touch %s; printf '%s' ;; discard) exit 1 ;; esac"
            .formatted(folder.resolve("gone"), folder.resolve("gone"), frozen));
    Files.writeString(folder.resolve("mainlog"), DELIVERED);

    assertThat(quarantine().discard(decided(discard()), MANDATE).results())
        .allSatisfy(
            r -> {
              assertThat(r.kind()).isEqualTo(Kind.NOT_FOUND);
              assertThat(r.words()).startsWith("Exim has delivered it");
            });
  }

  private static String header(String state) {
    return (ID + "-H\nDebian-exim 100 100\n<ben@partner.example>\n1795478318 0\n" + state)
            .replace("\n", "\\n")
        + "XX\\n1\\nap@corp.example\\n\\n010  Subject: x\\n";
  }

  /** Of an alias one may have it, and another not. */
  @Test
  void aLineOfTheLogIsNoProofWhileEximHasMoreToDeliver() {
    EximTrail before = EximTrail.of(ID, List.of(DELIVERED.strip()));
    Spooled open =
        new Spooled(
            "ben@partner.example",
            Instant.EPOCH,
            true,
            InetAddress.getLoopbackAddress(),
            "",
            List.of("ap@corp.example"),
            Set.of());

    Outcome outcome =
        new EximRelease(parts(), ID, Optional.of(before)).run(open, List.of(AP), MANDATE);

    assertThat(folder.resolve("calls")).content().contains("release");
    assertThat(outcome.results())
        .extracting(Outcome.Result::words)
        .containsExactly("Exim is done with it");
  }
}
