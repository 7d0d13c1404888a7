package dev.postern.evidence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

  private static final Comparator<DnsRecord> BY_NAME_AND_TYPE =
      Comparator.comparing((DnsRecord it) -> it.name().text()).thenComparing(DnsRecord::type);

  private record Question(DnsName name, DnsType type) {}

  /** An answer and for how long it was waited for. */
  private record Timed(Answer answer, long millis) {}

  private static final Timed OPEN = new Timed(Answer.failure("TIMEOUT"), 0);

  /** A question that was put, and whether anybody wanted to know. */
  private static final class Asked {
    private final CompletableFuture<Timed> answer = new CompletableFuture<>();
    private volatile boolean used;
  }

  private final Dns dns;
  private final ConcurrentHashMap<Question, Asked> asked = new ConcurrentHashMap<>();
  private final AtomicInteger questions = new AtomicInteger();

  /** Asks {@code dns}, at most {@value #MOST_QUESTIONS} questions. */
  public RecordingDns(Dns dns) {
    this.dns = dns;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    Question question = new Question(name, type);
    Asked mine = new Asked();
    Asked first = asked.putIfAbsent(question, mine);
    if (first == null) {
      mine.used = true;
      fly(question, mine, by);
      return mine.answer.join().answer();
    }
    first.used = true;
    return await(first, by);
  }

  @Override
  public Optional<Answer> known(DnsName name, DnsType type) {
    Question question = new Question(name, type);
    Asked first = asked.get(question);
    if (first == null) {
      Optional<Answer> answer =
          questions.get() < MOST_QUESTIONS ? dns.known(name, type) : Optional.empty();
      answer.ifPresent(it -> keep(question, it));
      return answer;
    }
    first.used = true;
    return first.answer.isDone() ? Optional.of(first.answer.join().answer()) : Optional.empty();
  }

  @Override
  public void expect(DnsName name, DnsType type, Deadline by) {
    Question question = new Question(name, type);
    Asked mine = new Asked();
    if (asked.putIfAbsent(question, mine) == null) {
      dns.known(name, type)
          .ifPresentOrElse(
              answer -> mine.answer.complete(new Timed(answer, 0)),
              () -> Thread.ofVirtual().name("dns").start(() -> fly(question, mine, by)));
    }
  }

  private void fly(Question question, Asked mine, Deadline by) {
    Deadline start = Deadline.in(Duration.ZERO);
    Answer answer = ask(question, by);
    mine.answer.complete(new Timed(answer, start.overdue().toMillis()));
  }

  private void keep(Question question, Answer answer) {
    Asked mine = new Asked();
    mine.used = true;
    mine.answer.complete(new Timed(answer, 0));
    if (asked.putIfAbsent(question, mine) == null) {
      questions.incrementAndGet();
    }
  }

  /**
   * What somebody wanted to know, by name and type; a question still open counts as not answered.
   */
  List<DnsRecord> records() {
    List<DnsRecord> records = new ArrayList<>(asked.size());
    asked.forEach(
        (question, it) -> {
          if (it.used) {
            records.add(record(question, it.answer.getNow(OPEN)));
          }
        });
    records.sort(BY_NAME_AND_TYPE);
    return records;
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

  private static Answer await(Asked first, Deadline by) {
    try {
      return first.answer.get(by.left().toNanos(), TimeUnit.NANOSECONDS).answer();
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
