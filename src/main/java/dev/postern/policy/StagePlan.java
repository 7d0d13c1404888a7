package dev.postern.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * One stage as the policy file plans it.
 *
 * @param name shown as "Who decides", for example {@code Mail on-call}
 * @param asked who
 * @param voting how votes add up
 * @param timing for how long
 * @param sequel what follows
 */
public record StagePlan(String name, Asked asked, Voting voting, Timing timing, Sequel sequel) {

  /** Among channels: each approver in a chat of their own with Postern. */
  public static final String OWN_CHATS = "own-chats";

  /**
   * Who has to do with the stage.
   *
   * @param approvers who may decide: ids of people, {@code group:NAME}, {@code oncall:NAME}, or as
   *     {@link GroupKind} says
   * @param told channels that see the case from then on and cannot decide it, {@code slack:C012}
   * @param channels where they are asked, {@code slack:C012} or {@link #OWN_CHATS}; where everybody
   *     is asked when empty
   */
  public record Asked(List<String> approvers, List<String> told, List<String> channels) {
    /** Copies the lists, so that a plan never changes. */
    public Asked {
      approvers = List.copyOf(approvers);
      told = List.copyOf(told);
      channels = List.copyOf(channels);
    }

    /** Whether each is asked alone. */
    public boolean inOwnChats() {
      return channels.contains(OWN_CHATS);
    }
  }

  /**
   * How votes add up.
   *
   * @param quorum how many different people must agree
   * @param onDiscard what a vote to discard does
   * @param reason when a vote needs words
   * @param distinctFrom names of earlier stages whose voters do not count here, even where their
   *     stage came to nothing. Who filled a stage never counts in another
   */
  public record Voting(
      Quorum quorum, OnDiscard onDiscard, ReasonRule reason, List<String> distinctFrom) {

    /**
     * Whether votes of a part of the approvers mean the same as among all: so many people as the
     * policy says, and not all of them or more than half.
     */
    public boolean bearsPart() {
      return quorum instanceof Quorum.People && onDiscard == OnDiscard.STOP;
    }

    /** Copies the list, so that a plan never changes. */
    public Voting {
      distinctFrom = List.copyOf(distinctFrom);
    }
  }

  /**
   * For how long people are asked.
   *
   * @param window how long the stage stays open
   * @param hours when the window runs; always where empty
   * @param reminders how long after the opening people are reminded, shortest first
   */
  public record Timing(Duration window, Optional<WorkingHours> hours, List<Duration> reminders) {
    /** Copies the list, so that a plan never changes. */
    public Timing {
      reminders = List.copyOf(reminders);
    }

    /** When a stage that opens then closes, to the second. */
    public Instant closes(Instant opens) {
      return after(opens, window);
    }

    /** When people are to be reminded of a stage that opens then, earliest first. */
    public List<Instant> reminders(Instant opens) {
      return reminders.stream().map(wait -> after(opens, wait)).toList();
    }

    private Instant after(Instant opens, Duration time) {
      return hours
          .map(it -> it.after(opens, time))
          .orElseGet(() -> opens.plus(time))
          .truncatedTo(ChronoUnit.SECONDS);
    }
  }

  /**
   * What follows the stage.
   *
   * @param onTimeout when the window closes
   * @param onRelease when the stage votes to release
   */
  public record Sequel(OnTimeout onTimeout, OnRelease onRelease) {}

  /** When a vote must carry words. */
  public enum ReasonRule {
    NEVER,
    DISCARD,
    RELEASE,
    ALWAYS
  }

  /** What a vote to discard does. */
  public enum OnDiscard {
    /** One is enough. */
    STOP,
    /** More than half of the approvers must agree. */
    MAJORITY
  }

  /** What a window that closes does. */
  public enum OnTimeout {
    /** The next stage opens; after the last one the case expires. */
    ESCALATE,
    /** The case expires, whatever stages are left; the message stays held. */
    EXPIRE,
    /** The message is discarded. */
    DISCARD
  }

  /** What a vote to release does. */
  public enum OnRelease {
    /** It decides the case. */
    DECIDE,
    /** The next stage must agree. */
    NEXT
  }
}
