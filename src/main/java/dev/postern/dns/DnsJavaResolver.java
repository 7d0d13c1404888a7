package dev.postern.dns;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * Asks recursive name servers over UDP, and over TCP what does not fit. Answers are kept for their
 * TTL, also those that say "there is none" (RFC 2308), failures for a second (RFC 9520 §3.2). The
 * same question is in flight only once. At most {@value #MOST_IN_FLIGHT} questions are in flight;
 * who does not get a place before its deadline is told TEMPFAIL. Safe for many threads; callers
 * block, so they should be virtual threads.
 */
public final class DnsJavaResolver implements Dns, AutoCloseable {
  static final int MOST_IN_FLIGHT = 256;

  private static final int ROUNDS = 2;
  private static final Duration PER_TRY = Duration.ofSeconds(2);

  /** One question, over all servers and rounds, whatever its askers wait. */
  private static final Duration PER_QUESTION = Duration.ofSeconds(8);

  private static final Duration KEEP_FAILURE = Duration.ofSeconds(1);
  private static final long MOST_CACHED_OCTETS = 64L << 20;

  /** DNS flag day 2020: what passes without fragments. */
  private static final int UDP_PAYLOAD = 1232;

  private record Question(DnsName name, DnsType type) {}

  private final List<SimpleResolver> servers;
  private final Duration perTry;
  private final Semaphore places;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AsyncCache<Question, Answer> answers =
      Caffeine.newBuilder()
          .maximumWeight(MOST_CACHED_OCTETS)
          .weigher(DnsJavaResolver::weight)
          .expireAfter(Expiry.creating(DnsJavaResolver::keep))
          .buildAsync();

  /** Asks these servers in order; those of the operating system when none are given. */
  public DnsJavaResolver(List<InetSocketAddress> servers) {
    this(servers, PER_TRY, MOST_IN_FLIGHT);
  }

  DnsJavaResolver(List<InetSocketAddress> servers, Duration perTry, int mostInFlight) {
    List<InetSocketAddress> used =
        servers.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : servers;
    this.servers = used.stream().map(server -> resolver(server, perTry)).toList();
    this.perTry = perTry;
    this.places = new Semaphore(mostInFlight, true);
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
    Optional<Name> wire = WireNames.of(name);
    if (wire.isEmpty()) {
      return Answer.without(Status.NXDOMAIN, 0);
    }
    Question question = new Question(name, type);
    CompletableFuture<Answer> known = answers.getIfPresent(question);
    try {
      return known != null ? await(known, by) : await(fly(question, wire.get(), by), by);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return noAnswer();
    }
  }

  /** Stops asking; questions in flight end with TEMPFAIL. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private CompletableFuture<Answer> fly(Question question, Name name, Deadline by)
      throws InterruptedException {
    if (!places.tryAcquire(by.left().toNanos(), TimeUnit.NANOSECONDS)) {
      return CompletableFuture.completedFuture(noAnswer());
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> flight = answers.asMap().putIfAbsent(question, mine);
    if (flight != null) {
      places.release();
      return flight;
    }
    threads.execute(
        () -> {
          try {
            mine.complete(ask(name, question.type()));
          } finally {
            mine.complete(noAnswer()); // only if something was thrown
            places.release();
          }
        });
    return mine;
  }

  private static Answer await(CompletableFuture<Answer> flight, Deadline by)
      throws InterruptedException {
    try {
      return flight.get(by.left().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException notInTime) {
      return noAnswer();
    }
  }

  private Answer ask(Name name, DnsType type) {
    Deadline end = Deadline.in(PER_QUESTION);
    for (int round = 0; round < ROUNDS; round++) {
      for (SimpleResolver server : servers) {
        Optional<Answer> answer = ask(server, name, type, end);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
    }
    return noAnswer();
  }

  private Optional<Answer> ask(SimpleResolver server, Name name, DnsType type, Deadline end) {
    Duration wait = end.left().compareTo(perTry) < 0 ? end.left() : perTry;
    CompletableFuture<Message> reply =
        server.sendAsync(question(name, type), threads).toCompletableFuture();
    try {
      return Replies.read(reply.get(wait.toNanos(), TimeUnit.NANOSECONDS), name, type);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of(noAnswer());
    } catch (ExecutionException | TimeoutException notInTime) {
      reply.cancel(true);
      return Optional.empty();
    }
  }

  /** AD in a question asks whether the answer is authenticated (RFC 6840 §5.7). */
  private static Message question(Name name, DnsType type) {
    Record question = Record.newRecord(name, Type.value(type.name()), DClass.IN);
    Message message = Message.newQuery(question);
    message.getHeader().setFlag(Flags.AD);
    return message;
  }

  private static SimpleResolver resolver(InetSocketAddress server, Duration perTry) {
    SimpleResolver resolver = new SimpleResolver(server);
    resolver.setEDNS(0, UDP_PAYLOAD, 0, List.of());
    resolver.setTimeout(perTry);
    return resolver;
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

  private static Answer noAnswer() {
    return Answer.without(Status.TEMPFAIL, 0);
  }
}
