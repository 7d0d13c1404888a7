package dev.postern.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * The evidence document: canonical JSON (RFC 8785), so that equal evidence has equal text and an
 * equal {@link Digest}. Member {@code version} is 1; a later form gets a later number and this one
 * stays readable.
 */
public final class EvidenceJson {
  static final int VERSION = 1;

  private EvidenceJson() {}

  /** The document of {@code evidence}. {@link #read} gives back an equal value. */
  public static String write(Evidence evidence) {
    Map<String, Object> document = new HashMap<>();
    document.put("version", VERSION);
    switch (evidence.origin()) {
      case Origin.Computed it -> {
        document.put("kind", "computed");
        document.put("messageSha256", it.messageSha256().hex());
        document.put("clientIp", it.clientIp());
        document.put("heloName", it.helo());
        document.put("mailFrom", it.mailFrom());
      }
      case Origin.Reported(String gateway) -> {
        document.put("kind", "reported");
        document.put("gateway", gateway);
      }
      case Origin.Asked(SortedMap<String, String> terms) -> {
        document.put("kind", "asked");
        document.put("terms", terms);
      }
    }
    document.put("at", evidence.at());
    document.put("spf", spf(evidence.spf()));
    document.put("helo", spf(evidence.helo()));
    document.put("dkim", evidence.dkim().stream().map(EvidenceJson::dkim).toList());
    document.put("arc", arc(evidence.arc()));
    document.put("dmarc", dmarc(evidence.dmarc()));
    document.put("reported", evidence.reported().stream().map(EvidenceJson::reported).toList());
    document.put("signals", evidence.signals().stream().map(EvidenceJson::signal).toList());
    document.put("dns", evidence.dns().stream().map(EvidenceJson::dns).toList());
    return CanonicalJson.write(document);
  }

  /** The digest of the document of {@code evidence}. */
  public static Digest digest(Evidence evidence) {
    return Digest.of(write(evidence));
  }

  /**
   * The evidence of a document that {@link #write} made.
   *
   * @throws IllegalArgumentException if it is none, naming the member
   */
  public static Evidence read(String document) {
    return EvidenceReader.read(document);
  }

  private static Map<String, Object> spf(SpfFinding spf) {
    return Map.of(
        "result", spf.result().word(),
        "identity", spf.identity().name().toLowerCase(Locale.ROOT),
        "domain", spf.domain(),
        "path", spf.path().stream().map(EvidenceJson::term).toList(),
        "lookups", spf.lookups(),
        "explanation", spf.explanation(),
        "problem", spf.problem(),
        "aligned", spf.aligned());
  }

  private static Map<String, Object> term(SpfTerm term) {
    return Map.of("domain", term.domain(), "term", term.term());
  }

  private static Map<String, Object> dkim(DkimFinding dkim) {
    return Map.ofEntries(
        Map.entry("result", dkim.result().word()),
        Map.entry("domain", dkim.domain()),
        Map.entry("selector", dkim.selector()),
        Map.entry("identity", dkim.identity()),
        Map.entry("algorithm", dkim.algorithm()),
        Map.entry("keyBits", dkim.keyBits()),
        Map.entry("testing", dkim.testing()),
        Map.entry("reason", dkim.reason()),
        Map.entry("lengthTag", dkim.lengthTag()),
        Map.entry("unsignedOctets", dkim.unsignedOctets()),
        Map.entry("signedAt", dkim.signedAt()),
        Map.entry("aligned", dkim.aligned()));
  }

  private static Map<String, Object> arc(ArcFinding arc) {
    return Map.of(
        "result", arc.result().word(),
        "hops", arc.hops().stream().map(EvidenceJson::hop).toList(),
        "reason", arc.reason(),
        "undecided", arc.undecided());
  }

  private static Map<String, Object> hop(ArcHop hop) {
    return Map.of(
        "instance", hop.instance(),
        "sealer", hop.sealer(),
        "selector", hop.selector(),
        "trusted", hop.trusted(),
        "claims", hop.claims());
  }

  private static Map<String, Object> reported(ReportedResult it) {
    return Map.of(
        "authservId", it.authservId(),
        "method", it.method(),
        "result", it.result(),
        "reason", it.reason(),
        "properties", it.properties());
  }

  private static Map<String, Object> signal(Signal signal) {
    return Map.of("name", signal.name(), "values", signal.values());
  }

  private static Map<String, Object> dmarc(DmarcFinding dmarc) {
    return Map.of(
        "result", dmarc.result().word(),
        "fromDomain", dmarc.fromDomain(),
        "organizationalDomain", dmarc.organizationalDomain(),
        "policyDomain", dmarc.policyDomain(),
        "policy", dmarc.policy().word(),
        "disposition", dmarc.disposition().word(),
        "testMode", dmarc.testMode(),
        "record", dmarc.record(),
        "problem", dmarc.problem());
  }

  private static Map<String, Object> dns(DnsRecord record) {
    Answer answer = record.answer();
    List<String> data = answer.data();
    return Map.of(
        "name", record.name().text(),
        "type", record.type().name(),
        "status", answer.status().name(),
        "data", data,
        "ttl", answer.ttl(),
        "authenticated", answer.authenticated(),
        "rcode", answer.rcode(),
        "cached", answer.cached(),
        "millis", record.millis());
  }
}
