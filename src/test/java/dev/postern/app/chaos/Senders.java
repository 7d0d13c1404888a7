package dev.postern.app.chaos;

import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Mail servers that send, and send again until they are told 250, as mail servers do. Who was not
 * answered behind the end of a message cannot know whether it was taken, and sends it again, too.
 */
final class Senders implements AutoCloseable {
  private static final int AT_ONCE = 6;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);

  /** Each message that was taken: by the id that Postfix said. */
  final Map<String, Mail> taken = new ConcurrentHashMap<>();

  /** How often a message's end was sent and not answered, by token. */
  final Map<String, Integer> unanswered = new ConcurrentHashMap<>();

  /** Replies that refused for good. */
  final List<String> refused = new CopyOnWriteArrayList<>();

  /** How often senders were told to try again, or found nobody. */
  final AtomicInteger putOff = new AtomicInteger();

  private final PostfixServer postfix;
  private final Semaphore allowed = new Semaphore(0);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> work = new ArrayList<>();

  Senders(PostfixServer postfix, List<Mail> mails) {
    this.postfix = postfix;
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < AT_ONCE; i++) {
      work.add(
          threads.submit(
              () -> {
                for (int n = next.getAndIncrement(); n < mails.size(); n = next.getAndIncrement()) {
                  allowed.acquire();
                  send(mails.get(n));
                }
                return null;
              }));
    }
  }

  /** Lets so many more messages go. */
  void allow(int messages) {
    allowed.release(messages);
  }

  /** Waits until so many messages were taken. */
  void awaitTaken(int messages) {
    Programs.await(
        messages + " taken, not " + taken.size(), PATIENCE, () -> taken.size() >= messages);
  }

  private void send(Mail mail) throws InterruptedException {
    while (!sent(mail)) {
      putOff.incrementAndGet();
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException("not sent: " + mail.token());
      }
    }
  }

  /** Whether nothing is to be done about it any more. */
  private boolean sent(Mail mail) {
    try (RawSmtpClient client = postfix.clientAt("192.0.2.50", "mail.partner.example")) {
      client.begin(mail.sender(), mail.recipients().toArray(String[]::new));
      String reply = end(client, mail);
      if (reply.startsWith("5")) {
        refused.add(mail.token() + ": " + reply);
        return true;
      }
      if (!reply.startsWith("250")) {
        return false;
      }
      taken.put(reply.replaceFirst(".* ", ""), mail);
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  private String end(RawSmtpClient client, Mail mail) throws IOException {
    try {
      return client.data(mail.octets().octets());
    } catch (IOException noAnswer) {
      if (!String.valueOf(noAnswer.getMessage()).startsWith("wanted 354")) {
        unanswered.merge(mail.token(), 1, Integer::sum);
      }
      throw noAnswer;
    }
  }

  /** Waits until everything is sent. */
  void finish() throws Exception {
    for (Future<?> each : work) {
      each.get();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
