package dev.postern.evidence;

import dev.postern.evidence.dmarc.DmarcCheck;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything found out about one message, complete enough to be judged and checked again a year
 * later.
 *
 * @param origin computed by us or reported by a gateway
 * @param at when it was examined, seconds since 1970: signatures with t= and x= are judged by it
 * @param spf SPF of the MAIL FROM identity; of HELO for the null sender (RFC 7208 §2.4)
 * @param helo SPF of the HELO identity
 * @param dkim one finding per signature, in message order; empty for an unsigned message
 * @param arc the ARC chain
 * @param dmarc DMARC of the From domain
 * @param reported what gateways of the firm wrote into the message
 * @param signals further facts, in a stable order
 * @param dns every DNS question used, in a stable order (name, then type)
 */
public record Evidence(
    Origin origin,
    long at,
    SpfFinding spf,
    SpfFinding helo,
    List<DkimFinding> dkim,
    ArcFinding arc,
    DmarcFinding dmarc,
    List<ReportedResult> reported,
    List<Signal> signals,
    List<DnsRecord> dns) {

  /** Copies the lists, so that evidence never changes. */
  public Evidence {
    dkim = List.copyOf(dkim);
    reported = List.copyOf(reported);
    signals = List.copyOf(signals);
    dns = List.copyOf(dns);
  }

  /**
   * What there is where no message was examined, and somebody asks for something.
   *
   * @param terms exactly what for: whoever decides about it decides about these
   */
  public static Evidence asked(Map<String, String> terms, Instant at) {
    return new Evidence(
        new Origin.Asked(new TreeMap<>(terms)),
        at.getEpochSecond(),
        SpfFinding.unchecked(SpfFinding.Identity.MAILFROM),
        SpfFinding.unchecked(SpfFinding.Identity.HELO),
        List.of(),
        ArcFinding.none(),
        DmarcCheck.without(DmarcResult.NONE, "", "there is no message"),
        List.of(),
        List.of(),
        List.of());
  }

  /** The same evidence with what fields of the message claim. */
  Evidence with(Hearsay hearsay) {
    List<Signal> all = Stream.concat(signals.stream(), hearsay.forgeries().stream()).toList();
    return new Evidence(origin, at, spf, helo, dkim, arc, dmarc, hearsay.reported(), all, dns);
  }

  /** The same evidence with these signals. */
  Evidence raising(List<Signal> raised) {
    return new Evidence(origin, at, spf, helo, dkim, arc, dmarc, reported, raised, dns);
  }

  /** Whether a result may differ when it is examined again, because DNS did not answer. */
  public boolean uncertain() {
    return spf.result() == SpfResult.TEMPERROR
        || dmarc.result() == DmarcResult.TEMPERROR
        || arc.undecided()
        || dkim.stream().anyMatch(d -> d.result() == DkimResult.TEMPERROR);
  }
}
