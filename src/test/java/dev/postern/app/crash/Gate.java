package dev.postern.app.crash;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server of the outside. While it is shut, visitors are heard but hear nothing;
 * those keep waiting until it is opened, also when later ones are let pass.
 */
final class Gate implements AutoCloseable {
  private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final CountDownLatch open = new CountDownLatch(1);
  private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int behind;
  private volatile boolean shut;
  private volatile Optional<String> password = Optional.empty();

  Gate(int behind) throws IOException {
    this.behind = behind;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  /** From now on nobody hears anything. */
  void shut() {
    shut = true;
    passages.forEach(p -> p.waits = true);
  }

  /** Shuts itself when a visitor says this. */
  void shutAt(String words) {
    password = Optional.of(words);
  }

  /** How many came while it was shut. */
  int waiting() {
    return waiting.get();
  }

  /** Whoever comes from now on is not kept waiting. */
  void letOthersPass() {
    shut = false;
  }

  /** Those who wait hear what was said. */
  void open() {
    letOthersPass();
    open.countDown();
  }

  private void serve() {
    try {
      while (true) {
        Passage passage = new Passage(server.accept(), shut);
        waiting.addAndGet(passage.waits ? 1 : 0);
        passages.add(passage);
        Thread.ofVirtual().start(passage::pass);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** One visitor. */
  private final class Passage {
    private final Socket visitor;
    private volatile boolean waits;

    Passage(Socket visitor, boolean waits) {
      this.visitor = visitor;
      this.waits = waits;
    }

    void pass() {
      try (visitor;
          Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind)) {
        Thread back = Thread.ofVirtual().start(() -> answer(inside));
        ask(inside);
        inside.shutdownOutput();
        back.join();
      } catch (IOException gone) {
        // Either side may hang up.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void ask(Socket inside) throws IOException {
      byte[] octets = new byte[8192];
      InputStream in = visitor.getInputStream();
      for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
        String said = new String(octets, 0, read, StandardCharsets.ISO_8859_1);
        if (password.filter(said::contains).isPresent()) {
          shut();
        }
        inside.getOutputStream().write(octets, 0, read);
      }
    }

    private void answer(Socket inside) {
      byte[] octets = new byte[8192];
      try {
        InputStream in = inside.getInputStream();
        for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
          if (waits) {
            open.await();
          }
          visitor.getOutputStream().write(octets, 0, read);
        }
        visitor.shutdownOutput();
      } catch (IOException gone) {
        // The other direction notices too.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws IOException {
    open();
    server.close();
  }
}
