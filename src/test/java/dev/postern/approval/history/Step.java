package dev.postern.approval.history;

import dev.postern.approval.Act;
import java.time.Duration;

/**
 * One thing that happens in a history. A step says what is picked, not what that is: it can be
 * played whatever happened before, so that a history stays one when steps are taken out of it.
 */
sealed interface Step {

  /** Which button is clicked. */
  enum Button {
    /** The one that the card on the surface carries now. */
    SHOWN,
    /** The one that those find who may break the glass. */
    GLASS,
    /** Any that was ever to be seen. */
    SEEN,
    /** One of another case. */
    FOREIGN,
    /** One with another MAC. */
    FORGED
  }

  /**
   * Somebody clicks.
   *
   * @param slack in Slack, else on the web page
   * @param pick which of the buttons that were seen
   * @param astray in a channel where the card never stood
   * @param words whether a reason is given
   */
  record Clicks(
      String who, boolean slack, Button button, int pick, boolean astray, Act act, boolean words)
      implements Step {
    @Override
    public String toString() {
      return who
          + (words ? " says why and clicks " : " clicks ")
          + act
          + (slack ? " in Slack" : " on the web")
          + (astray ? ", on a card that was copied elsewhere" : "")
          + (button == Button.SHOWN ? "" : ", with the button " + button + " " + pick);
    }
  }

  /** The platform delivers an earlier click once more; altered: under its event id, another one. */
  record Repeats(int pick, boolean altered) implements Step {
    @Override
    public String toString() {
      return "click " + pick + " comes again" + (altered ? " with other content" : "");
    }
  }

  /** Time passes, or the clock is set back. */
  record Waits(Duration time) implements Step {
    @Override
    public String toString() {
      return time.isNegative() ? "the clock is set back by " + time.negated() : time + " pass";
    }
  }

  /** The timer of a stage fires, at its time or whenever. */
  record TimeUp(boolean punctual, int pick) implements Step {
    @Override
    public String toString() {
      return punctual ? "the window closes" : "a timer fires for stage " + pick;
    }
  }

  /** Somebody leaves a group or joins it. */
  record Moves(String who, String group, boolean joins) implements Step {
    @Override
    public String toString() {
      return who + (joins ? " joins " : " leaves ") + group;
    }
  }

  /** Somebody is struck from the directory. */
  record Goes(String who) implements Step {
    @Override
    public String toString() {
      return who + " is no longer known";
    }
  }

  /** The message is examined again, and the evidence is another one. */
  record Examined() implements Step {
    @Override
    public String toString() {
      return "the evidence changes";
    }
  }

  /** Effects are carried out by a mail system of that mood. */
  record Mails(Mood mood) implements Step {
    @Override
    public String toString() {
      return "the mail system is told, and " + mood.words;
    }
  }

  /** How the mail system takes it. */
  enum Mood {
    WILLING("does it"),
    BUSY("puts it off"),
    BUSY_FOR_HOURS("puts it off until it is given up"),
    HALF_BUSY("does it for the first, and puts the others off"),
    REFUSING("refuses"),
    FORGETFUL("does not know the message"),
    SILENT("breaks the connection while answering"),
    CRASH_BEFORE("the process dies before it heard"),
    CRASH_AFTER("the process dies after it did it"),
    CRASH_UNKNOWN("the process dies, and nobody knows");

    private final String words;

    Mood(String words) {
      this.words = words;
    }
  }
}
