package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Taking connections where the system, or whoever takes them, fails. */
class ReceptionTest {
  private static final int FAILURES = 5;

  /** Fails so many times, gives one connection, then closes. */
  private static final class FailingPort extends ServerSocket {
    private final List<Long> asked = new ArrayList<>();

    FailingPort() throws IOException {}

    @Override
    public Socket accept() throws IOException {
      asked.add(System.nanoTime());
      if (asked.size() <= FAILURES) {
        throw new SocketException("Too many open files");
      }
      if (asked.size() > FAILURES + 2) {
        close();
        throw new SocketException("Socket closed");
      }
      return new Socket();
    }
  }

  @Test
  void aSystemWithoutFilesToGiveIsAskedAgainAfterAPauseInsteadOfAtOnce() throws IOException {
    FailingPort port = new FailingPort();
    List<Socket> taken = new ArrayList<>();

    new Reception(port, taken::add).run();

    assertThat(taken).hasSize(2);
    Duration failing = Duration.ofNanos(port.asked.get(FAILURES) - port.asked.getFirst());
    assertThat(failing).isGreaterThan(Reception.PAUSE.multipliedBy(FAILURES - 1));
  }

  @Test
  void aConnectionThatCannotBeTakenIsClosedAndTheNextOneTaken() throws IOException {
    List<Socket> shown = new ArrayList<>();

    new Reception(
            new FailingPort(),
            socket -> {
              shown.add(socket);
              if (shown.size() == 1) {
                throw new IllegalStateException("a defect");
              }
            })
        .run();

    assertThat(shown).extracting(Socket::isClosed).containsExactly(true, false);
  }
}
