package dev.postern.evidence;

import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageHash;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evaluates a message again from the DNS answers that its evidence recorded, as of the time it was
 * examined: offline, and with the same verdicts. Reasons are worked out as by {@link
 * Examiner#with}.
 */
public final class Replay {

  /** Nothing is waited for. */
  private static final Duration BUDGET = Duration.ofMinutes(1);

  /** An envelope names somebody; no check depends on whom. */
  private static final EmailAddress ANYBODY =
      new EmailAddress("postmaster", new DomainName("localhost"));

  private Replay() {}

  /**
   * The evidence that the recorded answers give now. Signals and what gateways report are left out:
   * they depend on settings.
   *
   * @throws IllegalArgumentException if {@code recorded} was reported by a gateway, or is about
   *     another message
   */
  public static Evidence of(Evidence recorded, RawMessage message) {
    if (!(recorded.origin() instanceof Origin.Computed origin)) {
      throw new IllegalArgumentException("the evidence was reported by a gateway, not computed");
    }
    if (!origin.messageSha256().equals(MessageHash.of(message))) {
      throw new IllegalArgumentException(
          "the evidence is about another message, with SHA-256 " + origin.messageSha256());
    }
    Home home = new Home(Set.of(), trusted(recorded.arc()), Set.of(), Set.of(), List.of());
    return new Examiner(new Recorded(recorded.dns()), BUDGET, home)
        .with(new Signals(home, Acquaintance.withEverybody()))
        .examine(envelope(origin), message, Instant.ofEpochSecond(recorded.at()))
        .raising(List.of());
  }

  /** Which of SPF, HELO, DKIM, ARC and DMARC differ between two pieces of evidence. */
  public static List<String> differences(Evidence one, Evidence other) {
    List<String> different = new ArrayList<>();
    Map<String, Object> others = verdicts(other);
    verdicts(one)
        .forEach(
            (check, verdict) -> {
              if (!verdict.equals(others.get(check))) {
                different.add(check);
              }
            });
    different.sort(null);
    return different;
  }

  private static Map<String, Object> verdicts(Evidence it) {
    return Map.of(
        "SPF", it.spf(),
        "SPF of HELO", it.helo(),
        "DKIM", it.dkim(),
        "ARC", it.arc(),
        "DMARC", it.dmarc());
  }

  private static Envelope envelope(Origin.Computed origin) {
    return new Envelope(
        EmailAddress.parse(origin.mailFrom()),
        List.of(ANYBODY),
        InetAddress.ofLiteral(origin.clientIp()),
        origin.helo());
  }

  /** Whom settings trusted then, as far as it matters for this chain. */
  private static Set<DomainName> trusted(ArcFinding arc) {
    return arc.hops().stream()
        .filter(ArcHop::trusted)
        .flatMap(hop -> DomainName.parse(hop.sealer()).stream())
        .collect(Collectors.toSet());
  }

  /** Knows what was recorded and nothing else. */
  private static final class Recorded implements Dns {
    private record Question(DnsName name, DnsType type) {}

    private final Map<Question, Answer> answers;

    Recorded(List<DnsRecord> records) {
      answers =
          records.stream()
              .collect(
                  Collectors.toMap(
                      it -> new Question(it.name(), it.type()),
                      DnsRecord::answer,
                      (first, _) -> first,
                      HashMap::new));
    }

    @Override
    public Answer query(DnsName name, DnsType type, Deadline by) {
      return answers.getOrDefault(new Question(name, type), Answer.failure("UNRECORDED"));
    }

    @Override
    public Optional<Answer> known(DnsName name, DnsType type) {
      return Optional.of(query(name, type, Deadline.in(Duration.ZERO)));
    }
  }
}
