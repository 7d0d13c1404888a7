package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.TXT;

import com.google.common.base.Splitter;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.evidence.SpfFinding;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The wording table of the checks: fixed labels, the domain that was checked, and a sentence that
 * never says more than was proved.
 */
public final class Checks {
  private Checks() {}

  /** SPF, DKIM, DMARC and ARC, in this order. */
  public static List<Check> of(Evidence evidence) {
    return Stream.of(
            spf(evidence.spf()),
            dkim(evidence.dkim()),
            dmarc(evidence.dmarc()),
            arc(evidence.arc()))
        .map(check -> attributed(check, evidence.origin()))
        .toList();
  }

  private static Check attributed(Check check, Origin origin) {
    return switch (origin) {
      case Origin.Computed _ -> check;
      case Origin.Reported by ->
          new Check(
              check.label(),
              Line.of().addAll(check.value()).say(", says ").name(by.gateway()).runs(),
              check.sentence());
      case Origin.Asked _ -> check;
    };
  }

  private static Check spf(SpfFinding spf) {
    String d = spf.domain();
    return switch (spf.result()) {
      case PASS ->
          spf.aligned()
              ? check(
                  "SPF pass, aligned", d, "The server may send for #, and # is the From domain.")
              : check(
                  "SPF pass, not aligned",
                  d,
                  "The server may send for #, but # is not the From domain. It says nothing about"
                      + " who wrote this.");
      case FAIL -> check("SPF fail", d, "# says this server may not send for it.");
      case SOFTFAIL -> check("SPF softfail", d, "# says this server probably may not send for it.");
      case NEUTRAL -> check("SPF neutral", d, "# says nothing about this server.");
      case NONE -> check("SPF none", d, "# lists no servers.");
      case TEMPERROR -> unanswered("SPF not checked", d);
      case PERMERROR ->
          check(
              "SPF broken record",
              d,
              "# publishes a record that cannot be evaluated. Treated as no proof.");
    };
  }

  private static Check dkim(List<DkimFinding> all) {
    if (all.isEmpty()) {
      return new Check(
          "DKIM none", Line.own("no signature"), Line.own("The message is not signed."));
    }
    Check best = dkim(all.stream().min(BEST_FIRST).orElseThrow());
    int more = all.size() - 1;
    String others = more == 0 ? "" : " and " + more + " more";
    return new Check(
        best.label(), Line.of().addAll(best.value()).say(others).runs(), best.sentence());
  }

  private static final Comparator<DkimFinding> BEST_FIRST =
      Comparator.comparingInt((DkimFinding f) -> rank(f.result())).thenComparing(f -> !f.aligned());

  private static int rank(DkimResult result) {
    return switch (result) {
      case PASS -> 0;
      case TEMPERROR -> 1;
      case FAIL -> 2;
      case POLICY -> 3;
      case PERMERROR -> 4;
      case NEUTRAL -> 5;
    };
  }

  /** One signature. */
  private static Check dkim(DkimFinding one) {
    String d = one.domain();
    return switch (one.result()) {
      case PASS ->
          one.aligned()
              ? check(
                  "DKIM pass, aligned",
                  d,
                  "Signed by #, unchanged since, and # is the From domain.")
              : check(
                  "DKIM pass, not aligned",
                  d,
                  "Signed by #, unchanged since, but # is not the From domain.");
      case FAIL -> because("DKIM fail", one, "A signature that claims # does not match: ");
      case POLICY ->
          check(
              "DKIM too weak",
              d,
              "Signed by # with a key or method that is no longer accepted. Treated as no proof.");
      case NEUTRAL ->
          because("DKIM unusable", one, "A signature is present but cannot be judged: ");
      case TEMPERROR -> unanswered("DKIM not checked", d);
      case PERMERROR ->
          because("DKIM permerror", one, "No proof, since a signature of # cannot be verified: ");
    };
  }

  /** The reason is in our words, but names keys and fields as the message does. */
  private static Check because(String label, DkimFinding one, String sentence) {
    Line line = Line.of().addAll(sentence(sentence, one.domain()));
    return new Check(
        label, domain(one.domain()).runs(), line.quote(one.reason(), TXT).say(".").runs());
  }

  private static Check dmarc(DmarcFinding dmarc) {
    String d = dmarc.fromDomain();
    if (d.isEmpty()) {
      return new Check(
          "DMARC not possible",
          Line.own("no single From domain"),
          Line.own("The From header names no domain, or several."));
    }
    return switch (dmarc.result()) {
      case PASS ->
          check("DMARC pass", d, "Proved to come from #. That does not make # trustworthy.");
      case FAIL ->
          new Check(
              "DMARC fail",
              Line.of().say("policy of ").quote(d, HOST).say(" is " + dmarc.policy().word()).runs(),
              nothingProves(dmarc));
      case NONE ->
          new Check(
              "DMARC none",
              Line.own("the From domain publishes no policy"),
              Line.own("No policy, so nothing is promised."));
      case TEMPERROR -> unanswered("DMARC not checked", d);
      case PERMERROR ->
          check("DMARC broken record", d, "The policy of # cannot be read. Treated as none.");
    };
  }

  private static List<Run> nothingProves(DmarcFinding dmarc) {
    String asks =
        switch (dmarc.policy()) {
          case REJECT -> "# asks for such mail to be refused.";
          case QUARANTINE -> "# asks for such mail to be set aside.";
          case NONE -> "# only asks for reports.";
        };
    return sentence("Nothing proves #. " + asks, dmarc.fromDomain());
  }

  private static Check arc(ArcFinding arc) {
    return switch (arc.result()) {
      case NONE ->
          new Check(
              "ARC none",
              Line.own("no forwarder vouches for it"),
              Line.own("Not forwarded with seals."));
      case PASS -> {
        String sealer = arc.sealers().isEmpty() ? "" : arc.sealers().getLast();
        if (arc.trusted()) {
          yield new Check(
              "ARC pass",
              domain(sealer).say(", trusted here").runs(),
              sentence("# sealed it, and you trust its seals.", sealer));
        }
        yield new Check(
            "ARC pass",
            domain(sealer).say(", not trusted here").runs(),
            sentence("# sealed it, but anyone can seal. Its claims are not used.", sealer));
      }
      case FAIL ->
          new Check(
              "ARC fail",
              Line.own("seals broken, ignored"),
              Line.own("The chain is damaged. Its claims are not used."));
    };
  }

  private static Check unanswered(String label, String domain) {
    return new Check(
        label,
        domain(domain).say(", DNS did not answer").runs(),
        sentence("The lookup for # failed. It will be tried again; no conclusion yet.", domain));
  }

  private static Check check(String label, String domain, String sentence) {
    return new Check(label, domain(domain).runs(), sentence(sentence, domain));
  }

  /** A sentence with the domain at each #. */
  private static List<Run> sentence(String pattern, String domain) {
    Line line = Line.of();
    List<String> parts = Splitter.on('#').splitToList(pattern);
    line.say(parts.getFirst());
    for (String part : parts.subList(1, parts.size())) {
      line.addAll(domain(domain).runs()).say(part);
    }
    return line.runs();
  }

  private static Line domain(String name) {
    return name.isEmpty() ? Line.of().say("no domain") : Line.of().quote(name, HOST);
  }
}
