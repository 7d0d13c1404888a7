package dev.postern.quarantine.mailbox;

import static dev.postern.approval.CaseBuilder.release;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Outcome.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Maildir, read while others rename what lies in it. */
class MaildirQuarantineTest extends MailboxContract {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private int delivered;

  @Override
  Path fresh() {
    try {
      for (String name : List.of("", ".Released", ".Discarded")) {
        for (String part : List.of("new", "cur", "tmp")) {
          Files.createDirectories(folder.resolve(name).resolve(part));
        }
      }
    } catch (IOException cannotWrite) {
      throw new AssertionError(cannotWrite);
    }
    return folder;
  }

  @Override
  MailboxSettings.Place place() {
    return new MailboxSettings.Maildir(folder);
  }

  @Override
  void deliver(String message) {
    try {
      String name = "1790000000.M%dP1.mx".formatted(++delivered);
      Files.write(folder.resolve("new").resolve(name), message.getBytes(ISO_8859_1));
    } catch (IOException cannotWrite) {
      throw new AssertionError(cannotWrite);
    }
  }

  @Test
  void aLineEndOfTheFileSystemIsOneOfMail() {
    deliver(Quarantined.to("a@corp.example").replace("\r\n", "\n"));

    assertThat(new String(only(moving()).raw().orElseThrow().octets(), ISO_8859_1))
        .isEqualTo(Quarantined.to("a@corp.example"));
  }

  @Test
  void aMessageIsTheSameWhicheverFolderAndFlagsItHas() throws IOException {
    Hold hold = held("a@corp.example");
    Path file = folder.resolve("new").resolve(hold.ref().id());
    Files.move(file, folder.resolve("cur").resolve(hold.ref().id() + ":2,RS"));

    assertThat(only(moving()).ref()).isEqualTo(hold.ref());
  }

  @Test
  void whatIsNoMessageIsLeftAlone() throws IOException {
    for (String name : List.of(".hidden", "with blank", ":2,S", "x".repeat(250))) {
      Files.writeString(folder.resolve("new").resolve(name), "x");
    }

    assertThat(new MailboxHoldings(moving()).held()).isEmpty();
  }

  @Test
  void aLinkIsNotFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("new/link"), Path.of("/etc/hostname"));

    assertThatThrownBy(() -> new MailboxHoldings(moving()).fetch(new HoldRef("quarantine", "link")))
        .isInstanceOf(MailSystemTrouble.class);
  }

  @Test
  void P7_aMarkThatCannotBeLookedAtIsNotTakenForNone() throws IOException {
    CaseFile it = Quarantined.decided(held("a@corp.example"), release());
    MailboxQuarantine quarantine = new MailboxQuarantine(sending());
    Files.createSymbolicLink(folder.resolve("postern-marks"), Path.of("postern-marks"));

    assertThatThrownBy(() -> quarantine.standing(it))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("cannot be looked at");
    assertThat(kind(quarantine.release(it, everybody(it), GOOD))).isEqualTo(Kind.TEMP_FAIL);
    assertThat(nextHop.taken()).isEmpty();
  }

  @Test
  void whileReadersRenameEverythingNothingIsMissedAndAllIsReleased() throws Exception {
    for (int i = 0; i < 50; i++) {
      deliver(Quarantined.to("a@corp.example"));
    }
    AtomicBoolean going = new AtomicBoolean(true);
    Thread reader = Thread.ofPlatform().start(() -> rename(going));
    try {
      MailboxHoldings holdings = new MailboxHoldings(moving());
      MailboxQuarantine quarantine = new MailboxQuarantine(moving());
      List<HoldRef> held = holdings.held();
      assertThat(held).hasSize(50);
      for (HoldRef ref : held) {
        CaseFile it = Quarantined.decided(holdings.fetch(ref).orElseThrow(), release());
        assertThat(kind(quarantine.release(it, everybody(it), GOOD)))
            .isEqualTo(Kind.ACCEPTED_ASYNC);
      }
    } finally {
      going.set(false);
      reader.join();
    }
    assertThat(in("Released")).hasSize(50);
    assertThat(in("INBOX")).isEmpty();
  }

  /** What a mail reader does: takes what is new to cur, and changes flags. */
  private void rename(AtomicBoolean going) {
    List<String> flags = List.of(":2,", ":2,S", ":2,RS");
    for (int round = 0; going.get(); round++) {
      for (String part : List.of("new", "cur")) {
        for (Path file : list(folder.resolve(part))) {
          String unique = file.getFileName().toString().replaceFirst(":.*", "");
          try {
            Files.move(file, folder.resolve("cur").resolve(unique + flags.get(round % 3)));
          } catch (IOException released) {
            // it has gone
          }
        }
      }
    }
  }

  private static List<Path> list(Path part) {
    try (var files = Files.list(part)) {
      return files.toList();
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }
}
