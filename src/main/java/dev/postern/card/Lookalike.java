package dev.postern.card;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.SpoofChecker;
import com.ibm.icu.text.SpoofChecker.RestrictionLevel;
import dev.postern.card.Cleaner.Kind;
import java.util.Locale;
import java.util.Optional;

/** Domains of other scripts that read as something else (UTS #39). */
final class Lookalike {
  private static final SpoofChecker MIXED =
      new SpoofChecker.Builder()
          .setChecks(SpoofChecker.RESTRICTION_LEVEL)
          .setRestrictionLevel(RestrictionLevel.HIGHLY_RESTRICTIVE)
          .build();

  private Lookalike() {}

  /** Why the domain reads as another, in our words; empty where it does not. */
  static Optional<String> of(String domain) {
    String readable = Idn.unicode(domain);
    if (readable.chars().allMatch(c -> c < 0x80)) {
      return Optional.empty();
    }
    for (String label : readable.split("\\.", -1)) {
      if (MIXED.failsChecks(label)) {
        return Optional.of("it mixes letters of several scripts");
      }
      String skeleton = MIXED.getSkeleton(label);
      if (foreign(label) && skeleton.chars().allMatch(c -> c < 0x80)) {
        return Optional.of("every letter of it looks like a Latin one and is none");
      }
    }
    return Optional.empty();
  }

  private static boolean foreign(String label) {
    return label.codePoints().anyMatch(c -> c >= 0x80);
  }

  /**
   * Which letter is foreign among others, after "Reads as"; nothing where all are of one script.
   */
  static Line oddLetter(String domain, Line after) {
    for (String label : Idn.unicode(domain).split("\\.", -1)) {
      if (!MIXED.failsChecks(label)) {
        continue;
      }
      int[] letters = label.codePoints().toArray();
      for (int i = 0; i < letters.length; i++) {
        if (letters[i] >= 0x80 && UCharacter.isLetter(letters[i])) {
          return after
              .say(", letter " + (i + 1) + " is " + script(letters[i]) + " ")
              .quote(Character.toString(letters[i]), Kind.ID)
              .say(String.format(Locale.ROOT, " (U+%04X)", letters[i]));
        }
      }
    }
    return after;
  }

  private static String script(int letter) {
    return UScript.getName(UScript.getScript(letter)).replace('_', ' ');
  }
}
