package dev.postern.dns;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsType;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * One recursive name server: asked by UDP, by TCP for what does not fit, without EDNS where it does
 * not know that; and whether it has been silent. Safe for many threads.
 */
final class NameServer {

  /** DNS flag day 2020: what passes without fragments. */
  private static final int UDP_PAYLOAD = 1232;

  /** For how long a server that says nothing is asked after the others. */
  private static final long SHUNNED = Duration.ofSeconds(30).toNanos();

  private final InetSocketAddress address;
  private final Duration patience;
  private final Ticker clock;

  /** When it last said anything, on {@link #clock}. */
  private final AtomicLong heard;

  /** Until when it is shunned; the moment it was heard for a server that answers. */
  private final AtomicLong shunnedUntil;

  /** Found out by its errors; at worst a server that learns EDNS later sends more by TCP. */
  private volatile boolean withoutEdns;

  /** What came of a question. */
  sealed interface Heard {
    /** It answered; perhaps that it cannot answer. */
    record Reply(Message message) implements Heard {}

    /** It did not answer, or not in a form that can be read. */
    record Nothing(String why) implements Heard {}
  }

  NameServer(InetSocketAddress address, Duration patience, Ticker clock) {
    this.address = address;
    this.patience = patience;
    this.clock = clock;
    long now = clock.read();
    this.heard = new AtomicLong(now);
    this.shunnedUntil = new AtomicLong(now);
  }

  /** Asks once and waits as long as its patience, and no longer than {@code by}. */
  Heard ask(Name name, DnsType type, Deadline by) {
    boolean edns = !withoutEdns;
    Heard first = exchange(name, type, edns, by);
    if (!edns || !misunderstood(first)) {
      return first;
    }
    Heard second = exchange(name, type, false, by); // RFC 6891 §7
    if (second instanceof Heard.Reply && !misunderstood(second)) {
      withoutEdns = true;
    }
    return second;
  }

  /**
   * Whether other servers should be asked first, because this one said nothing the last time. When
   * that is a while ago, one question is told otherwise and finds out.
   */
  boolean shunned() {
    long until = shunnedUntil.get();
    long now = clock.read();
    if (until - now > 0) {
      return true;
    }
    boolean silentSince = until - heard.get() > 0;
    return silentSince && !shunnedUntil.compareAndSet(until, now + SHUNNED);
  }

  private static boolean misunderstood(Heard heard) {
    return heard instanceof Heard.Reply(Message reply)
        && switch (reply.getRcode()) {
          case Rcode.FORMERR, Rcode.NOTIMP, Rcode.BADVERS -> true;
          default -> false;
        };
  }

  private Heard exchange(Name name, DnsType type, boolean edns, Deadline end) {
    byte[] question = question(name, type, edns).toWire();
    long asked = clock.read();
    boolean whole = end.left().compareTo(patience) >= 0;
    Deadline by = whole ? Deadline.in(patience) : end;
    try {
      byte[] reply = Wire.udp(address, question, by);
      hear();
      return read(Wire.truncated(reply) ? Wire.tcp(address, question, by) : reply);
    } catch (SocketTimeoutException silence) {
      if (whole) {
        shun(asked);
      }
      return new Heard.Nothing("TIMEOUT");
    } catch (IOException noWay) {
      shun(asked);
      return new Heard.Nothing("UNREACHABLE");
    }
  }

  static Heard read(byte[] reply) {
    try {
      return new Heard.Reply(new Message(reply));
    } catch (IOException | RuntimeException malformed) {
      // Whatever the library throws at hostile octets, they are no answer.
      return new Heard.Nothing("MALFORMED");
    }
  }

  private void hear() {
    long now = clock.read();
    heard.set(now);
    shunnedUntil.set(now);
  }

  /** One slow question is no silence: only if nothing at all came since it was asked. */
  private void shun(long asked) {
    if (heard.get() - asked <= 0) {
      shunnedUntil.set(clock.read() + SHUNNED);
    }
  }

  /** AD in a question asks whether the answer is authenticated (RFC 6840 §5.7). */
  private static Message question(Name name, DnsType type, boolean edns) {
    Message message = Message.newQuery(Record.newRecord(name, Type.value(type.name()), DClass.IN));
    message.getHeader().setFlag(Flags.AD);
    if (edns) {
      message.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
    }
    return message;
  }
}
