package dev.postern.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A kind of mail that people may always decide in the same way, such that a stranger understands
 * the rule that would be made of it.
 *
 * @param kind what it is about
 * @param asker the rule that asks about such mail
 * @param does the word of what people do with it
 * @param value of the fact, checked: nothing in it can leave its quotation marks
 * @param signal the signal that is raised besides; empty where the kind has none
 */
record Pattern(Kind kind, String asker, String does, String value, String signal) {
  /**
   * What may be dangerous however well its sender is known. No rule that releases is ever proposed
   * for such mail.
   */
  static final List<String> DANGERS =
      List.of(
          "program-attached",
          "program-named-as-document",
          "file-not-as-declared",
          "file-name-reordered",
          "name-of-colleague",
          "from-lookalike",
          "reply-to-lookalike",
          "link-lookalike",
          "forged-authentication-results");

  private static final int LONGEST_NAME = 40;

  /** What a pattern is about. */
  enum Kind {
    /** DMARC proves the From domain. */
    PROVED("dmarc.result == 'pass'", "dmarc.from_domain == '%s'", "from"),
    /** The domain publishes no DMARC, and SPF proves it. */
    SPF(
        "dmarc.result == 'none'",
        "spf.result == 'pass' && spf.aligned && dmarc.from_domain == '%s'",
        "from"),
    /** Somebody else's signature is whole, such as that of a mailing list. */
    SIGNER(
        "dmarc.result != 'pass'",
        "dkim.exists(d, d.result == 'pass' && d.domain == '%s')",
        "signed by"),
    /** A forwarder that is trusted vouches for it. */
    SEALER("arc.trusted", "'%s' in arc.sealers", "sealed by"),
    /** Nothing proves the From domain. */
    CLAIMED("dmarc.result != 'pass'", "dmarc.from_domain == '%s'", "claims"),
    /** Nothing proves the From address. */
    CLAIMED_ADDRESS("dmarc.result != 'pass'", "message.from == '%s'", "claims"),
    /** A gateway says so of mail that nothing proves. */
    SYMBOL("dmarc.result != 'pass'", "'%s' in gateway.symbols", "with"),
    /** A gateway says so of mail that is proved. */
    PROVED_SYMBOL("dmarc.result == 'pass'", "'%s' in gateway.symbols", "with");

    private final String proof;
    private final String fact;
    private final String words;

    Kind(String proof, String fact, String words) {
      this.proof = proof;
      this.fact = fact;
      this.words = words;
    }
  }

  /** What the rule would be called. */
  String name() {
    String name = does + " " + kind.words + " " + value.replaceAll("[^A-Za-z0-9 ._-]", "-");
    String with = signal.isEmpty() ? "" : " " + signal;
    String all = name + with;
    if (all.length() <= LONGEST_NAME) {
      return all;
    }
    // Two that begin alike are still told apart.
    String hash = String.format(Locale.ROOT, "-%04x", all.hashCode() & 0xffff);
    return all.substring(0, LONGEST_NAME - hash.length()) + hash;
  }

  /** Its condition, line by line. */
  List<String> when() {
    List<String> lines = new ArrayList<>();
    lines.add(kind.proof);
    lines.add("&& " + kind.fact.formatted(value));
    if (!signal.isEmpty()) {
      lines.add("&& '" + signal + "' in signals");
    }
    lines.add("&& !uncertain && computed");
    if (does.equals("release")) {
      String dangers = DANGERS.stream().collect(Collectors.joining("', '", "'", "'"));
      lines.add("&& !signals.exists(s, s in [" + dangers + "])");
    }
    return lines;
  }
}
