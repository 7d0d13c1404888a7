package dev.postern.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.mail.MessageHash;

/** Reads the evidence document back into values; strict, since only we write it. */
final class EvidenceReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvidenceReader() {}

  static Evidence read(String document) {
    Members it = new Members(parse(document), "");
    if (it.integer("version") != EvidenceJson.VERSION) {
      throw new IllegalArgumentException("evidence version " + it.integer("version"));
    }
    return new Evidence(
        origin(it),
        it.integer("at"),
        spf(it.object("spf")),
        spf(it.object("helo")),
        it.list("dkim", EvidenceReader::dkim),
        arc(it.object("arc")),
        dmarc(it.object("dmarc")),
        it.list("reported", EvidenceReader::reported),
        it.list("signals", EvidenceReader::signal),
        it.list("dns", EvidenceReader::dns));
  }

  private static JsonNode parse(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException notJson) {
      throw new IllegalArgumentException("evidence is not JSON", notJson);
    }
  }

  private static Origin origin(Members it) {
    return switch (it.text("kind")) {
      case "computed" ->
          new Origin.Computed(
              MessageHash.read(it.text("messageSha256")),
              it.text("clientIp"),
              it.text("heloName"),
              it.text("mailFrom"));
      case "reported" -> new Origin.Reported(it.text("gateway"));
      case "asked" -> new Origin.Asked(it.object("terms").texts());
      default -> throw it.wrong("kind");
    };
  }

  private static SpfFinding spf(Members it) {
    return new SpfFinding(
        it.word("result", SpfResult.class),
        it.word("identity", SpfFinding.Identity.class),
        it.text("domain"),
        it.list("path", term -> new SpfTerm(term.text("domain"), term.text("term"))),
        it.count("lookups"),
        it.text("explanation"),
        it.text("problem"),
        it.truth("aligned"));
  }

  private static DkimFinding dkim(Members it) {
    return new DkimFinding(
        it.word("result", DkimResult.class),
        it.text("domain"),
        it.text("selector"),
        it.text("identity"),
        it.text("algorithm"),
        it.count("keyBits"),
        it.truth("testing"),
        it.text("reason"),
        it.truth("lengthTag"),
        it.integer("unsignedOctets"),
        it.integer("signedAt"),
        it.truth("aligned"));
  }

  private static ArcFinding arc(Members it) {
    return new ArcFinding(
        it.word("result", ArcResult.class),
        it.list("hops", EvidenceReader::hop),
        it.text("reason"),
        it.truth("undecided"));
  }

  private static ArcHop hop(Members it) {
    return new ArcHop(
        it.count("instance"),
        it.text("sealer"),
        it.text("selector"),
        it.truth("trusted"),
        it.text("claims"));
  }

  private static ReportedResult reported(Members it) {
    return new ReportedResult(
        it.text("authservId"),
        it.text("method"),
        it.text("result"),
        it.text("reason"),
        it.object("properties").texts());
  }

  private static Signal signal(Members it) {
    return new Signal(it.text("name"), it.object("values").texts());
  }

  private static DmarcFinding dmarc(Members it) {
    return new DmarcFinding(
        it.word("result", DmarcResult.class),
        it.text("fromDomain"),
        it.text("organizationalDomain"),
        it.text("policyDomain"),
        it.word("policy", DmarcPolicy.class),
        it.word("disposition", DmarcPolicy.class),
        it.truth("testMode"),
        it.text("record"),
        it.text("problem"));
  }

  private static DnsRecord dns(Members it) {
    Answer answer =
        new Answer(
            it.word("status", Answer.Status.class),
            it.texts("data"),
            it.integer("ttl"),
            it.truth("authenticated"),
            it.text("rcode"),
            it.truth("cached"));
    return new DnsRecord(
        new DnsName(it.text("name")), it.word("type", DnsType.class), answer, it.integer("millis"));
  }
}
