package dev.postern.card;

/**
 * One thing that was looked at for whoever sets a platform up.
 *
 * @param grade how bad it is
 * @param what what was found
 * @param why why it matters; empty where all is well
 * @param mend what to do; empty where all is well
 */
public record Finding(Grade grade, String what, String why, String mend) {

  /** How bad something is. */
  public enum Grade {
    WELL,
    /** It works, and could be better. */
    ADVICE,
    /** Something does not work until it is mended. */
    WRONG,
    /** The platform did not answer. */
    UNKNOWN
  }

  /** All is well. */
  public static Finding well(String what) {
    return new Finding(Grade.WELL, what, "", "");
  }

  /** It works, and could be better. */
  public static Finding advice(String what, String why, String mend) {
    return new Finding(Grade.ADVICE, what, why, mend);
  }

  /** It does not work. */
  public static Finding wrong(String what, String why, String mend) {
    return new Finding(Grade.WRONG, what, why, mend);
  }

  /** Nobody can tell now. */
  public static Finding unknown(String what, String why) {
    return new Finding(Grade.UNKNOWN, what, why, "Look again when the platform answers.");
  }

  /**
   * What a platform said: wrong where somebody has to mend something, unknown where it only did not
   * answer.
   *
   * @param about what the sentence is about, with what parts them; may be empty
   * @param mend what to do where something is wrong
   */
  public static Finding told(String about, SurfaceTrouble trouble, String why, String mend) {
    String what = about + trouble.getMessage();
    return switch (trouble.kind()) {
      case CLOSED, GONE, UNFIT -> wrong(what, why, mend);
      case AWAY, UNSURE -> unknown(what, why);
    };
  }
}
