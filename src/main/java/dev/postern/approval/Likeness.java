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
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Like;
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
    List<String> facts = new ArrayList<>();
    facts.add(says(evidence, kind));
    facts.add("source " + it.hold().source());
    facts.add("gateway " + it.gateway());
    facts.add("policy " + ruling.policyVersion());
    facts.add("rule " + ruling.rule());
    facts.add("action " + ruling.action());
    facts.addAll(found(evidence));
    it.report().map(Likeness::reported).ifPresent(facts::add);
    return Optional.of(digest(facts));
  }

  /** Only who proves to be the From domain answers for where links to that domain lead. */
  private static String says(Evidence evidence, Fingerprint kind) {
    boolean proved =
        evidence.origin() instanceof Origin.Computed
            && evidence.dmarc().result() == DmarcResult.PASS;
    return proved ? "kind " + kind.kind() : "strict " + kind.strict();
  }

  /** Each with its length, so that none runs into the next. */
  private static Digest digest(List<String> facts) {
    return Digest.of(
        facts.stream().map(f -> f.length() + ":" + f).collect(Collectors.joining("\n")));
  }

  /** The message of a case as one that others must be like. */
  static Like sample(CaseFile it, Evidence evidence, Fingerprint kind) {
    return new Like(
        it.id().text(),
        says(evidence, kind),
        digest(found(evidence)).hex(),
        digest(reported(it.report())).hex(),
        Brake.oneLine(it.message().subject()));
  }

  /**
   * Whether a message is like a sample. To be let pass it must say the same, and what was found of
   * it must be the same, too: a gateway that has not spoken yet does not matter. To be stopped it
   * is enough that it says the same.
   */
  static boolean alike(
      Like sample,
      Kind kind,
      Evidence evidence,
      Optional<GatewayReport> report,
      Fingerprint print) {
    boolean same =
        sample.says().equals("kind " + print.kind())
            || sample.says().equals("strict " + print.strict());
    return same && (kind == Kind.BLOCK || foundAlike(sample, evidence, report));
  }

  private static boolean foundAlike(
      Like sample, Evidence evidence, Optional<GatewayReport> report) {
    return evidence.origin() instanceof Origin.Computed
        && sample.found().equals(digest(found(evidence)).hex())
        && (report.isEmpty() || sample.reported().equals(digest(reported(report)).hex()));
  }

  private static List<String> reported(Optional<GatewayReport> report) {
    return report.map(Likeness::reported).stream().toList();
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
