package dev.postern.evidence.arc;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.dkim.ArcSignatures;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Validates the ARC chain of a message (RFC 8617 §5.2). Safe for many threads. Never throws for
 * what a message or a name server holds; a chain is as strong as its newest message signature and
 * all of its seals. Whether its sealers deserve trust is not decided here.
 */
public final class ArcVerifier {

  /**
   * The state of the chain; a key that DNS does not give in time makes it FAIL, with that reason.
   *
   * @param headers the fields of {@code message}
   * @param by when to stop waiting for keys
   * @param nowEpochSeconds by which t= and x= are judged, seconds since 1970
   */
  public ArcFinding verify(
      RawMessage message, HeaderFields headers, Dns dns, Deadline by, long nowEpochSeconds) {
    return switch (new ArcCollector(message.octets(), headers).collect()) {
      case ArcChain.Absent _ -> new ArcFinding(ArcResult.NONE, List.of(), "");
      case ArcChain.Broken broken -> new ArcFinding(ArcResult.FAIL, List.of(), broken.reason());
      case ArcChain.Whole whole ->
          judge(
              whole.sets(), new ArcSignatures(message, headers, dns, by, nowEpochSeconds), headers);
    };
  }

  private static ArcFinding judge(
      List<ArcSet> sets, ArcSignatures signatures, HeaderFields headers) {
    List<String> sealers = sets.stream().map(ArcSet::sealer).toList();
    Optional<String> problem =
        headers.complete()
            ? problemOfMessage(sets, signatures).or(() -> problemOfSeals(sets, signatures))
            : Optional.of("header has too many fields to verify");
    return problem
        .map(reason -> new ArcFinding(ArcResult.FAIL, sealers, reason))
        .orElseGet(() -> new ArcFinding(ArcResult.PASS, sealers, ""));
  }

  /** Step 4: only the newest signature can still fit, since each hop may change the message. */
  private static Optional<String> problemOfMessage(List<ArcSet> sets, ArcSignatures signatures) {
    signatures.expectSeal(sets.getLast().seal());
    return signatures
        .problemOfMessage(sets.getLast().messageSignature())
        .map(reason -> "ARC-Message-Signature of hop " + sets.size() + ": " + reason);
  }

  /**
   * Step 6: every seal, the newest first. Keys are asked for only now: a forged chain ends above.
   */
  private static Optional<String> problemOfSeals(List<ArcSet> sets, ArcSignatures signatures) {
    sets.forEach(set -> signatures.expectSeal(set.seal()));
    for (int hop = sets.size(); hop >= 1; hop--) {
      ArcSet set = sets.get(hop - 1);
      Stream<HeaderField> earlier = sets.stream().limit(hop - 1).flatMap(ArcSet::fields);
      List<HeaderField> sealed =
          Stream.concat(earlier, Stream.of(set.results(), set.messageSignature())).toList();
      Optional<String> problem = signatures.problemOfSeal(set.seal(), sealed);
      if (problem.isPresent()) {
        return Optional.of("ARC-Seal of hop " + hop + ": " + problem.get());
      }
    }
    return Optional.empty();
  }
}
