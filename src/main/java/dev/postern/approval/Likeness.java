package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.Origin;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.mail.Fingerprint;
import dev.postern.policy.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What messages have in common that are decided together: what they say, what was found of them,
 * and what the policy said. Equal or not; there is no "nearly".
 */
final class Likeness {
  /** Of the second message the first one is an earlier contact. */
  private static final String FIRST_CONTACT = "first-contact";

  private Likeness() {}

  /**
   * The likeness of a case; empty where it is a matter of its own: what a gateway only reported, or
   * DNS left open.
   */
  static Optional<Digest> of(CaseFile it, Evidence evidence, Ruling ruling, Fingerprint kind) {
    if (!(evidence.origin() instanceof Origin.Computed) || evidence.uncertain()) {
      return Optional.empty();
    }
    // Only who proves to be the From domain answers for where links to that domain lead.
    boolean proved = evidence.dmarc().result() == DmarcResult.PASS;
    List<String> facts = new ArrayList<>();
    facts.add(proved ? "kind " + kind.kind() : "strict " + kind.strict());
    facts.add("source " + it.hold().source());
    facts.add("gateway " + it.gateway());
    facts.add("policy " + ruling.policyVersion());
    facts.add("rule " + ruling.rule());
    facts.add("action " + ruling.action());
    facts.addAll(found(evidence));
    it.report().map(Likeness::reported).ifPresent(facts::add);
    // Each with its length, so that none runs into the next.
    return Optional.of(
        Digest.of(facts.stream().map(f -> f.length() + ":" + f).collect(Collectors.joining("\n"))));
  }

  private static List<String> found(Evidence it) {
    List<String> facts = new ArrayList<>();
    facts.add("spf " + spf(it.spf()));
    facts.add("helo " + it.helo().result());
    facts.add("dkim " + it.dkim().stream().map(Likeness::dkim).sorted().toList());
    facts.add("arc " + it.arc().result() + " " + it.arc().sealers() + " " + it.arc().trusted());
    facts.add(
        "dmarc "
            + it.dmarc().result()
            + " "
            + it.dmarc().fromDomain()
            + " "
            + it.dmarc().policyDomain()
            + " "
            + it.dmarc().disposition());
    facts.add(
        "signals "
            + it.signals().stream()
                .map(Signal::name)
                .filter(name -> !name.equals(FIRST_CONTACT))
                .distinct()
                .sorted()
                .toList());
    return facts;
  }

  private static String spf(SpfFinding it) {
    return it.result() + " " + it.domain() + " " + it.aligned();
  }

  private static String dkim(DkimFinding it) {
    return it.result() + " " + it.domain() + " " + it.aligned() + " " + it.lengthTag();
  }

  /** What the gateway found by its own rules; how much of it varies with every message. */
  private static String reported(GatewayReport it) {
    return "report "
        + it.action()
        + " "
        + it.findings().stream().map(GatewayReport.Finding::name).distinct().sorted().toList();
  }
}
