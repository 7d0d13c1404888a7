package dev.postern.evidence.arc;

import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcHop;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Home;
import dev.postern.evidence.authres.AuthenticationResults;
import dev.postern.evidence.authres.Reading;
import dev.postern.evidence.dkim.ArcSignatures;
import dev.postern.evidence.dkim.ArcSignatures.Trouble;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Validates the ARC chain of a message (RFC 8617 §5.2). Safe for many threads. Never throws for
 * what a message or a name server holds; a chain is as strong as its newest message signature and
 * all of its seals.
 */
public final class ArcVerifier {
  private final Home home;

  /** Marks the sealers that {@code home} trusts; no result depends on it. */
  public ArcVerifier(Home home) {
    this.home = home;
  }

  /**
   * The state of the chain; a key that DNS does not give in time makes it FAIL and undecided.
   *
   * @param headers the fields of {@code message}
   * @param by when to stop waiting for keys
   * @param nowEpochSeconds by which t= and x= are judged, seconds since 1970
   */
  public ArcFinding verify(
      RawMessage message, HeaderFields headers, Dns dns, Deadline by, long nowEpochSeconds) {
    return switch (new ArcCollector(message.octets(), headers).collect()) {
      case ArcChain.Absent _ -> ArcFinding.none();
      case ArcChain.Broken broken ->
          new ArcFinding(ArcResult.FAIL, List.of(), broken.reason(), false);
      case ArcChain.Whole whole ->
          judge(
              whole.sets(), new ArcSignatures(message, headers, dns, by, nowEpochSeconds), headers);
    };
  }

  private ArcFinding judge(List<ArcSet> sets, ArcSignatures signatures, HeaderFields headers) {
    List<ArcHop> hops =
        IntStream.range(0, sets.size()).mapToObj(i -> hop(i + 1, sets.get(i))).toList();
    Optional<Trouble> trouble =
        headers.complete()
            ? troubleOfMessage(sets, signatures).or(() -> troubleOfSeals(sets, signatures))
            : Optional.of(new Trouble("header has too many fields to verify", false));
    return trouble
        .map(it -> new ArcFinding(ArcResult.FAIL, hops, it.reason(), it.undecided()))
        .orElseGet(() -> new ArcFinding(ArcResult.PASS, hops, "", false));
  }

  private ArcHop hop(int instance, ArcSet set) {
    return new ArcHop(
        instance,
        set.sealer().map(DomainName::ascii).orElse(""),
        set.selector().map(DomainName::ascii).orElse(""),
        set.sealer().filter(home::trusts).isPresent(),
        claims(set.results()));
  }

  private static String claims(HeaderField results) {
    return AuthenticationResults.readSealed(results.unfoldedValue())
            instanceof Reading.Understood(AuthenticationResults field)
        ? field.claims()
        : "";
  }

  /** Step 4: only the newest signature can still fit, since each hop may change the message. */
  private static Optional<Trouble> troubleOfMessage(List<ArcSet> sets, ArcSignatures signatures) {
    signatures.expectSeal(sets.getLast().seal());
    return signatures
        .problemOfMessage(sets.getLast().messageSignature())
        .map(it -> at("ARC-Message-Signature of hop " + sets.size(), it));
  }

  /**
   * Step 6: every seal, the newest first. Keys are asked for only now: a forged chain ends above.
   */
  private static Optional<Trouble> troubleOfSeals(List<ArcSet> sets, ArcSignatures signatures) {
    sets.forEach(set -> signatures.expectSeal(set.seal()));
    for (int hop = sets.size(); hop >= 1; hop--) {
      ArcSet set = sets.get(hop - 1);
      Stream<HeaderField> earlier = sets.stream().limit(hop - 1).flatMap(ArcSet::fields);
      List<HeaderField> sealed =
          Stream.concat(earlier, Stream.of(set.results(), set.messageSignature())).toList();
      Optional<Trouble> trouble = signatures.problemOfSeal(set.seal(), sealed);
      if (trouble.isPresent()) {
        return Optional.of(at("ARC-Seal of hop " + hop, trouble.get()));
      }
    }
    return Optional.empty();
  }

  private static Trouble at(String where, Trouble what) {
    return new Trouble(where + ": " + what.reason(), what.undecided());
  }
}
