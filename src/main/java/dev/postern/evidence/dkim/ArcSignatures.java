package dev.postern.evidence.dkim;

import dev.postern.evidence.Deadline;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.Dns;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two signatures of an ARC set, verified as DKIM verifies its own (RFC 8617 §4.1.2, §4.1.3).
 * Which fields make a set, and in which order the chain is judged, is not known here.
 */
public final class ArcSignatures {
  /**
   * Why a signature does not fit.
   *
   * @param reason in our words
   * @param undecided whether only DNS did not answer
   */
  public record Trouble(String reason, boolean undecided) {
    private static Trouble of(Problem problem) {
      return new Trouble(problem.reason(), problem.result() == DkimResult.TEMPERROR);
    }
  }

  private final byte[] octets;
  private final HeaderFields headers;
  private final KeyLookups keys;
  private final long now;
  private final Map<HeaderField, Seal> seals = new HashMap<>();

  /** An ARC-Seal, read, and what forbids to verify it. */
  private record Seal(DkimSignature signature, Optional<Problem> objection) {}

  /**
   * For the ARC fields of {@code message}.
   *
   * @param dns asked for keys
   * @param by a key that is not there by then makes its signature fail
   * @param now by which t= and x= are judged, seconds since 1970
   */
  public ArcSignatures(RawMessage message, HeaderFields headers, Dns dns, Deadline by, long now) {
    this.octets = message.octets();
    this.headers = headers;
    this.keys = new KeyLookups(dns, by);
    this.now = now;
  }

  /** Why an ARC-Message-Signature does not fit the message; empty if it does. */
  public Optional<Trouble> problemOfMessage(HeaderField field) {
    DkimSignature signature = DkimSignature.readArc(octets, field);
    return new SignatureSyntax(signature, now)
        .problemOfArcMessage()
        .or(
            () ->
                new SignedMessage(octets, headers, keys, List.of(signature), false)
                    .verdict(signature)
                    .problem())
        .map(Trouble::of);
  }

  /** Asks for the key of an ARC-Seal without waiting, if its syntax is sound. */
  public void expectSeal(HeaderField field) {
    Seal seal = seal(field);
    if (seal.objection.isEmpty()) {
      keys.start(seal.signature.keyName());
    }
  }

  private Seal seal(HeaderField field) {
    return seals.computeIfAbsent(
        field,
        it -> {
          DkimSignature seal = DkimSignature.readArc(octets, it);
          return new Seal(seal, new SignatureSyntax(seal, now).problemOfArcSeal());
        });
  }

  /**
   * Why an ARC-Seal does not fit what it seals; empty if it does.
   *
   * @param sealed the fields before it, first set first (§5.1.1)
   */
  public Optional<Trouble> problemOfSeal(HeaderField field, List<HeaderField> sealed) {
    DkimSignature seal = seal(field).signature;
    return seal(field)
        .objection
        .or(
            () ->
                new KeyTrial(
                        seal,
                        key ->
                            seal.fits(key, out -> putSealed(seal, sealed, out))
                                ? Optional.empty()
                                : Optional.of(Problem.fail("a sealed field changed")))
                    .under(keys.answer(seal.keyName()))
                    .problem())
        .map(Trouble::of);
  }

  private void putSealed(DkimSignature seal, List<HeaderField> sealed, Octets out) {
    HeaderCanonicalizer relaxed = new HeaderCanonicalizer(Canonicalization.RELAXED, octets, out);
    sealed.forEach(relaxed::put);
    relaxed.putWithout(seal.tags().window("b"), seal.field());
  }
}
