package dev.postern.intake.smtp;

import dev.postern.intake.InFlight;
import dev.postern.intake.MemoryBudget;
import dev.postern.intake.smtp.Offering.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.internal.server.Command;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/**
 * An SMTP server (RFC 5321) that hands every message to one sink, octet for octet, and answers DATA
 * with what the sink says; or an LMTP server (RFC 2033), whose sink answers for each recipient.
 * Announces PIPELINING, SIZE, 8BITMIME, SMTPUTF8, XFORWARD to trusted relays, STARTTLS with a
 * certificate, and DSN where the next hop offers it. One virtual thread per connection.
 */
public final class SmtpListener implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SmtpListener.class);
  private static final Duration UNWIND = Duration.ofSeconds(2);

  private final SmtpSettings settings;
  private final InFlight inFlight = new InFlight();
  private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
  private final SMTPServer server;
  private final Patience patience;

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
    patience = new Patience(settings.limits());
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
    for (Command command : commands(clients, memory, sink)) {
      server.getCommandHandler().addCommand(new Timed(command, patience));
    }
  }

  private List<Command> commands(Clients clients, MemoryBudget memory, MessageSink sink) {
    List<Command> commands = new ArrayList<>();
    if (settings.offering().protocol() == Protocol.LMTP) {
      commands.add(new Commands.Hello("LHLO", settings, clients));
      commands.add(new Commands.NotOffered("HELO", 500));
      commands.add(new Commands.NotOffered("EHLO", 500));
    } else {
      commands.add(new Commands.Hello("HELO", settings, clients));
      commands.add(new Commands.Hello("EHLO", settings, clients));
    }
    commands.add(new Commands.Reset(clients));
    commands.add(new Commands.Noop());
    commands.add(new Commands.XForward(clients));
    commands.add(new MailCommand(settings, inFlight));
    commands.add(new RcptCommand(settings));
    commands.add(new DataCommand(settings, clients, inFlight, memory, sink, patience));
    commands.add(
        settings
            .offering()
            .tls()
            .<Command>map(tls -> new StartTls(tls, clients))
            .orElseGet(() -> new Commands.NotOffered("STARTTLS", 502)));
    for (String verb : List.of("BDAT", "AUTH", "VRFY", "EXPN", "HELP")) {
      commands.add(new Commands.NotOffered(verb, 502));
    }
    return commands;
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
              + " is taken or not allowed: set "
              + (settings.offering().protocol() == Protocol.LMTP
                  ? "mail.lmtp.listen"
                  : "mail.smtp.listen"),
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
      patience.close();
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
      patience.begin(session);
      return inFlight.closing()
          ? SessionAcceptance.failure(421, "4.3.2 shutting down, try again later")
          : SessionAcceptance.success();
    }

    @Override
    public void onSessionEnd(Session session) {
      patience.end(session);
      clients.forget(session);
    }
  }
}
