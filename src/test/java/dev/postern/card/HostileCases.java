package dev.postern.card;

import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.release;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;

import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Outcome;
import dev.postern.evidence.Answer;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsRecord;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import dev.postern.evidence.signal.SignalKind;
import dev.postern.mail.MessageSummary;
import dev.postern.mail.MessageSummary.Attachment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Cases in which somebody wrote to each place that can be written to from outside. */
public final class HostileCases {
  /** All names of values that signals have. */
  private static final List<String> VALUES =
      List.of(
          "authserv-id",
          "by",
          "client-ip",
          "colleague",
          "content",
          "declared",
          "domain",
          "file",
          "from",
          "helo",
          "how",
          "mail-from",
          "names",
          "reads-as",
          "reply-to",
          "resembles",
          "shown",
          "target",
          "with");

  private HostileCases() {}

  /** The text in each place that a sender, a server or a person can write to. */
  public static List<CaseFile> of(String raw) {
    return builders(raw).map(CaseBuilder::build).toList();
  }

  /** The same as one case goes on. */
  static List<CaseFile> of(String raw, CaseId id) {
    return builders(raw).map(it -> it.id(id).build()).limit(1).toList();
  }

  private static Stream<CaseBuilder> builders(String raw) {
    MessageSummary message =
        new MessageSummary(
            raw, raw, raw, raw, raw, raw, 1, List.of(new Attachment(raw, raw, 1)), List.of(raw));
    var asking = SampleCases.spoofed().message(message).evidence(evidence(raw));
    var voted =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .voted("kim", raw, release(), raw);
    var done =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .voted("kim", raw, release(), raw)
            .decided(release())
            .outcome(
                CaseState.DONE,
                List.of(
                    result("bo.lind", Outcome.Kind.DELIVERED_TO_NEXT_HOP, raw),
                    result("anna.kovacs", Outcome.Kind.PERM_FAIL, raw)));
    var failed =
        SampleCases.spoofed()
            .message(message)
            .evidence(evidence(raw))
            .decided(release())
            .outcome(CaseState.FAILED, List.of(result("bo.lind", Outcome.Kind.PERM_FAIL, raw)));
    return Stream.of(asking, voted, done, failed);
  }

  private static Outcome.Result result(String who, Outcome.Kind kind, String words) {
    return new Outcome.Result(address(who + "@corp.example"), kind, words);
  }

  private static Evidence evidence(String raw) {
    SpfFinding spf =
        new SpfFinding(
            SpfResult.FAIL,
            SpfFinding.Identity.MAILFROM,
            raw,
            List.of(new SpfTerm(raw, raw), new SpfTerm(raw, raw)),
            2,
            raw,
            raw,
            false);
    DkimFinding dkim =
        new DkimFinding(DkimResult.PERMERROR, raw, raw, raw, raw, 0, true, raw, true, 7, 0, false);
    DmarcFinding dmarc =
        new DmarcFinding(
            DmarcResult.FAIL,
            "evil.example",
            "evil.example",
            raw,
            DmarcPolicy.REJECT,
            DmarcPolicy.REJECT,
            true,
            raw,
            raw);
    Answer answer = Answer.of(List.of(raw), 60, true);
    return new Evidence(
        anEvidence().build().origin(),
        1_795_502_763L,
        spf,
        spf,
        List.of(dkim, dkim),
        new ArcFinding(ArcResult.PASS, List.of(new ArcHop(1, raw, raw, true, raw)), raw, false),
        dmarc,
        List.of(new ReportedResult(raw, raw, raw, raw, new TreeMap<>(Map.of(raw, raw)))),
        signals(raw),
        List.of(new DnsRecord(new DnsName(raw), DnsType.TXT, answer, 5)));
  }

  /** Every signal, and one of a later version, with hostile values. */
  private static List<Signal> signals(String raw) {
    List<Signal> signals = new ArrayList<>();
    signals.add(Signal.of(raw, Map.of(raw, raw)));
    Map<String, String> values = new TreeMap<>();
    for (String name : VALUES) {
      values.put(name, raw);
    }
    for (SignalKind kind : SignalKind.values()) {
      signals.add(Signal.of(kind.word(), values));
    }
    return signals;
  }
}
