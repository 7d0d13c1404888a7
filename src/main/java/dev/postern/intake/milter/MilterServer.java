package dev.postern.intake.milter;

import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.VerdictWatch;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for MTAs and serves each connection on a virtual thread. Whoever is no MTA that the
 * settings name, or does not speak the protocol, is let go with one line in the log.
 */
public final class MilterServer implements AutoCloseable {
  /** The source of holds that Postern keeps itself. */
  public static final String SOURCE = "milter";

  private static final Logger log = LoggerFactory.getLogger(MilterServer.class);
  private static final int BACKLOG = 512;

  private final MilterSettings settings;
  private final MilterSession.Common common;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ServerSocket server;

  /**
   * Makes the milter; nothing is bound before {@link #start}.
   *
   * @param memory what messages may take, together with those of other listeners
   */
  public MilterServer(
      MilterSettings settings,
      MilterDesk desk,
      MemoryBudget memory,
      VerdictWatch watch,
      InstantSource clock) {
    this.settings = settings;
    this.common =
        new MilterSession.Common(
            new Judging(desk, settings),
            new VerdictAnswer(settings, watch),
            memory,
            new InFlight(),
            new Tickets(settings.keeping(), clock, new SecureRandom()));
    try {
      this.server = new ServerSocket();
    } catch (IOException noSocket) {
      throw new IllegalStateException("the system gives no socket for the milter", noSocket);
    }
  }

  /**
   * Binds the port and begins to accept.
   *
   * @throws IllegalStateException when the port cannot be had; the message names it
   */
  public void start() {
    try {
      server.setReuseAddress(true);
      server.bind(settings.listen(), BACKLOG);
    } catch (IOException refused) {
      throw new IllegalStateException(
          "milter port "
              + settings.listen().getPort()
              + " on "
              + settings.listen().getHostString()
              + " is taken or not allowed: set mail.milter.listen",
          refused);
    }
    threads.execute(new Reception(server, this::admit));
  }

  /** The port that is listened on, also when the settings say 0. */
  public int port() {
    return server.getLocalPort();
  }

  /** Connections that are open now. */
  public int connections() {
    return open.size();
  }

  /** Whether it takes connections. */
  public boolean listening() {
    return server.isBound() && !server.isClosed();
  }

  private void admit(Socket socket) throws IOException {
    if (mayStay(socket)) {
      open.add(socket);
      threads.execute(() -> serve(socket));
    } else {
      socket.close();
    }
  }

  private boolean mayStay(Socket socket) {
    boolean known = settings.peers().stream().anyMatch(it -> it.contains(socket.getInetAddress()));
    if (!known) {
      log.warn(
          "milter refused a peer that mail.milter.peers does not name event=milter.peer peer={}",
          socket.getInetAddress().getHostAddress());
      return false;
    }
    if (open.size() >= settings.limits().connections()) {
      log.warn(
          "milter refused a connection event=milter.full open={}; its MTA does what"
              + " milter_default_action says",
          open.size());
      return false;
    }
    return true;
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      new MilterSession(settings, common, socket).run();
    } catch (ProtocolBreach breach) {
      closed(socket, "milter.garbage", breach);
    } catch (SocketTimeoutException slow) {
      closed(socket, "milter.slow", slow);
    } catch (SocketException left) {
      log.debug("milter connection lost event=milter.lost", left);
    } catch (IOException | RuntimeException trouble) {
      closed(socket, "milter.lost", trouble);
    } finally {
      open.remove(socket);
    }
  }

  private static void closed(Socket socket, String event, Exception why) {
    log.warn(
        "milter connection closed event={} peer={} why={}",
        event,
        socket.getInetAddress().getHostAddress(),
        why.getMessage());
  }

  /** Takes no more connections, lets messages under way get their answer, then closes. */
  public void stop(Duration grace) {
    try {
      server.close();
      if (!common.inFlight().drain(grace)) {
        log.warn("milter messages cut off at the stop event=milter.cut; their senders will retry");
      }
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException cannotClose) {
      log.warn("milter did not stop cleanly event=milter.stop", cannotClose);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
    threads.shutdownNow();
  }

  /** Stops with a grace of five seconds. */
  @Override
  public void close() {
    stop(Duration.ofSeconds(5));
  }
}
