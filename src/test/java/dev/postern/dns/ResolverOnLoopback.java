package dev.postern.dns;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Name servers as a test tells them, resolvers that ask them, and the clock of both. */
final class ResolverOnLoopback implements Closeable {
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final Deque<Closeable> open = new ArrayDeque<>();
  private final AtomicLong ahead = new AtomicLong();

  /** Runs like any clock, and can be put ahead. */
  private final Ticker clock = () -> System.nanoTime() + ahead.get();

  FakeNameServer server(FakeNameServer.Script script) throws IOException {
    return opened(FakeNameServer.of(script));
  }

  FakeNameServer serverOfOctets(FakeNameServer.Octets script) throws IOException {
    return opened(FakeNameServer.ofOctets(script));
  }

  DnsJavaResolver resolver(FakeNameServer... servers) {
    return resolver(Arrays.stream(servers).map(FakeNameServer::address).toList(), PATIENCE, 50);
  }

  DnsJavaResolver resolver(List<InetSocketAddress> servers, Duration patience, int mostInFlight) {
    DnsJavaResolver resolver = new DnsJavaResolver(servers, patience, mostInFlight, clock);
    open.push(resolver::close);
    return resolver;
  }

  void later(Duration time) {
    ahead.addAndGet(time.toNanos());
  }

  static Answer ask(DnsJavaResolver dns, String name, DnsType type) {
    return dns.query(new DnsName(name), type, Deadline.in(Duration.ofSeconds(20)));
  }

  private FakeNameServer opened(FakeNameServer server) {
    open.push(server);
    return server;
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }
}
