package dev.postern.policy;

import dev.postern.evidence.Digest;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a grant as people read it aloud: {@code PG-7F3K-2QXD}, in Crockford's base 32. It is
 * made from the terms, so that the same terms asked for twice are one grant.
 *
 * @param text in upper case, with both hyphens
 */
public record GrantId(String text) {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM =
      Pattern.compile("PG-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");

  /** Takes a well-formed id; anything else is a programmer's error. */
  public GrantId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a grant id: " + text);
    }
  }

  /** That of terms with this digest: its first 40 bits. */
  public static GrantId of(Digest terms) {
    long bits = new BigInteger(terms.hex().substring(0, 10), 16).longValueExact();
    StringBuilder text = new StringBuilder("PG-");
    for (int i = 7; i >= 0; i--) {
      text.append(i == 3 ? "-" : "").append(CROCKFORD.charAt((int) (bits >> (5 * i)) & 31));
    }
    return new GrantId(text.toString());
  }

  /** Reads what a person typed: any case, I and L for 1, O for 0, hyphens and PG optional. */
  public static Optional<GrantId> parse(String typed) {
    String bare = typed.trim().toUpperCase(Locale.ROOT).replace("-", "");
    String digits = bare.length() == 10 && bare.startsWith("PG") ? bare.substring(2) : bare;
    String plain = digits.replace('I', '1').replace('L', '1').replace('O', '0');
    if (plain.length() != 8) {
      return Optional.empty();
    }
    String text = "PG-" + plain.substring(0, 4) + "-" + plain.substring(4);
    return FORM.matcher(text).matches() ? Optional.of(new GrantId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
