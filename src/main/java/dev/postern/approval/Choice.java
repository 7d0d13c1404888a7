package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.List;

/**
 * What a vote is for. Votes of one stage add up only when what they say of the held messages is
 * equal; what they say of later ones counts where all of them say it.
 */
public sealed interface Choice extends Act {

  /**
   * Let it go to every recipient.
   *
   * @param later whether later messages of its kind are to pass, too; of a set only
   */
  record ReleaseAll(boolean later) implements Choice {
    /** Only this. */
    public ReleaseAll() {
      this(false);
    }

    @Override
    public ReleaseAll withLater() {
      return new ReleaseAll(true);
    }

    @Override
    public ReleaseAll alone() {
      return new ReleaseAll();
    }
  }

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

    /** A set is released to everybody, and so is what comes later. */
    @Override
    public boolean later() {
      return false;
    }

    @Override
    public ReleaseTo withLater() {
      return this;
    }

    @Override
    public ReleaseTo alone() {
      return this;
    }
  }

  /**
   * Delete it for everyone.
   *
   * @param later whether later messages of its kind are to be deleted, too; of a set only
   */
  record Discard(boolean later) implements Choice {
    /** Only this. */
    public Discard() {
      this(false);
    }

    @Override
    public Discard withLater() {
      return new Discard(true);
    }

    @Override
    public Discard alone() {
      return new Discard();
    }
  }

  /** Whether it says the same of later messages of the kind, by a grant. */
  boolean later();

  /** The same, and of later ones, too, where that can be said. */
  Choice withLater();

  /** What it says of what is held now: that is what votes add up to. */
  Choice alone();

  /** {@code release} or {@code discard}. */
  @Override
  default String word() {
    return switch (this) {
      case ReleaseAll _, ReleaseTo _ -> "release";
      case Discard _ -> "discard";
    };
  }
}
