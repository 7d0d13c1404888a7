package dev.postern.app.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.postern.dns.DnsJavaResolver;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Evaluates a corpus again and again, one message at a time, and takes the time. */
public final class EvidenceBench {
  private static final Duration BUDGET = Duration.ofSeconds(20);

  private final List<Corpus.Item> corpus;
  private final InetSocketAddress nameServer;
  private final Instant at;

  /**
   * What a run came to.
   *
   * @param messages evaluated in the timed part
   * @param cpuSeconds of the whole process, compiler and collector included
   * @param wallSeconds by the clock
   * @param p50 milliseconds within which half of the evaluations ended
   * @param p90 the same for 90 of 100
   * @param p99 the same for 99 of 100
   * @param verdicts one line per message of the last pass: id, SPF, domains whose DKIM signature
   *     passes, DMARC, ARC, between tabs
   */
  public record Figures(
      int messages,
      double cpuSeconds,
      double wallSeconds,
      double p50,
      double p90,
      double p99,
      String verdicts) {}

  /** A bench that asks {@code nameServer} and judges signatures as of {@code at}. */
  public EvidenceBench(List<Corpus.Item> corpus, InetSocketAddress nameServer, Instant at) {
    this.corpus = corpus;
    this.nameServer = nameServer;
    this.at = at;
  }

  /**
   * Runs.
   *
   * @param cold whether every message starts with an empty DNS cache
   * @param warmup passes before the clock starts
   * @param passes timed passes, at least one
   */
  public Figures run(boolean cold, int warmup, int passes) {
    try (DnsJavaResolver resolver = resolver()) {
      Examiner examiner = examiner(resolver);
      double[] millis = new double[corpus.size() * passes];
      Evidence[] last = new Evidence[corpus.size()];
      for (int pass = 0; pass < warmup; pass++) {
        pass(examiner, cold, new double[corpus.size()], 0, last);
      }
      OperatingSystemMXBean process =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
      long cpu = process.getProcessCpuTime();
      long wall = System.nanoTime();
      for (int pass = 0; pass < passes; pass++) {
        pass(examiner, cold, millis, pass * corpus.size(), last);
      }
      double wallSeconds = (System.nanoTime() - wall) / 1e9;
      double cpuSeconds = (process.getProcessCpuTime() - cpu) / 1e9;
      Arrays.sort(millis);
      return new Figures(
          millis.length,
          cpuSeconds,
          wallSeconds,
          quantile(millis, 0.5),
          quantile(millis, 0.9),
          quantile(millis, 0.99),
          verdicts(last));
    }
  }

  private void pass(Examiner warm, boolean cold, double[] millis, int offset, Evidence[] found) {
    for (int i = 0; i < corpus.size(); i++) {
      if (cold) {
        try (DnsJavaResolver fresh = resolver()) {
          millis[offset + i] = evaluate(examiner(fresh), i, found);
        }
      } else {
        millis[offset + i] = evaluate(warm, i, found);
      }
    }
  }

  private double evaluate(Examiner examiner, int i, Evidence[] found) {
    Corpus.Item item = corpus.get(i);
    long started = System.nanoTime();
    found[i] = examiner.examine(item.envelope(), item.raw(), at);
    return (System.nanoTime() - started) / 1e6;
  }

  private String verdicts(Evidence[] found) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < found.length; i++) {
      lines.append(corpus.get(i).id()).append('\t').append(verdict(found[i])).append('\n');
    }
    return lines.toString();
  }

  private static String verdict(Evidence evidence) {
    String signers =
        evidence.dkim().stream()
            .filter(dkim -> dkim.result() == DkimResult.PASS)
            .map(DkimFinding::domain)
            .sorted()
            .distinct()
            .collect(Collectors.joining(","));
    return String.join(
        "\t",
        evidence.spf().result().word(),
        signers.isEmpty() ? "-" : signers,
        evidence.dmarc().result().word(),
        evidence.arc().result().word());
  }

  private static double quantile(double[] ascending, double share) {
    return ascending[Math.min(ascending.length - 1, (int) (share * ascending.length))];
  }

  private DnsJavaResolver resolver() {
    return new DnsJavaResolver(List.of(nameServer));
  }

  private static Examiner examiner(DnsJavaResolver resolver) {
    return new Examiner(resolver, BUDGET, Home.unknown());
  }
}
