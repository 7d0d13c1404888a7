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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The resolver of one message: asks each question once, whoever wants to know and however often,
 * and keeps what was answered. Bounded, so that no message makes it work without end.
 */
public final class RecordingDns implements Dns {

  /**
   * What the standards let one message ask for at the very most: SPF of two identities with ten mx
   * terms of ten hosts each, macro p and an explanation, 235 together (RFC 7208 §4.6.4; the
   * pointers are shared); ten signatures; fifty seals of ARC and the newest signature, 51; a tree
   * walk of eight for the author and for each of twelve authenticated domains, 104 (RFC 9989
   * §4.10); the client's names, 20.
   */
  static final int MOST_QUESTIONS = 420;

  private static final Logger LOG = LoggerFactory.getLogger(RecordingDns.class);

  private record Question(DnsName name, DnsType type) {}

  /** An answer and for how long it was waited for. */
  private record Timed(Answer answer, long millis) {}

  private static final Timed OPEN = new Timed(Answer.failure("TIMEOUT"), 0);

  private final Dns dns;
  private final ConcurrentHashMap<Question, CompletableFuture<Timed>> asked =
      new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  /** Asks {@code dns}, at most {@value #MOST_QUESTIONS} questions. */
  public RecordingDns(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    Question question = new Question(name, type);
    CompletableFuture<Timed> mine = new CompletableFuture<>();
    CompletableFuture<Timed> first = asked.putIfAbsent(question, mine);
    if (first != null) {
      return await(first, by);
    }
    Deadline start = Deadline.in(Duration.ZERO);
    Answer answer = ask(question, by);
    mine.complete(new Timed(answer, start.overdue().toMillis()));
    return answer;
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
    if (by.passed()) {
      return Answer.failure("TIMEOUT");
    }
    if (questions.incrementAndGet() > MOST_QUESTIONS) {
      return Answer.failure("BUDGET");
    }
    try {
      return dns.query(question.name(), question.type(), by);
    } catch (RuntimeException broken) {
      LOG.error("the resolver threw {}, which counts as no answer", broken.toString());
      return Answer.failure("DEFECT");
    }
  }

  private static Answer await(CompletableFuture<Timed> first, Deadline by) {
    try {
      return first.get(by.left().toNanos(), TimeUnit.NANOSECONDS).answer();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Answer.failure("TIMEOUT");
    } catch (ExecutionException | TimeoutException tooLate) {
      return Answer.failure("TIMEOUT");
    }
  }

  private static DnsRecord record(Question question, Timed timed) {
    return new DnsRecord(question.name(), question.type(), timed.answer(), timed.millis());
  }
}
