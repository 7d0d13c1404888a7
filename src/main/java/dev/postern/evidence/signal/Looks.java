package dev.postern.evidence.signal;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import java.text.Normalizer;
import java.util.Locale;

/** What text looks like to a reader: equal looks have equal keys (UTS #39 §4). */
public final class Looks {
  private static final SpoofChecker CHECKER =
      new SpoofChecker.Builder()
          .setChecks(SpoofChecker.RESTRICTION_LEVEL)
          .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
          .build();

  private Looks() {}

  /** Whether letters of several scripts stand in one label that no language writes together. */
  public static boolean mixed(String label) {
    return CHECKER.failsChecks(label);
  }

  /** Whether there are letters beyond a to z, and all of them look like one of those. */
  static boolean passesForLatin(String label) {
    return !ascii(label) && ascii(CHECKER.getSkeleton(label));
  }

  /**
   * The key of a label or word: confusable letters are one, marks on letters do not count, nor does
   * case. UTS #39 knows that {@code rn} looks like {@code m}; that {@code vv} looks like {@code w}
   * it does not.
   */
  static String key(String text) {
    String skeleton = CHECKER.getSkeleton(text);
    return withoutMarks(skeleton).toLowerCase(Locale.ROOT).replace("vv", "w");
  }

  /** The text as typed by hand: one width, no marks on letters, nothing invisible. */
  static String plain(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .filter(c -> !invisible(c))
        .forEach(visible::appendCodePoint);
    return visible.toString();
  }

  static String withoutMarks(String text) {
    if (ascii(text)) {
      return text;
    }
    StringBuilder bare = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(bare::appendCodePoint);
    return bare.toString();
  }

  static boolean ascii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean invisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.CONTROL
        || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
  }
}
