package dev.postern.evidence.dmarc;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.MicroBenchmark;
import dev.postern.mail.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;

/** The DNS tree walk where every answer is known: what remains when nobody waits for DNS. */
public class TreeWalkBenchmark extends MicroBenchmark {
  private static final Answer NONE = Answer.without(Answer.Status.NXDOMAIN, 300);

  private final Map<String, Answer> answers =
      Map.of(
          "_dmarc.shop.example",
          record("v=DMARC1; p=reject; sp=quarantine; rua=mailto:dmarc@shop.example; adkim=r"),
          "_dmarc.example",
          record("v=DMARC1; p=none; psd=y"));

  private final Dns dns = (name, type, by) -> answers.getOrDefault(name.text(), NONE);
  private final Deadline by = Deadline.in(Duration.ofDays(1));
  private final DomainName domain = new DomainName("news.shop.example");
  private final DomainName longest = new DomainName("a.b.c.d.e.f.g.h.news.shop.example");

  /** Three questions, as for most mail. */
  @Benchmark
  public Optional<DomainName> threeLabels() {
    return TreeWalk.from(domain, dns, by).organizationalDomain();
  }

  /** Eight questions, the most that RFC 9989 §4.10 lets a name ask. */
  @Benchmark
  public Optional<DomainName> elevenLabels() {
    return TreeWalk.from(longest, dns, by).organizationalDomain();
  }

  private static Answer record(String text) {
    return Answer.of(List.of(text), 300, false);
  }
}
