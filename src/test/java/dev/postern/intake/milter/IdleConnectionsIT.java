package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What connections cost that an MTA keeps open between two messages. */
class IdleConnectionsIT {
  private static final int MANY = 1_000;
  private static final long MOST = 64L << 20;

  @Test
  void aThousandConnectionsThatHadAMessageTakeAtMost64MebibytesOfHeapAndOfTheProcess()
      throws IOException {
    List<AnMta> mtas = new ArrayList<>();
    try (Milters milter = Milters.judging(_ -> Milters.pass())) {
      // what is loaded once belongs to nobody
      connect(milter, 20).forEach(mtas::add);
      long heap = heap();
      long resident = resident();

      connect(milter, MANY).forEach(mtas::add);

      long heapOfThem = heap() - heap;
      long residentOfThem = resident() - resident;
      System.out.printf(
          "%d idle milter connections, both ends: heap %d KiB, resident %d KiB%n",
          MANY, heapOfThem >> 10, residentOfThem >> 10);
      assertThat(milter.server().connections()).isEqualTo(MANY + 20);
      assertThat(heapOfThem).isLessThan(MOST);
      assertThat(residentOfThem).isLessThan(MOST);
    } finally {
      for (AnMta mta : mtas) {
        mta.close();
      }
    }
  }

  private static List<AnMta> connect(Milters milter, int count) throws IOException {
    List<AnMta> mtas = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AnMta mta = new AnMta(milter.port()).likePostfix();
      mtas.add(mta);
      mta.envelope("4jYM" + i, "ben@partner.example", "ap@corp.example").field("From", " x");
      assertThat(mta.body("hello\r\n").end()).last().isEqualTo(new AnMta.Answer('c', ""));
      milter.seen.clear();
    }
    return mtas;
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }

  private static long resident() throws IOException {
    String statm = Files.readString(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII);
    return Long.parseLong(statm.split(" ", -1)[1]) * 4096;
  }
}
