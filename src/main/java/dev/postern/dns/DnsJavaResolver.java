package dev.postern.dns;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;

/**
 * Asks recursive name servers over UDP, and over TCP what does not fit. Answers are kept for their
 * TTL, also those that say "there is none" (RFC 2308), failures for a second (RFC 9520 §3.2). The
 * same question is in flight only once. At most {@value #MOST_IN_FLIGHT} questions are in flight;
 * who does not get a place before its deadline is told TEMPFAIL.
 *
 * <p>Safe for many threads; callers block, so they should be virtual threads. A question outlives
 * the deadline of who asked it: its answer is there for the next. What is known costs one look-up
 * in the cache, and each look-up of one cached answer gives the same object.
 */
public final class DnsJavaResolver implements Dns, AutoCloseable {
  static final int MOST_IN_FLIGHT = 1024;

  private static final Logger LOG = LoggerFactory.getLogger(DnsJavaResolver.class);
  private static final Duration PER_TRY = Duration.ofSeconds(2);
  private static final Duration KEEP_FAILURE = Duration.ofSeconds(1);
  private static final Duration TIME_TO_CLOSE = Duration.ofSeconds(2);
  private static final long MOST_CACHED_OCTETS = 64L << 20;

  private record Question(DnsName name, DnsType type) {}

  private final List<NameServer> servers;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Cache<Question, Answer> answers;
  private final ConcurrentMap<Question, CompletableFuture<Answer>> flights =
      new ConcurrentHashMap<>();

  /** Asks these servers in order; those of the operating system when none are given. */
  public DnsJavaResolver(List<InetSocketAddress> servers) {
    this(servers, PER_TRY, MOST_IN_FLIGHT, Ticker.systemTicker());
  }

  DnsJavaResolver(
      List<InetSocketAddress> servers, Duration perTry, int mostInFlight, Ticker clock) {
    List<InetSocketAddress> used =
        servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
    this.servers = used.stream().map(server -> new NameServer(server, perTry, clock)).toList();
    this.places = new Semaphore(mostInFlight, true);
    this.answers =
        Caffeine.newBuilder()
            .maximumWeight(MOST_CACHED_OCTETS)
            .weigher(DnsJavaResolver::weight)
            .expireAfter(Expiry.writing(DnsJavaResolver::keep))
            .ticker(clock)
            .executor(Runnable::run) // its housekeeping is short, and a pool would be one more
            .build();
  }

  /**
   * The address of a server as settings write it: {@code 192.0.2.53}, {@code 192.0.2.53:5353},
   * {@code 2001:db8::53}, {@code [2001:db8::53]:5353}. Port 53 when none is given.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static InetSocketAddress server(String text) {
    return ServerAddress.parse(text);
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    Question question = new Question(name, type);
    Answer known = answers.getIfPresent(question);
    return known != null ? known : ask(question, by);
  }

  @Override
  public Optional<Answer> known(DnsName name, DnsType type) {
    return Optional.ofNullable(answers.getIfPresent(new Question(name, type)));
  }

  /** Stops asking: questions in flight end with TEMPFAIL, and so does every later one. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(TIME_TO_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("questions to name servers are still open after {}", TIME_TO_CLOSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Answer ask(Question question, Deadline by) {
    Optional<Name> wire = WireNames.of(question.name());
    if (wire.isEmpty()) {
      return Answer.without(Status.NXDOMAIN, 0);
    }
    try {
      CompletableFuture<Answer> flight = flights.get(question);
      return await(flight != null ? flight : fly(question, wire.get(), by), by);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Answer.failure("TIMEOUT");
    }
  }

  private CompletableFuture<Answer> fly(Question question, Name name, Deadline by)
      throws InterruptedException {
    if (!places.tryAcquire(by.left().toNanos(), TimeUnit.NANOSECONDS)) {
      return CompletableFuture.completedFuture(Answer.failure("BUSY"));
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> other = flights.putIfAbsent(question, mine);
    if (other != null) {
      places.release();
      return other;
    }
    try {
      threads.execute(() -> land(question, name, mine));
    } catch (RejectedExecutionException closed) {
      end(question, mine, Answer.failure("CLOSED"));
    }
    return mine;
  }

  private void land(Question question, Name name, CompletableFuture<Answer> flight) {
    Answer answer = Answer.failure("DEFECT");
    try {
      // Another flight may have landed since the question was looked up.
      Answer known = answers.getIfPresent(question);
      answer = known != null ? known : new Lookup(servers, question.type()).of(name);
      if (known == null) {
        remember(question, answer.fromCache());
      }
    } catch (RuntimeException defect) {
      LOG.error("a question to name servers failed; its answer is TEMPFAIL", defect);
    } finally {
      end(question, flight, answer);
    }
  }

  private void end(Question question, CompletableFuture<Answer> flight, Answer answer) {
    flights.remove(question);
    flight.complete(answer);
    places.release();
  }

  /** That a name does not exist is known of all its types (RFC 2308 §5), but an alias does. */
  private void remember(Question question, Answer answer) {
    answers.put(question, answer);
    if (answer.status() == Status.NXDOMAIN) {
      for (DnsType type : DnsType.values()) {
        if (type != DnsType.CNAME) {
          answers.put(new Question(question.name(), type), answer);
        }
      }
    }
  }

  private static Answer await(CompletableFuture<Answer> flight, Deadline by)
      throws InterruptedException {
    try {
      return flight.get(by.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException notInTime) {
      return Answer.failure("TIMEOUT");
    } catch (ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  private static Duration keep(Question question, Answer answer) {
    return answer.status() == Status.TEMPFAIL ? KEEP_FAILURE : Duration.ofSeconds(answer.ttl());
  }

  private static int weight(Question question, Answer answer) {
    int octets = 200 + question.name().text().length();
    for (String data : answer.data()) {
      octets += data.length() + 50;
    }
    return octets;
  }
}
