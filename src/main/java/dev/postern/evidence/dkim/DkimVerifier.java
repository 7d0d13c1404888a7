package dev.postern.evidence.dkim;

import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Dns;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies the DKIM signatures of a message (RFC 6376 with RFC 8301 and RFC 8463). Safe for many
 * threads. Never throws for what a message or a name server holds; work is linear in the size of
 * the message, and the message is never copied.
 */
public final class DkimVerifier {

  /** Signatures from the top that are verified; one finding tells of the rest. */
  private static final int MOST_SIGNATURES = 10;

  private final boolean explaining;

  /** A verifier that says what changed under a signature that fails. */
  public DkimVerifier() {
    this(true);
  }

  /**
   * A verifier.
   *
   * @param explaining whether to work out what changed under a signature that fails, which takes
   *     many times as long as the verification; else it says only whether header or body did
   */
  public DkimVerifier(boolean explaining) {
    this.explaining = explaining;
  }

  /** A signature and what forbids to verify it. */
  private record Candidate(DkimSignature signature, Optional<Problem> objection) {}

  /**
   * The findings, one per DKIM-Signature field in message order; none for an unsigned message.
   * Beyond ten signatures a last finding with result POLICY and a reason that begins with {@code
   * signature-limit} stands for all that were not verified. {@code aligned} is always false here:
   * DMARC decides it.
   *
   * @param headers the fields of {@code message}
   * @param dns asked for the key of each signature, all at once
   * @param by a key that is not there by then makes its signature a TEMPERROR
   * @param nowEpochSeconds by which t= and x= are judged, seconds since 1970
   */
  public List<DkimFinding> verify(
      RawMessage message, HeaderFields headers, Dns dns, Deadline by, long nowEpochSeconds) {
    List<HeaderField> fields = headers.named("DKIM-Signature");
    if (fields.isEmpty()) {
      return List.of();
    }
    byte[] octets = message.octets();
    List<Candidate> candidates = new ArrayList<>();
    for (HeaderField field : fields.subList(0, Math.min(fields.size(), MOST_SIGNATURES))) {
      candidates.add(candidate(DkimSignature.read(octets, field), headers, nowEpochSeconds));
    }
    List<DkimFinding> findings = verify(candidates, octets, headers, new KeyLookups(dns, by));
    if (fields.size() > MOST_SIGNATURES) {
      findings.add(notVerified(fields.size() - MOST_SIGNATURES));
    }
    return List.copyOf(findings);
  }

  private static Candidate candidate(DkimSignature signature, HeaderFields headers, long now) {
    Optional<Problem> objection =
        new SignatureSyntax(signature, now).problemOfDkim().or(() -> objection(headers));
    return new Candidate(signature, objection);
  }

  private static Optional<Problem> objection(HeaderFields headers) {
    if (!headers.complete()) {
      return Optional.of(Problem.policy("header has too many fields to verify"));
    }
    return headers.named("From").isEmpty()
        ? Optional.of(Problem.permanent("message has no From")) // §6.1.1 with RFC 5322 §3.6
        : Optional.empty();
  }

  private List<DkimFinding> verify(
      List<Candidate> candidates, byte[] octets, HeaderFields headers, KeyLookups keys) {
    List<DkimSignature> sound = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (candidate.objection.isEmpty()) {
        sound.add(candidate.signature);
      }
    }
    SignedMessage message = new SignedMessage(octets, headers, keys, sound, explaining);
    List<DkimFinding> findings = new ArrayList<>();
    for (Candidate candidate : candidates) {
      findings.add(
          candidate.objection.isPresent()
              ? finding(candidate.signature, Verdict.without(candidate.objection.get()), 0)
              : finding(candidate.signature, message));
    }
    return findings;
  }

  private static DkimFinding finding(DkimSignature signature, SignedMessage message) {
    return finding(signature, message.verdict(signature), message.unsignedOctets(signature));
  }

  private static DkimFinding finding(DkimSignature signature, Verdict verdict, long unsigned) {
    return new DkimFinding(
        verdict.problem().map(Problem::result).orElse(DkimResult.PASS),
        signature.domain().map(DomainName::ascii).orElse(""),
        signature.selector().map(DomainName::ascii).orElse(""),
        signature.identity(),
        signature.algorithmName(),
        verdict.keyBits(),
        verdict.testing(),
        verdict.problem().map(Problem::reason).orElse(""),
        signature.tags().has("l"),
        unsigned,
        signature.shownTime(),
        false);
  }

  private static DkimFinding notVerified(int count) {
    String reason = "signature-limit: " + count + " more signatures were not verified";
    return DkimFinding.without(DkimResult.POLICY, reason);
  }
}
