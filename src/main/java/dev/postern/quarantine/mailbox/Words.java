package dev.postern.quarantine.mailbox;

import static java.util.Objects.requireNonNullElse;

import dev.postern.quarantine.OneLine;

/** What a server or the file system said, made short and without control characters. */
final class Words {
  private static final int LONGEST = 200;

  private Words() {}

  static String of(Throwable broken) {
    String said = requireNonNullElse(broken.getMessage(), broken.getClass().getSimpleName());
    return OneLine.of(said, LONGEST);
  }
}
