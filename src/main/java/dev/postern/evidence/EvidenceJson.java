package dev.postern.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
      case Origin.Computed(String messageSha256) -> {
        document.put("kind", "computed");
        document.put("messageSha256", messageSha256);
      }
      case Origin.Reported(String gateway) -> {
        document.put("kind", "reported");
        document.put("gateway", gateway);
      }
    }
    document.put("at", evidence.at());
    document.put("spf", spf(evidence.spf()));
    document.put("helo", spf(evidence.helo()));
    document.put("dkim", evidence.dkim().stream().map(EvidenceJson::dkim).toList());
    document.put("arc", arc(evidence.arc()));
    document.put("dmarc", dmarc(evidence.dmarc()));
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
        "mechanism", spf.mechanism(),
        "explanation", spf.explanation(),
        "problem", spf.problem(),
        "aligned", spf.aligned());
  }

  private static Map<String, Object> dkim(DkimFinding dkim) {
    return Map.of(
        "result", dkim.result().word(),
        "domain", dkim.domain(),
        "selector", dkim.selector(),
        "algorithm", dkim.algorithm(),
        "keyBits", dkim.keyBits(),
        "reason", dkim.reason(),
        "unsignedOctets", dkim.unsignedOctets(),
        "aligned", dkim.aligned());
  }

  private static Map<String, Object> arc(ArcFinding arc) {
    return Map.of("result", arc.result().word(), "sealers", arc.sealers(), "reason", arc.reason());
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
        "authenticated", answer.authenticated());
  }
}
