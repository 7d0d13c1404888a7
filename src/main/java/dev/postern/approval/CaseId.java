package dev.postern.approval;

import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The name of a case as people read it aloud: {@code PN-7F3K-2QXD}, 40 random bits in Crockford's
 * base 32.
 *
 * @param text in upper case, with both hyphens
 */
public record CaseId(String text) {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern FORM =
      Pattern.compile("PN-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}");

  /** Takes a well-formed id; anything else is a programmer's error. */
  public CaseId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not a case id: " + text);
    }
  }

  /** A new id. Uniqueness is the store's to check. */
  public static CaseId random(RandomGenerator random) {
    StringBuilder text = new StringBuilder("PN-");
    for (int i = 0; i < 8; i++) {
      text.append(i == 4 ? "-" : "").append(CROCKFORD.charAt(random.nextInt(32)));
    }
    return new CaseId(text.toString());
  }

  /** Reads what a person typed: any case, I and L for 1, O for 0, hyphens and PN optional. */
  public static Optional<CaseId> parse(String typed) {
    String bare = typed.trim().toUpperCase(Locale.ROOT).replace("-", "");
    String digits = bare.length() == 10 && bare.startsWith("PN") ? bare.substring(2) : bare;
    String plain = digits.replace('I', '1').replace('L', '1').replace('O', '0');
    if (plain.length() != 8) {
      return Optional.empty();
    }
    String text = "PN-" + plain.substring(0, 4) + "-" + plain.substring(4);
    return FORM.matcher(text).matches() ? Optional.of(new CaseId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
