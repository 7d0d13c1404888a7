package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.List;

/** What a vote is for. Votes of one stage add up only when their choices are equal. */
public sealed interface Choice extends Act {

  /** Let it go to every recipient. */
  record ReleaseAll() implements Choice {}

  /**
   * Let it go to some; the others never get it.
   *
   * @param recipients exactly these, in envelope order
   */
  record ReleaseTo(List<EmailAddress> recipients) implements Choice {
    /** Copies the list, so that a choice never changes. */
    public ReleaseTo {
      recipients = List.copyOf(recipients);
      if (recipients.isEmpty()) {
        throw new IllegalArgumentException("a release needs a recipient");
      }
    }
  }

  /** Delete it for everyone. */
  record Discard() implements Choice {}

  /** {@code release} or {@code discard}. */
  @Override
  default String word() {
    return switch (this) {
      case ReleaseAll _, ReleaseTo _ -> "release";
      case Discard _ -> "discard";
    };
  }
}
