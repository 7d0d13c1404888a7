package dev.postern.intake.smtp;

import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.internal.server.CommandHandler;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * An SMTP server (RFC 5321) that hands every message to one sink, octet for octet, and answers DATA
 * with what the sink says. Announces PIPELINING, SIZE, 8BITMIME, SMTPUTF8, and XFORWARD to trusted
 * relays. One virtual thread per connection.
 */
public final class SmtpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpListener.class);
  private static final Duration UNWIND = Duration.ofSeconds(2);

  private final SmtpSettings settings;
  private final InFlight inFlight = new InFlight();
  private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
  private final SMTPServer server;

  /** Builds the listener; nothing is bound before {@link #start}. */
  public SmtpListener(SmtpSettings settings, MessageSink sink) {
    this(settings, sink, new MemoryBudget(settings.limits().memory()));
  }

  /**
   * Builds a listener that shares its memory with others.
   *
   * @param memory what messages may take, instead of what the limits say
   */
  public SmtpListener(SmtpSettings settings, MessageSink sink, MemoryBudget memory) {
    this.settings = settings;
    Clients clients = new Clients(settings.trusted());
    server =
        SMTPServer.port(settings.listen().getPort())
            .bindAddress(settings.listen().getAddress())
            .hostName(settings.hostName())
            .softwareName(settings.software())
            .maxConnections(settings.limits().connections())
            .connectionTimeoutMs(Math.toIntExact(settings.limits().idle().toMillis()))
            .executorService(connections)
            .serverThreadName("smtp-" + settings.listen().getPort())
            .messageHandlerFactory(session -> new Transaction(() -> clients.forget(session)))
            .sessionHandler(new Door(clients))
            .build();
    CommandHandler commands = server.getCommandHandler();
    commands.addCommand(new Commands.Hello("HELO", settings, clients));
    commands.addCommand(new Commands.Hello("EHLO", settings, clients));
    commands.addCommand(new Commands.Reset(clients));
    commands.addCommand(new Commands.XForward(clients));
    commands.addCommand(new MailCommand(settings, inFlight));
    commands.addCommand(new RcptCommand(settings));
    commands.addCommand(new DataCommand(settings, clients, inFlight, memory, sink));
    for (String verb : List.of("BDAT", "STARTTLS", "AUTH", "VRFY", "EXPN", "HELP")) {
      commands.addCommand(new Commands.NotOffered(verb));
    }
  }

  /**
   * Binds the port and begins to accept.
   *
   * @throws IllegalStateException when the port cannot be had; the message names it
   */
  public void start() {
    try {
      server.start();
    } catch (RuntimeException refused) {
      throw new IllegalStateException(
          "smtp port "
              + settings.listen().getPort()
              + " on "
              + settings.listen().getHostString()
              + " is taken or not allowed: set mail.smtp.listen",
          refused);
    }
  }

  /** The port that is listened on, also when the settings say 0. */
  public int port() {
    return server.getPortAllocated();
  }

  /** Turns new mail away with 421, lets messages under way get their reply, then closes. */
  public void stop(Duration grace) {
    try {
      if (!inFlight.drain(grace)) {
        log.warn("smtp messages cut off at the stop event=smtp.cut; their senders will retry");
      }
      // The library waits for its threads without end; a sink that hangs must not keep us here.
      Thread closing = Thread.ofPlatform().daemon().name("smtp-stop").start(server::stop);
      if (!closing.join(UNWIND)) {
        connections.shutdownNow();
        closing.join(UNWIND);
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops with a grace of five seconds. */
  @Override
  public void close() {
    stop(Duration.ofSeconds(5));
  }

  /** Lets clients in, and forgets them when they go. */
  private final class Door implements SessionHandler {
    private final Clients clients;

    Door(Clients clients) {
      this.clients = clients;
    }

    @Override
    public SessionAcceptance accept(Session session) {
      return inFlight.closing()
          ? SessionAcceptance.failure(421, "4.3.2 shutting down, try again later")
          : SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {
      clients.forget(session);
    }
  }
}
