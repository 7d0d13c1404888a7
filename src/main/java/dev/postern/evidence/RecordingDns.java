package dev.postern.evidence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The resolver of one message: asks each question once, whoever wants to know and however often,
 * and keeps what was answered. Bounded, so that no message makes it work without end.
 */
final class RecordingDns implements Dns {

  /** Twice SPF at its limits, DMARC and ten signatures stay below this. */
  static final int MOST_QUESTIONS = 400;

  private record Question(DnsName name, DnsType type) {}

  /** An answer and for how long it was waited for. */
  private record Timed(Answer answer, long millis) {}

  private static final Timed OPEN = new Timed(noAnswer(), 0);

  private final Dns dns;
  private final ConcurrentHashMap<Question, CompletableFuture<Timed>> asked =
      new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  RecordingDns(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    Question question = new Question(name, type);
    CompletableFuture<Timed> mine = new CompletableFuture<>();
    CompletableFuture<Timed> first = asked.putIfAbsent(question, mine);
    if (first == null) {
      Duration before = by.left();
      Answer answer = ask(question, by);
      mine.complete(new Timed(answer, before.minus(by.left()).toMillis()));
      return answer;
    }
    return await(first, by);
  }

  /** What was asked, by name and type; a question still open counts as not answered. */
  List<DnsRecord> records() {
    return asked.entrySet().stream()
        .map(it -> record(it.getKey(), it.getValue().getNow(OPEN)))
        .sorted(
            Comparator.comparing((DnsRecord it) -> it.name().text()).thenComparing(DnsRecord::type))
        .toList();
  }

  private Answer ask(Question question, Deadline by) {
    if (by.passed() || questions.incrementAndGet() > MOST_QUESTIONS) {
      return noAnswer();
    }
    try {
      return dns.query(question.name(), question.type(), by);
    } catch (RuntimeException brokenResolver) {
      return noAnswer();
    }
  }

  private static Answer await(CompletableFuture<Timed> first, Deadline by) {
    try {
      return first.get(by.left().toNanos(), TimeUnit.NANOSECONDS).answer();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return noAnswer();
    } catch (ExecutionException | TimeoutException tooLate) {
      return noAnswer();
    }
  }

  private static DnsRecord record(Question question, Timed timed) {
    return new DnsRecord(question.name(), question.type(), timed.answer(), timed.millis());
  }

  private static Answer noAnswer() {
    return Answer.without(Answer.Status.TEMPFAIL, 0);
  }
}
