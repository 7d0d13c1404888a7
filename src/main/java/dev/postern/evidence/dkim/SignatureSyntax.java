package dev.postern.evidence.dkim;

import dev.postern.mail.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What verifiers ask of a signature before they look at DNS (RFC 6376 §6.1.1, RFC 8617 §4.1). */
final class SignatureSyntax {

  /** Real signatures name fewer than fifty; a longer list only makes work. */
  private static final int MOST_SIGNED_FIELDS = 500;

  private static final int SHA256_OCTETS = 32;

  private final DkimSignature signature;
  private final TagList tags;
  private final long now;

  /** Judges by the clock {@code now}, seconds since 1970. */
  SignatureSyntax(DkimSignature signature, long now) {
    this.signature = signature;
    this.tags = signature.tags();
    this.now = now;
  }

  /** The first objection to a DKIM-Signature; empty if it may be verified. */
  Optional<Problem> problemOfDkim() {
    return first(
        List.of(
            this::list,
            () -> requires("v", "a", "b", "bh", "d", "h", "s"),
            this::version,
            this::names,
            this::algorithm,
            this::canonicalization,
            this::queryMethod,
            this::boundedFields,
            this::signedFields,
            this::identity,
            this::times,
            this::body,
            this::value));
  }

  /** The first objection to an ARC-Message-Signature (RFC 8617 §4.1.2). */
  Optional<Problem> problemOfArcMessage() {
    return first(
        List.of(
            this::list,
            () -> requires("i", "a", "b", "bh", "d", "h", "s"),
            this::names,
            this::algorithm,
            this::canonicalization,
            this::boundedFields,
            this::noSealSigned,
            this::times,
            this::body,
            this::value));
  }

  /** The first objection to an ARC-Seal (RFC 8617 §4.1.3). */
  Optional<Problem> problemOfArcSeal() {
    return first(
        List.of(
            this::list,
            () -> requires("i", "a", "b", "cv", "d", "s"),
            () -> neutralUnless(!tags.has("h"), "a seal has no h= tag"),
            this::names,
            this::algorithm,
            this::times,
            this::value));
  }

  private static Optional<Problem> first(List<Supplier<Optional<Problem>>> checks) {
    for (Supplier<Optional<Problem>> check : checks) {
      Optional<Problem> problem = check.get();
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> list() {
    return tags.flaw().map(flaw -> Problem.neutral("malformed signature: " + flaw));
  }

  private Optional<Problem> requires(String... names) {
    for (String tag : names) {
      if (!tags.has(tag)) {
        return Optional.of(Problem.neutral("malformed signature: no " + tag + "= tag"));
      }
    }
    return Optional.empty();
  }

  private Optional<Problem> version() {
    return neutralUnless(tags.length("v") < 100 && tags.text("v").equals("1"), "version is not 1");
  }

  private Optional<Problem> names() {
    return neutralUnless(signature.domain().isPresent(), "d= is no domain name")
        .or(() -> neutralUnless(signature.selector().isPresent(), "s= is no selector"));
  }

  private Optional<Problem> algorithm() {
    if (signature.algorithmName().equals("rsa-sha1")) {
      return Optional.of(Problem.policy("weak algorithm rsa-sha1")); // RFC 8301 §3.1
    }
    return neutralUnless(signature.algorithm().isPresent(), "unknown algorithm");
  }

  private Optional<Problem> canonicalization() {
    boolean known = signature.headerCanonicalization().isPresent() && signature.body().isPresent();
    return neutralUnless(known, "unknown canonicalization");
  }

  private Optional<Problem> queryMethod() {
    boolean known = !tags.has("q") || KeyRecord.listed(tags, "q", "dns/txt");
    return neutralUnless(known, "unknown way to query the key");
  }

  private Optional<Problem> boundedFields() {
    boolean few =
        tags.length("h") <= DkimSignature.LONGEST_H
            && signature.signedFields().size() <= MOST_SIGNED_FIELDS;
    return few
        ? Optional.empty()
        : Optional.of(Problem.policy("signature lists too many header fields"));
  }

  private Optional<Problem> signedFields() {
    List<String> names = signature.signedFields();
    if (names.contains("")) {
      return Optional.of(Problem.neutral("malformed signature: empty name in h="));
    }
    return names("from") ? Optional.empty() : Optional.of(Problem.permanent("From is not signed"));
  }

  private Optional<Problem> noSealSigned() {
    return neutralUnless(!names("arc-seal"), "h= names a seal");
  }

  private boolean names(String field) {
    for (String name : signature.signedFields()) {
      if (name.equalsIgnoreCase(field)) {
        return true;
      }
    }
    return false;
  }

  private Optional<Problem> identity() {
    DomainName domain = signature.domain().orElseThrow();
    boolean within = signature.identityDomain().filter(i -> i.isAtOrBelow(domain)).isPresent();
    return within
        ? Optional.empty()
        : Optional.of(Problem.permanent("signing identity lies outside " + domain));
  }

  private Optional<Problem> times() {
    long signed = signature.signedAt();
    long expires = signature.expires();
    if (signed < 0 || expires < 0 || expires <= signed) {
      return Optional.of(Problem.neutral("malformed signature: times make no sense"));
    }
    return now > expires ? Optional.of(Problem.permanent("signature expired")) : Optional.empty();
  }

  private Optional<Problem> body() {
    boolean hash = signature.bodyHash().filter(h -> h.length == SHA256_OCTETS).isPresent();
    return neutralUnless(signature.bodyLength() >= 0, "l= is no number")
        .or(() -> neutralUnless(hash, "bh= is no SHA-256 in base64"));
  }

  private Optional<Problem> value() {
    return neutralUnless(signature.signature().isPresent(), "b= is not base64");
  }

  private static Optional<Problem> neutralUnless(boolean fine, String flaw) {
    return fine ? Optional.empty() : Optional.of(Problem.neutral("malformed signature: " + flaw));
  }
}
