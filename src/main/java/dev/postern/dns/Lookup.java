package dev.postern.dns;

import dev.postern.dns.NameServer.Heard;
import dev.postern.dns.Replies.Reading;
import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DnsType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;

/**
 * One question, asked of the servers in order until one answers it. Who says that it cannot is not
 * asked again; who says nothing is, in later rounds, while there is time. Aliases are followed also
 * when the server does not.
 */
final class Lookup {

  /** One question, over all servers, rounds and aliases, whatever its askers wait. */
  static final Duration LONGEST = Duration.ofSeconds(8);

  /** With one server that loses what it is sent: 2, 4 and 6 s after the first. */
  private static final int ROUNDS = 4;

  private final List<NameServer> servers;
  private final DnsType type;
  private final Deadline by = Deadline.in(LONGEST);

  Lookup(List<NameServer> servers, DnsType type) {
    this.servers = servers;
    this.type = type;
  }

  Answer of(Name name) {
    Name owner = name;
    long ttl = Replies.LONGEST_TTL;
    boolean authenticated = true;
    for (int aliases = 0; aliases <= Replies.MOST_ALIASES; aliases++) {
      switch (reading(owner)) {
        case Reading.Answered(Answer end) -> {
          return behindAliases(end, ttl, authenticated);
        }
        case Reading.Failed(String rcode) -> {
          return Answer.failure(rcode);
        }
        case Reading.Alias alias -> {
          owner = alias.end();
          aliases += alias.aliases() - 1;
          ttl = Math.min(ttl, alias.ttl());
          authenticated &= alias.authenticated();
        }
      }
    }
    return Answer.failure("ALIASES");
  }

  /** What one of the servers says; else how the last one that said anything put its failure. */
  private Reading reading(Name owner) {
    List<NameServer> left = inOrder();
    Reading failure = new Reading.Failed("TIMEOUT");
    boolean anyReply = false;
    for (int round = 0; round < ROUNDS; round++) {
      for (NameServer server : List.copyOf(left)) {
        if (Thread.currentThread().isInterrupted()) {
          return new Reading.Failed("CLOSED");
        }
        if (by.passed()) {
          return failure;
        }
        switch (server.ask(owner, type, by)) {
          case Heard.Reply(var message) -> {
            Reading reading = Replies.read(message, owner, type);
            if (!(reading instanceof Reading.Failed)) {
              return reading;
            }
            failure = reading;
            anyReply = true;
            left.remove(server);
          }
          case Heard.Nothing(String why) -> {
            failure = anyReply ? failure : new Reading.Failed(why);
          }
        }
      }
    }
    return failure;
  }

  private List<NameServer> inOrder() {
    List<NameServer> first = new ArrayList<>(servers);
    List<NameServer> last = new ArrayList<>();
    first.removeIf(server -> server.shunned() && last.add(server));
    first.addAll(last);
    return first;
  }

  private static Answer behindAliases(Answer end, long ttl, boolean authenticated) {
    return ttl >= end.ttl() && (authenticated || !end.authenticated())
        ? end
        : new Answer(
            end.status(),
            end.data(),
            Math.min(ttl, end.ttl()),
            authenticated && end.authenticated(),
            end.rcode(),
            false);
  }
}
