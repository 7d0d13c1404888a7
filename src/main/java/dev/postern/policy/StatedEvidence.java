package dev.postern.policy;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Origin;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfFinding.Identity;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Evidence of which a test states a part. What it leaves out is as with honest mail: where DMARC
 * passes, an aligned SPF and one aligned signature pass, too; where it does not, SPF fails and
 * there is no signature.
 */
final class StatedEvidence {
  private final StatedFacts facts;
  private final String fromDomain;
  private final DmarcResult dmarc;

  StatedEvidence(StatedFacts facts, String fromDomain) {
    this.facts = facts;
    this.fromDomain = fromDomain;
    this.dmarc =
        facts.word("dmarc.result", DmarcResult.values(), DmarcResult::word, DmarcResult.PASS);
  }

  Evidence read(Envelope envelope, Instant at) {
    Evidence evidence =
        new Evidence(
            origin(envelope),
            at.getEpochSecond(),
            spf(),
            helo(envelope),
            dkim(),
            arc(),
            dmarc(),
            reported(),
            facts.texts("signals", List.of()).stream().map(it -> Signal.of(it, Map.of())).toList(),
            List.of());
    if (evidence.uncertain() != facts.flag("uncertain", evidence.uncertain())) {
      facts.fault("uncertain", "uncertain is true because a result is temperror");
    }
    if (dmarc == DmarcResult.FAIL && Trial.proved(evidence)) {
      facts.fault(
          "dmarc.result",
          "DMARC does not fail beside an aligned SPF or DKIM that passes: aligned: false makes it"
              + " one of another domain");
    }
    return evidence;
  }

  private Origin origin(Envelope envelope) {
    return facts.flag("computed", true)
        ? new Origin.Computed(
            MessageHash.read("00"),
            envelope.clientIp().getHostAddress(),
            envelope.helo(),
            envelope.mailFromText())
        : new Origin.Reported(facts.text("source", "gateway"));
  }

  private SpfFinding spf() {
    boolean passes = dmarc == DmarcResult.PASS;
    SpfResult otherwise = passes ? SpfResult.PASS : SpfResult.FAIL;
    SpfResult result = facts.word("spf.result", SpfResult.values(), SpfResult::word, otherwise);
    String domain = facts.text("spf.domain", fromDomain);
    boolean aligned = facts.flag("spf.aligned", related(domain));
    return new SpfFinding(result, Identity.MAILFROM, domain, List.of(), 0, "", "", aligned);
  }

  private SpfFinding helo(Envelope envelope) {
    SpfResult result =
        facts.word("helo.result", SpfResult.values(), SpfResult::word, SpfResult.NONE);
    String domain = facts.text("helo.domain", envelope.helo());
    return new SpfFinding(result, Identity.HELO, domain, List.of(), 0, "", "", false);
  }

  private List<DkimFinding> dkim() {
    List<StatedFacts> signatures =
        facts.each("dkim").orElse(dmarc == DmarcResult.PASS ? List.of(facts.plain()) : List.of());
    return signatures.stream().map(this::signature).toList();
  }

  private DkimFinding signature(StatedFacts it) {
    String domain = it.text("domain", fromDomain);
    long unsigned = it.number("unsigned_octets", 0);
    return new DkimFinding(
        it.word("result", DkimResult.values(), DkimResult::word, DkimResult.PASS),
        domain,
        it.text("selector", "s1"),
        "",
        it.text("algorithm", "rsa-sha256"),
        (int) Math.min(Integer.MAX_VALUE, it.number("key_bits", 2048)),
        it.flag("testing", false),
        "",
        it.flag("length_tag", unsigned > 0),
        unsigned,
        0,
        it.flag("aligned", related(domain)));
  }

  private ArcFinding arc() {
    boolean chain = facts.has("arc");
    ArcResult result =
        facts.word(
            "arc.result",
            ArcResult.values(),
            ArcResult::word,
            chain ? ArcResult.PASS : ArcResult.NONE);
    boolean trusted = facts.flag("arc.trusted", false);
    if (trusted && result != ArcResult.PASS) {
      facts.fault("arc.trusted", "only a chain that passes is trusted");
    }
    List<String> some = result == ArcResult.NONE ? List.of() : List.of("forwarder.example");
    List<ArcHop> hops = new ArrayList<>();
    for (String sealer : facts.texts("arc.sealers", some)) {
      hops.add(new ArcHop(hops.size() + 1, sealer, "s1", trusted, ""));
    }
    return new ArcFinding(result, hops, "", facts.flag("uncertain", false));
  }

  private DmarcFinding dmarc() {
    DmarcPolicy policy =
        facts.word("dmarc.policy", DmarcPolicy.values(), DmarcPolicy::word, DmarcPolicy.NONE);
    DmarcPolicy otherwise = dmarc == DmarcResult.FAIL ? policy : DmarcPolicy.NONE;
    DmarcPolicy disposition =
        facts.word("dmarc.disposition", DmarcPolicy.values(), DmarcPolicy::word, otherwise);
    return new DmarcFinding(
        dmarc, fromDomain, fromDomain, fromDomain, policy, disposition, false, "", "");
  }

  private List<ReportedResult> reported() {
    return facts.each("reported").orElse(List.of()).stream()
        .map(
            it ->
                new ReportedResult(
                    it.text("authserv_id", "mx.here.example"),
                    it.text("method", "dmarc"),
                    it.text("result", "pass"),
                    "",
                    new TreeMap<>()))
        .toList();
  }

  /** Alignment as it is without a DMARC record of its own for the one below. */
  private boolean related(String domain) {
    return domain.equals(fromDomain)
        || domain.endsWith("." + fromDomain)
        || (fromDomain.endsWith("." + domain) && domain.contains("."));
  }
}
