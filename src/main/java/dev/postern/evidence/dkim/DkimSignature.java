package dev.postern.evidence.dkim;

import dev.postern.evidence.DnsName;
import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One DKIM-Signature field, read (RFC 6376 §3.5), or one of ARC's two kinds of signature, which
 * share its tags but for i= (RFC 8617 §4.1). Every accessor answers for a broken field too; only
 * after {@link SignatureSyntax} found nothing may the signature be verified.
 */
final class DkimSignature {
  private static final int LONGEST_I = 8192; // an identity, folded, with room for foolishness

  /** Octets of an h= that is read. */
  static final int LONGEST_H = 32 * 1024;

  private static final int LONGEST_DOMAIN = 1000; // U-labels in UTF-8 are longer than A-labels
  private static final int LONGEST_IDENTITY = 320; // RFC 3696 erratum 1690 with its "@"
  private static final long LARGEST = Long.MAX_VALUE - 1; // numbers have up to 76 digits
  private static final long LAST_SHOWN_TIME = 253_402_300_799L; // 9999-12-31T23:59:59Z
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9-]{1,40}");

  private final HeaderField field;
  private final TagList tags;
  private final String algorithmName;
  private final Optional<Algorithm> algorithm;
  private final List<String> canonicalizations;
  private final List<String> signedFields;
  private final Optional<DomainName> domain;
  private final Optional<DomainName> selector;
  private final Optional<DomainName> identityDomain;

  private DkimSignature(byte[] octets, HeaderField field, String usualCanonicalization) {
    this.field = field;
    int end = HeaderCanonicalizer.endOf(octets, field);
    this.tags = TagList.read(octets, field.valueOffset(), end);
    this.algorithmName = plainWord("a");
    this.algorithm = Algorithm.named(algorithmName);
    this.canonicalizations = canonicalizations(usualCanonicalization);
    this.signedFields =
        tags.length("h") > LONGEST_H ? List.of() : List.of(tags.compact("h").split(":", -1));
    this.domain = domainName("d");
    this.selector = domainName("s");
    this.identityDomain = readIdentityDomain();
  }

  /** Reads a DKIM-Signature. Never throws. */
  static DkimSignature read(byte[] octets, HeaderField field) {
    return new DkimSignature(octets, field, "simple/simple");
  }

  /** Reads an ARC-Message-Signature or ARC-Seal, which are relaxed unless they say otherwise. */
  static DkimSignature readArc(byte[] octets, HeaderField field) {
    return new DkimSignature(octets, field, "relaxed/relaxed");
  }

  HeaderField field() {
    return field;
  }

  TagList tags() {
    return tags;
  }

  /** d=, in A-labels and lower case; empty if it is no domain name. */
  Optional<DomainName> domain() {
    return domain;
  }

  /** s=, in lower case; empty if it is no name. */
  Optional<DomainName> selector() {
    return selector;
  }

  /** a= in lower case; empty if it is not a plain word. */
  String algorithmName() {
    return algorithmName;
  }

  Optional<Algorithm> algorithm() {
    return algorithm;
  }

  /** The first word of c=. */
  Optional<Canonicalization> headerCanonicalization() {
    return Canonicalization.named(canonicalizations.getFirst());
  }

  /** What the signature says of the body: the second word of c= and l=; empty if it is unclear. */
  Optional<BodyHashes.Signed> body() {
    String second = canonicalizations.size() == 1 ? "simple" : canonicalizations.getLast();
    return canonicalizations.size() > 2
        ? Optional.empty()
        : Canonicalization.named(second).map(how -> new BodyHashes.Signed(how, bodyLength()));
  }

  /**
   * h= as it stands, one element per name, in any case; one empty element if absent, none if it is
   * longer than {@link #LONGEST_H}.
   */
  List<String> signedFields() {
    return signedFields;
  }

  /** The domain of i=; that of d= if absent; empty if it is no domain name. */
  Optional<DomainName> identityDomain() {
    return identityDomain;
  }

  private Optional<DomainName> readIdentityDomain() {
    if (!tags.has("i")) {
      return domain;
    }
    String identity = tags.length("i") > LONGEST_I ? "" : tags.compact("i");
    int at = identity.lastIndexOf('@');
    String host = at < 0 ? "" : identity.substring(at + 1);
    return host.length() > LONGEST_DOMAIN ? Optional.empty() : DomainName.parse(host);
  }

  /** i= as written, empty if absent or longer than any address. */
  String identity() {
    String identity = tags.length("i") > LONGEST_DOMAIN ? "" : tags.text("i");
    return identity.length() > LONGEST_IDENTITY ? "" : identity;
  }

  /** Whether i= names a domain below d=, which a key may forbid (§3.6.1). */
  boolean identityInSubdomain() {
    return identityDomain().isPresent() && !identityDomain().equals(domain);
  }

  /** Whether b= is a signature by {@code key} of what {@code text} puts. */
  boolean fits(PublicKey key, Consumer<Octets> text) {
    return new SignatureValue(algorithm().orElseThrow(), signature().orElseThrow()).fits(key, text);
  }

  /** bh=. */
  Optional<byte[]> bodyHash() {
    return Base64Text.decode(tags, "bh");
  }

  /** b=. */
  Optional<byte[]> signature() {
    return Base64Text.decode(tags, "b");
  }

  /** l=; {@link PrefixDigest#WHOLE} if absent, -1 if it is no number. */
  long bodyLength() {
    return tags.has("l") ? number("l") : PrefixDigest.WHOLE;
  }

  /** t=, seconds since 1970; 0 if absent, -1 if it is no number. */
  long signedAt() {
    return tags.has("t") ? number("t") : 0;
  }

  /** t= as evidence carries it: 0 unless it is a moment before the year 10000. */
  long shownTime() {
    long time = signedAt();
    return time < 0 || time > LAST_SHOWN_TIME ? 0 : time;
  }

  /** x=, seconds since 1970; far away if absent, -1 if it is no number. */
  long expires() {
    return tags.has("x") ? number("x") : LARGEST;
  }

  private long number(String tag) {
    String digits = tags.length(tag) > 1000 ? "" : tags.text(tag);
    long number = digits.isEmpty() ? -1 : 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number >= LARGEST / 10 ? LARGEST : 10 * number + digit;
    }
    return number;
  }

  /** Where the key is published (§3.6.2.1). Both names must be there. */
  DnsName keyName() {
    return DnsName.below(selector.orElseThrow() + "._domainkey", domain.orElseThrow());
  }

  private List<String> canonicalizations(String usual) {
    if (tags.length("c") > 100) {
      return List.of("");
    }
    String words = tags.has("c") ? tags.text("c") : usual;
    return List.of(words.split("/", -1));
  }

  private String plainWord(String tag) {
    String word = tags.length(tag) > 100 ? "" : tags.text(tag);
    return PLAIN_WORD.matcher(word).matches() ? word.toLowerCase(Locale.ROOT) : "";
  }

  private Optional<DomainName> domainName(String tag) {
    return tags.length(tag) > LONGEST_DOMAIN ? Optional.empty() : DomainName.parse(tags.text(tag));
  }
}
