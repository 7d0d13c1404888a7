package dev.postern.app.trial;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the samples through Postern's own SMTP entrance, as a gateway in front of it would:
 * XFORWARD names the client that each of them pretends to come from.
 */
public final class SamplePost {
  private static final Logger LOG = LoggerFactory.getLogger(SamplePost.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port;

  /** Posts to the entrance on this port of the loopback address. */
  public SamplePost(int port) {
    this.port = port;
  }

  /** Sends all of them; one that is refused is told of and does not keep the others back. */
  public void send() throws IOException {
    for (Samples.Sample sample : Samples.all()) {
      String reply = send(sample);
      if (!reply.startsWith("250 ")) {
        LOG.warn("the sample \"{}\" was answered {}", sample.title(), reply);
      }
    }
  }

  private String send(Samples.Sample sample) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      Talk talk =
          new Talk(
              new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)),
              new BufferedWriter(
                  new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.ISO_8859_1)));
      talk.reply();
      talk.say("EHLO gateway.corp.example");
      talk.say("XFORWARD ADDR=" + sample.clientIp() + " HELO=" + sample.helo() + " PROTO=ESMTP");
      talk.say("MAIL FROM:<" + sample.mailFrom() + "> BODY=8BITMIME SMTPUTF8");
      for (String recipient : sample.recipients()) {
        talk.say("RCPT TO:<" + recipient + ">");
      }
      talk.say("DATA");
      String text = new String(sample.raw().octets(), StandardCharsets.ISO_8859_1);
      String reply = talk.say(text.replace("\r\n.", "\r\n..") + ".");
      talk.say("QUIT");
      return reply;
    }
  }

  private record Talk(BufferedReader in, Writer out) {
    String say(String line) throws IOException {
      out.write(line + "\r\n");
      out.flush();
      return reply();
    }

    String reply() throws IOException {
      String line = in.readLine();
      while (line != null && line.length() > 3 && line.charAt(3) == '-') {
        line = in.readLine();
      }
      return line == null ? "connection closed" : line;
    }
  }
}
