package dev.postern.card;

import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.approval.CaseBuilder.releaseTo;
import static dev.postern.evidence.EvidenceBuilder.aSpoof;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static dev.postern.evidence.EvidenceBuilder.dkimFinding;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.approval.Stage;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.MessageSummary.Attachment;
import dev.postern.policy.StagePlan.ReasonRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One case for each thing that a card can say. Renderers draw them in their own tests. */
public final class SampleCases {
  private static final String QUEUED = "250 2.0.0 Ok: queued as 4XyZ1k3vQ9z2";

  private SampleCases() {}

  /** All of them by name. */
  public static Map<String, CaseFile> all() {
    Map<String, CaseBuilder> cases = new LinkedHashMap<>();
    asking(cases);
    decided(cases);
    ended(cases);
    Map<String, CaseFile> built = new LinkedHashMap<>();
    cases.forEach((name, it) -> built.put(name, it.build()));
    return built;
  }

  /** One case as it goes on: asked, voted on, decided, delayed, failed and asked again. */
  static List<CaseFile> stages(CaseId id) {
    Map<String, CaseBuilder> cases = new LinkedHashMap<>();
    asking(cases);
    decided(cases);
    ended(cases);
    return Stream.of("pending-high", "voted", "releasing", "releasing-late", "release-failed")
        .map(name -> Objects.requireNonNull(cases.get(name)).id(id).build())
        .toList();
  }

  /** The spoofed brand that two people must agree on. */
  public static CaseBuilder spoofed() {
    return aCase()
        .from("service@paypal.com", "PayPal Service", "refunds@paypa1-help.example")
        .subject("Your account has been limited")
        .to("anna.kovacs@corp.example", "bo.lind@corp.example", "c_ortiz@corp.example")
        .mailFrom("bounce-77@mta.bulkhost.example")
        .content(
            List.of(new Attachment("Statement_Nov.pdf.exe", "application/pdf", 412_000)),
            "paypa1-login.example",
            "bit.ly")
        .evidence(aSpoof())
        .because("protected brand, DMARC fail")
        .quorum(2)
        .reasons(ReasonRule.RELEASE);
  }

  private static CaseBuilder agreed() {
    return spoofed()
        .voted("kim", "Kim Park", release(), "Customer confirmed by phone, known refund run")
        .voted("noor", "Noor Haddad", release(), "Checked with finance");
  }

  private static void asking(Map<String, CaseBuilder> cases) {
    cases.put("received", aCase().unexamined());
    cases.put("pending-high", spoofed());
    cases.put(
        "pending-low",
        aCase()
            .content(List.of(new Attachment("Plan_W48.xlsm", "application/octet-stream", 96_000))));
    cases.put("pending-low-reason", aCase().reasons(ReasonRule.ALWAYS));
    cases.put(
        "pending-lookalike",
        aCase()
            .from("billing@xn--nrthwind-nbh.example", "Northwind Billing", "")
            .evidence(
                anEvidence()
                    .fromDomain("xn--nrthwind-nbh.example")
                    .spf(SpfResult.PASS, "xn--nrthwind-nbh.example", true)
                    .dkim(dkimFinding(DkimResult.PASS, "xn--nrthwind-nbh.example", true))));
    cases.put(
        "pending-unknown",
        aCase()
            .evidence(
                anEvidence()
                    .spf(SpfResult.TEMPERROR, "supplier.example", true)
                    .dkim()
                    .arc(ArcResult.PASS, "lists.example")
                    .dmarc(DmarcResult.TEMPERROR)));
    cases.put(
        "pending-medium",
        aCase()
            .evidence(anEvidence().dkim(dkimFinding(DkimResult.FAIL, "supplier.example", true))));
    cases.put(
        "pending-bounce-reported",
        aCase().mailFrom("").evidence(anEvidence().reportedBy("edge-2")));
    cases.put(
        "voted",
        spoofed()
            .voted("kim", "Kim Park", release(), "Customer confirmed by phone, known refund run"));
  }

  private static void decided(Map<String, CaseBuilder> cases) {
    cases.put("releasing", agreed().decided(release()));
    cases.put(
        "releasing-late",
        agreed()
            .decided(release())
            .outcome(
                CaseState.DECIDED,
                List.of(
                    result(
                        "anna.kovacs",
                        Outcome.Kind.TEMP_FAIL,
                        "451 4.3.0 Temporary lookup failure"),
                    result("bo.lind", Outcome.Kind.TEMP_FAIL, "451 4.3.0 Temporary lookup failure"),
                    result("c_ortiz", Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED)))
            .trouble("The mail server did not take it yet. Next try at 2026-11-24T07:19:43Z."));
    cases.put("discarding", voteToDiscard().decided(discard()));
    cases.put(
        "released", agreed().decided(release()).done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED));
    cases.put(
        "released-chosen",
        spoofed()
            .quorum(1)
            .voted("kim", "Kim Park", releaseTo("bo.lind@corp.example"), "")
            .decided(releaseTo("bo.lind@corp.example"))
            .done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED));
    cases.put(
        "released-partial",
        agreed()
            .decided(release())
            .outcome(
                CaseState.DONE,
                List.of(
                    result("anna.kovacs", Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED),
                    result("bo.lind", Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED),
                    result(
                        "c_ortiz",
                        Outcome.Kind.PERM_FAIL,
                        "550 5.1.1 <c_ortiz@corp.example>: User unknown"))));
    cases.put(
        "released-by-rule",
        aCase()
            .decidedByRule(release(), "known-partner")
            .done(Outcome.Kind.DELIVERED_TO_NEXT_HOP, QUEUED));
    cases.put(
        "discarded", voteToDiscard().decided(discard()).done(Outcome.Kind.DISCARDED, "deleted"));
    cases.put(
        "discarded-by-rule",
        aCase().decidedByRule(discard(), "known-malware").done(Outcome.Kind.DISCARDED, ""));
  }

  private static CaseBuilder voteToDiscard() {
    return spoofed().voted("kim", "Kim Park", discard(), "");
  }

  private static void ended(Map<String, CaseBuilder> cases) {
    cases.put(
        "expired",
        spoofed()
            .voted("kim", "Kim Park", release(), "known refund run")
            .state(CaseState.EXPIRED)
            .stage(Stage.State.EXPIRED));
    cases.put(
        "release-failed",
        agreed()
            .decided(release())
            .done(Outcome.Kind.PERM_FAIL, "554 5.7.1 Message refused")
            .state(CaseState.FAILED)
            .stage(Stage.State.OPEN)
            .votesOfEarlierStage()
            .trouble("The mail server refused it."));
    cases.put(
        "release-not-proved",
        agreed()
            .decided(release())
            .done(Outcome.Kind.UNCERTAIN, "connection reset after DATA")
            .state(CaseState.FAILED)
            .trouble("The connection ended while the mail server was answering."));
    cases.put(
        "discard-failed",
        voteToDiscard()
            .decided(discard())
            .done(Outcome.Kind.PERM_FAIL, "permission denied")
            .state(CaseState.FAILED)
            .trouble("The mail server refused it."));
    cases.put(
        "withdrawn",
        agreed()
            .decided(release())
            .done(Outcome.Kind.NOT_FOUND, "no such id")
            .state(CaseState.WITHDRAWN));
  }

  private static Outcome.Result result(String who, Outcome.Kind kind, String words) {
    return new Outcome.Result(address(who + "@corp.example"), kind, words);
  }
}
