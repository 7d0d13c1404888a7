package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.util.HashMap;
import java.util.Map;

/** The key records of one message: each name is asked once. */
final class KeyLookups {
  private final Dns dns;
  private final Deadline by;
  private final Map<DnsName, Answer> answers = new HashMap<>();

  KeyLookups(Dns dns, Deadline by) {
    this.dns = dns;
    this.by = by;
  }

  /** Says that the key will be needed; does not wait. */
  void start(DnsName name) {
    dns.expect(name, DnsType.TXT, by);
  }

  /** Waits for the answer, at most until the deadline. */
  Answer answer(DnsName name) {
    return answers.computeIfAbsent(name, n -> dns.query(n, DnsType.TXT, by));
  }
}
