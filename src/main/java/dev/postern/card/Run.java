package dev.postern.card;

import java.time.Instant;

/** A piece of a line on a card. There are four kinds and no fifth. */
public sealed interface Run permits Run.Own, Foreign, Run.Time, Run.Person {

  /**
   * Postern's own words and numbers.
   *
   * @param text constants, numbers and checked configuration names only
   */
  record Own(String text) implements Run {}

  /**
   * An instant, shown in the reader's zone.
   *
   * @param at the instant
   * @param form how much of it is shown
   */
  record Time(Instant at, Form form) implements Run {
    /** Date and time, time alone, date alone. */
    public enum Form {
      DATETIME,
      TIME,
      DATE
    }
  }

  /**
   * Somebody of the directory.
   *
   * @param id the person's id in the settings
   * @param name cleaned display name
   * @param slackUser the person's Slack user id; empty where it is not known
   */
  record Person(String id, Foreign name, String slackUser) implements Run {}

  /** Own words. */
  static Run own(String text) {
    return new Own(text);
  }
}
