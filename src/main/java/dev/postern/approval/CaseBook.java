package dev.postern.approval;

import dev.postern.mail.Fingerprint;
import dev.postern.mail.RawMessage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reading cases. Nothing here changes anything. */
public interface CaseBook {

  /** The case of that name. */
  Optional<CaseFile> find(CaseId id);

  /** Cases, newest first. */
  List<CaseFile> list(Query query);

  /** Cases that mention this, older than {@code after}, newest first; at most 200. */
  List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit);

  /**
   * Cases that wait for the vote of one person, the soonest deadline first: asked, and not voted
   * yet. Those who may break the glass are not asked.
   *
   * @param after only what stands behind it in the list, for the next page
   * @param limit at most so many
   */
  List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit);

  /**
   * Where a case stands in a list by deadlines: what was decided, or came, since a page was drawn
   * moves no other case from one page to another.
   *
   * @param closes when its stage closes, to the microsecond
   * @param stageId its stage, for those that close at the same time
   */
  record Deadline(Instant closes, long stageId) implements Comparable<Deadline> {
    /** Cuts the time to what a database keeps of it. */
    public Deadline {
      closes = closes.truncatedTo(ChronoUnit.MICROS);
    }

    /** That of a stage. */
    public static Deadline of(Stage stage) {
      return new Deadline(stage.closes(), stage.id());
    }

    @Override
    public int compareTo(Deadline other) {
      int byTime = closes.compareTo(other.closes);
      return byTime == 0 ? Long.compare(stageId, other.stageId) : byTime;
    }
  }

  /** Votes of one person that stand, cast since then, the newest first. */
  List<Share> shares(String personId, Instant since, int limit);

  /**
   * A vote that somebody had in a case.
   *
   * @param asked when people were asked
   * @param at when it was cast
   */
  record Share(CaseId caseId, Choice choice, Instant asked, Instant at) {}

  /**
   * Stages that ended without a decision while they asked one person, who had no vote in them; by
   * the end of their windows, the newest first.
   *
   * @param since no earlier
   * @param until nor later
   */
  List<Missed> missed(String personId, Instant since, Instant until, int limit);

  /**
   * A stage that ended without somebody's vote.
   *
   * @param at the end of its window
   */
  record Missed(CaseId caseId, Instant at) {}

  /**
   * How many cases are in these states together. For states in which cases stay for good it takes
   * the longer the more there are.
   */
  long count(Set<CaseState> states);

  /** How many cases another one's card asks about. */
  long joined();

  /** The case whose card asks, or asked, about this one; empty for a case that is alone. */
  Optional<CaseId> leaderOf(CaseId member);

  /** What happened to a case, oldest first. */
  List<HistoryLine> history(CaseId id);

  /** The octets of a held message, where the store has them. */
  Optional<RawMessage> raw(CaseId id);

  /** What kind of message a case is about. Reads all of it: never in a transaction. */
  default Optional<Fingerprint> kind(CaseFile it) {
    return raw(it.id()).flatMap(raw -> Fingerprint.of(raw, it.envelope()));
  }

  /** When retention removed a case; empty where it is there, or never was. */
  Optional<Instant> removed(CaseId id);

  /** What came before the newest stage of a case; nothing for a case that is not there. */
  Backstory backstory(CaseId id);

  /** Cards of a case. */
  List<CardRow> cards(CaseId id);

  /**
   * Which cases.
   *
   * @param states only these; all when empty
   * @param text part of an address, domain, subject or Message-ID, or a case id; all when empty
   * @param after only cases older than this one, for the next page
   * @param limit at most so many, 1 to 200
   * @param joined whether those are among them that another case's card asks about
   */
  record Query(
      Set<CaseState> states, String text, Optional<CaseId> after, int limit, boolean joined) {
    /** With those that another case's card asks about. */
    public Query(Set<CaseState> states, String text, Optional<CaseId> after, int limit) {
      this(states, text, after, limit, true);
    }
  }

  /**
   * One line of the tamper-evident log.
   *
   * @param number position in the log; 0 until the sequencer has numbered it
   * @param at when
   * @param actor a person's id, {@code policy}, or {@code postern}
   * @param what the kind of event, for example {@code vote.cast}
   * @param detail facts, in own words and hashes only
   */
  record HistoryLine(long number, Instant at, String actor, String what, String detail) {}
}
