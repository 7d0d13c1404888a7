package dev.postern.quarantine.postfix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.Program;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueTest {
  private static final String ONE =
      "{\"queue_name\": \"hold\", \"queue_id\": \"4jYMpj28hpzJbM1\", \"arrival_time\": 1795477149,"
          + " \"message_size\": 246, \"forced_expire\": false, \"sender\": \"a@b.example\","
          + " \"recipients\": [{\"address\": \"c@d.example\"}]}\n";

  private static List<QueueEntry> read(InputStream listing) throws IOException {
    List<QueueEntry> entries = new ArrayList<>();
    Queue.each(listing, entries::add);
    return entries;
  }

  private static List<QueueEntry> read(String listing) throws IOException {
    return read(new ByteArrayInputStream(listing.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsOnHoldIsToldFromWhatIsElsewhere() throws IOException {
    assertThat(read(Sample.text("postqueue-held.jsonl"))).hasSize(20).allMatch(QueueEntry::held);
    assertThat(read(Sample.text("postqueue-active.jsonl")))
        .extracting(QueueEntry::queue)
        .containsExactly("active", "deferred", "hold");
    assertThat(read(Sample.text("postqueue-deferred.jsonl"))).noneMatch(QueueEntry::held);
  }

  @Test
  void anEntryHasItsTimeAndItsSenderAsListed() throws IOException {
    assertThat(read(Sample.text("postqueue-utf8.jsonl")))
        .containsExactly(
            new QueueEntry(
                "hold",
                new QueueId("4jYMpj28hpzJbM1"),
                Instant.ofEpochSecond(1795477149),
                "j\u00fcrgen@gr\u00fc\u00dfe.example"));
    assertThat(read(Sample.text("postqueue-held.jsonl")))
        .filteredOn(QueueEntry::fromNobody)
        .singleElement()
        .extracting(entry -> entry.id().text())
        .isEqualTo("4jYMb95x8NzJMPX");
  }

  @Test
  void theTimeInAnIdIsTheTimeOfArrival() throws IOException {
    for (String sample : List.of("postqueue-held.jsonl", "postqueue-active.jsonl")) {
      assertThat(read(Sample.text(sample)))
          .allSatisfy(entry -> assertThat(entry.id().made()).isEqualTo(entry.arrival()));
    }
  }

  @Test
  void octetsThatAreNoUtf8DoNotHideTheOthers() throws IOException {
    byte[] listing = (ONE + ONE).getBytes(StandardCharsets.UTF_8);
    listing[ONE.indexOf("a@b")] = (byte) 0xfc;
    assertThat(read(new ByteArrayInputStream(listing)))
        .extracting(QueueEntry::sender)
        .containsExactly("\ufffd@b.example", "a@b.example");
  }

  @Test
  void aShortIdIsPassedOverSinceItMayBeAnothersTomorrow() throws IOException {
    assertThat(read(ONE.replace("4jYMpj28hpzJbM1", "7A41F2C0") + ONE)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postqueue: fatal: Queue report unavailable",
        "[]",
        "{\"queue_name\": \"hold\"}",
        "{\"queue_name\": 7, \"queue_id\": \"4jYMpj28hpzJbM1\", \"arrival_time\": 1}",
        "{\"queue_name\": \"hold\", \"queue_id\": \"4jYMpj28hpzJbM1\", \"arrival_time\": \"x\"}",
        "{\"queue_name\": \"hold\", \"queue_id\": \"4jYMpj28hpzJbM1\", \"arrival_time\": 1",
        "{\"a\":[[[[[[[[[[[[[]]]]]]]]]]]]]}"
      })
  void whatIsNoListingIsTroubleAndNotAnEmptyQueue(String listing) {
    assertThatThrownBy(() -> read(ONE + listing))
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("behind message 1");
  }

  /** A hundred megabytes of listing; one entry at a time is in memory. */
  @Test
  void aLongQueueIsReadAsItComes() throws IOException {
    byte[] one = ONE.getBytes(StandardCharsets.UTF_8);
    int many = 400_000;
    int[] held = {0};
    assertThat(Queue.each(new Repeated(one, many), entry -> held[0] += entry.held() ? 1 : 0))
        .isEqualTo(many);
    assertThat(held[0]).isEqualTo(many);
  }

  @Test
  void aMessageThatWasMovedWhileTheQueueWasReadIsFoundAtTheSecondLook(@TempDir Path folder)
      throws IOException {
    Path program =
        script(
            folder,
            "if [ -e %1$s/seen ]; then printf '%%s' '%2$s'; fi; : >%1$s/seen"
                .formatted(folder, ONE.strip()));
    Queue queue = new Queue(new Program(List.of(program.toString()), Duration.ofSeconds(30)));

    assertThat(queue.find(new QueueId("4jYMpj28hpzJbM1"))).isPresent();
  }

  @Test
  void aProgramThatFailsIsTroubleInItsOwnWordsWithWhatToMend(@TempDir Path folder)
      throws IOException {
    Path program = script(folder, "echo 'postqueue: fatal: Queue report unavailable' >&2; exit 69");
    Queue queue = new Queue(new Program(List.of(program.toString()), Duration.ofSeconds(30)));

    assertThatThrownBy(queue::held)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("postqueue: fatal: Queue report unavailable")
        .hasMessageContaining("authorized_mailq_users");
  }

  @Test
  void aProgramThatHangsOrFloodsIsLeftAlone(@TempDir Path folder) throws IOException {
    Path hangs = script(folder, "exec sleep 60");
    Queue queue = new Queue(new Program(List.of(hangs.toString()), Duration.ofMillis(300)));

    assertThatThrownBy(queue::held)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("did not end within");
  }

  @Test
  void aProgramThatIsNotThereIsTroubleThatNamesIt() {
    Queue queue = new Queue(new Program(List.of("/nowhere/postqueue"), Duration.ofSeconds(30)));

    assertThatThrownBy(queue::held)
        .isInstanceOf(MailSystemTrouble.class)
        .hasMessageContaining("/nowhere/postqueue cannot be run");
  }

  private static Path script(Path folder, String line) throws IOException {
    Path script = folder.resolve("program");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  /** The same octets so many times. */
  private static final class Repeated extends InputStream {
    private final byte[] one;
    private long left;
    private int at;

    Repeated(byte[] one, int times) {
      this.one = one;
      this.left = (long) one.length * times;
    }

    @Override
    public int read() {
      if (left == 0) {
        return -1;
      }
      left--;
      at = at == one.length ? 0 : at;
      return one[at++];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(left, Math.min(length, one.length - at % one.length));
      System.arraycopy(one, at % one.length, into, from, count);
      at = (at + count) % one.length;
      left -= count;
      return count;
    }
  }
}
