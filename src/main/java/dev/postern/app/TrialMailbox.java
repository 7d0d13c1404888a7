package dev.postern.app;

import dev.postern.app.trial.MailboxFolder;
import dev.postern.intake.SmtpReply;
import dev.postern.intake.smtp.SmtpListener;
import dev.postern.intake.smtp.SmtpSettings;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.RawMessage;
import dev.postern.web.Mailbox;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The next hop of {@code postern try}: an SMTP server on loopback that takes everything, keeps the
 * octets as they came, and answers like an MTA. Only what it answered with 250 is in the folder.
 */
public final class TrialMailbox implements Mailbox, AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final MailboxFolder folder;
  private final Function<RawMessage, MessageSummary> summariser;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final SmtpListener listener;

  /**
   * Opens the mailbox; it listens once {@link #start} is called.
   *
   * @param folder where messages are kept, for example {@code <data>/mailbox}
   * @param port on loopback; 0 takes a free one
   * @param summariser reads the subject
   */
  public TrialMailbox(
      Path folder,
      int port,
      Function<RawMessage, MessageSummary> summariser,
      InstantSource clock,
      RandomGenerator random) {
    this.folder = new MailboxFolder(folder);
    this.summariser = summariser;
    this.clock = clock;
    this.random = random;
    listener =
        new SmtpListener(
            new SmtpSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                "mailbox.localhost",
                "trial mailbox",
                Set.of(),
                SmtpSettings.Limits.usual()),
            this::keep);
  }

  /** Begins to listen. */
  public void start() {
    listener.start();
  }

  /** The port that is listened on. */
  public int port() {
    return listener.port();
  }

  @Override
  public List<Delivered> delivered() {
    return folder.newestFirst();
  }

  @Override
  public void close() {
    listener.stop(GRACE);
  }

  private SmtpReply keep(Envelope envelope, RawMessage raw) {
    Instant now = clock.instant();
    String queueId = "%011x%04x".formatted(now.toEpochMilli(), random.nextInt(0x10000));
    Delivered delivered =
        new Delivered(
            queueId,
            now,
            envelope.mailFromText(),
            envelope.recipients().stream().map(EmailAddress::toString).toList(),
            summariser.apply(raw).subject(),
            raw.size(),
            raw.sha256());
    folder.add(delivered, raw);
    return new SmtpReply(250, "2.0.0 Ok: queued as " + queueId);
  }
}
