package dev.postern.card;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import dev.postern.card.Cleaner.Kind;
import dev.postern.evidence.signal.Looks;
import dev.postern.evidence.signal.ReadableDomain;
import java.util.Locale;

/** Points at the one letter of a domain that is not what it looks like. */
final class OddLetter {
  private OddLetter() {}

  /**
   * Which letter is foreign among others, after "Reads as"; nothing where all are of one script.
   */
  static Line say(String domain, Line after) {
    for (String label : ReadableDomain.of(domain).split("\\.", -1)) {
      if (!Looks.mixed(label)) {
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
