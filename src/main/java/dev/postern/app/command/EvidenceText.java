package dev.postern.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.Cleaner;
import dev.postern.card.Cleaner.Kind;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.EvidenceJson;
import dev.postern.evidence.SpfFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Evidence for a terminal: a line per check, or the document. */
final class EvidenceText {
  private EvidenceText() {}

  /** The evidence document with its digest. */
  static String json(Evidence evidence) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("digest", EvidenceJson.digest(evidence).hex());
    try {
      document.setAll((ObjectNode) Json.read(EvidenceJson.write(evidence)));
    } catch (JsonProcessingException notOurDocument) {
      throw new IllegalStateException(notOurDocument);
    }
    return Json.write(document) + "\n";
  }

  /** One line per check. Text from outside is cleaned: it could steer the terminal. */
  static String lines(Evidence evidence) {
    List<String> lines = new ArrayList<>();
    lines.add(spf("spf", evidence.spf()));
    lines.add(spf("helo", evidence.helo()));
    evidence.dkim().forEach(signature -> lines.add(dkim(signature)));
    if (evidence.dkim().isEmpty()) {
      lines.add(line("dkim", "none", "no signature"));
    }
    String sealers =
        String.join(", ", evidence.arc().sealers().stream().map(EvidenceText::host).toList());
    lines.add(
        line("arc", evidence.arc().result().word(), join(sealers, words(evidence.arc().reason()))));
    lines.add(dmarc(evidence.dmarc()));
    lines.add(line("digest", EvidenceJson.digest(evidence).brief(), ""));
    return String.join("\n", lines) + "\n";
  }

  private static String spf(String label, SpfFinding spf) {
    String identity = spf.identity().name().toLowerCase(Locale.ROOT);
    String mechanism =
        spf.mechanism().isEmpty() ? "" : "matched " + Cleaner.clean(spf.mechanism(), Kind.TXT);
    return line(
        label,
        spf.result().word(),
        join(
            identity + " " + host(spf.domain()),
            aligned(spf.aligned()),
            mechanism,
            words(spf.problem())));
  }

  private static String dkim(DkimFinding dkim) {
    String key = dkim.keyBits() == 0 ? "" : dkim.keyBits() + " bits";
    String unsigned =
        dkim.unsignedOctets() == 0 ? "" : dkim.unsignedOctets() + " octets are not signed";
    return line(
        "dkim",
        dkim.result().word(),
        join(
            host(dkim.domain()),
            "selector " + host(dkim.selector()),
            Cleaner.clean(dkim.algorithm(), Kind.ID).text(),
            key,
            aligned(dkim.aligned()),
            unsigned,
            words(dkim.reason())));
  }

  private static String dmarc(DmarcFinding dmarc) {
    boolean record = !dmarc.policyDomain().isEmpty();
    return line(
        "dmarc",
        dmarc.result().word(),
        join(
            host(dmarc.fromDomain()),
            record ? "policy " + dmarc.policy().word() + " at " + host(dmarc.policyDomain()) : "",
            record ? "asks for " + dmarc.disposition().word() : "",
            dmarc.testMode() ? "in test mode" : "",
            words(dmarc.problem())));
  }

  private static String host(String name) {
    return Cleaner.clean(name, Kind.HOST).text();
  }

  /** Our own words, but names of the sender's choice can stand in them. */
  private static String words(String problem) {
    return Cleaner.clean(problem, Kind.TXT).text();
  }

  private static String aligned(boolean aligned) {
    return aligned ? "aligned" : "not aligned";
  }

  private static String join(String... parts) {
    return String.join(", ", List.of(parts).stream().filter(p -> !p.isBlank()).toList());
  }

  private static String line(String label, String result, String rest) {
    return "%-7s %-10s %s".formatted(label, result, rest).stripTrailing();
  }
}
