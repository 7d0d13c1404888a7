package dev.postern.evidence.authres;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;

/** Says what was found in a field that others can read (RFC 8601 §2.2, §2.7). */
public final class ResultsWriter {
  private ResultsWriter() {}

  /**
   * The value of the Authentication-Results field for {@code evidence}, folded with CRLF and
   * without the line end behind it: SPF, each DKIM signature, DMARC and ARC. What it carries of the
   * message is quoted where need be and bounded in length; ASCII only.
   *
   * @param authservId the name that vouches for it
   * @throws IllegalArgumentException for evidence that a gateway reported: we vouch for nothing
   *     that we did not evaluate (RFC 8601 §2.5)
   */
  public static String write(String authservId, Evidence evidence) {
    if (evidence.origin() instanceof Origin.Reported(String gateway)) {
      throw new IllegalArgumentException("evidence is reported by " + gateway + ", not computed");
    }
    FieldWriter field = new FieldWriter().word(FieldWriter.quoted(authservId));
    spf(field.nextResult(), evidence.spf());
    if (evidence.helo().result() != SpfResult.NONE) {
      spf(field.nextResult(), evidence.helo());
    }
    if (evidence.dkim().isEmpty()) {
      field.nextResult().word("dkim=none");
    }
    evidence.dkim().forEach(it -> dkim(field.nextResult(), it));
    dmarc(field.nextResult(), evidence.dmarc());
    arc(field.nextResult(), evidence.arc());
    return field.value();
  }

  private static void spf(FieldWriter field, SpfFinding spf) {
    String property = spf.identity() == SpfFinding.Identity.HELO ? "smtp.helo" : "smtp.mailfrom";
    field
        .word("spf=" + spf.result().word())
        .pair("reason", spf.problem())
        .pair(property, spf.domain());
  }

  private static void dkim(FieldWriter field, DkimFinding dkim) {
    field
        .word("dkim=" + dkim.result().word())
        .pair("reason", dkim.reason())
        .pair("header.d", dkim.domain())
        .pair("header.i", dkim.identity())
        .pair("header.s", dkim.selector())
        .pair("header.a", dkim.algorithm());
  }

  private static void dmarc(FieldWriter field, DmarcFinding dmarc) {
    field
        .word("dmarc=" + dmarc.result().word())
        .pair("reason", dmarc.problem())
        .pair("header.from", dmarc.fromDomain());
    if (dmarc.result() == DmarcResult.FAIL) {
      field.pair("policy.dmarc", dmarc.disposition().word());
    }
  }

  private static void arc(FieldWriter field, ArcFinding arc) {
    field.word("arc=" + arc.result().word()).pair("reason", arc.reason());
  }
}
