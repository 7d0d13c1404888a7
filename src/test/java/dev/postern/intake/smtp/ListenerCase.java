package dev.postern.intake.smtp;

import static dev.postern.intake.smtp.Entrances.client;
import static dev.postern.intake.smtp.Entrances.listener;
import static dev.postern.intake.smtp.Entrances.settings;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.postern.intake.SmtpReply;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A listener that takes everything, and a client that is connected to it. */
abstract class ListenerCase {
  static final byte[] MAIL = "Subject: hi\r\n\r\nHello\r\n".getBytes(US_ASCII);

  record Taken(Envelope envelope, RawMessage raw) {}

  final List<Taken> taken = new CopyOnWriteArrayList<>();
  final MessageSink sink =
      (envelope, raw) -> {
        taken.add(new Taken(envelope, raw));
        return new SmtpReply(250, "2.0.0 Ok");
      };

  @SuppressWarnings("NullAway.Init")
  SmtpListener listener;

  @SuppressWarnings("NullAway.Init")
  RawSmtpClient client;

  @BeforeEach
  void start() throws IOException {
    listener = listener(settings(), sink);
    client = client(listener);
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    listener.close();
  }
}
