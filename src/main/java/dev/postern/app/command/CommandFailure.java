package dev.postern.app.command;

/** A command that ends without having done what was asked, and the sentence that says why. */
public final class CommandFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /** The answer is no: refused, not found, not valid. */
  public static CommandFailure no(String sentence) {
    return new CommandFailure(Exit.NO, sentence);
  }

  /** What was said on the command line or in the settings cannot be used. */
  public static CommandFailure usage(String sentence) {
    return new CommandFailure(Exit.USAGE, sentence);
  }

  /** Something that is needed does not answer; later it may. */
  public static CommandFailure unavailable(String sentence) {
    return new CommandFailure(Exit.UNAVAILABLE, sentence);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
