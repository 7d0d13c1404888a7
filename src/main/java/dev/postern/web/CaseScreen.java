package dev.postern.web;

import dev.postern.card.CardView;
import dev.postern.card.Check;
import dev.postern.card.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One case, whole.
 *
 * @param id its name
 * @param version of the row that is shown
 * @param card its wording; all but the form and the tables is laid out from it
 * @param mark how bad it looks; empty where nothing is asked
 * @param chips results of the checks
 * @param checks the checks with what they mean
 * @param said the answer to the vote just cast
 * @param ballot the decision form; empty for who may not vote now
 * @param together the others that are decided with it; empty for a case that is alone
 * @param rules the policy's trace
 * @param dns every DNS answer used
 * @param history the lines of the log
 * @param original whether the reader may download the message as received
 * @param moving whether something is under way that needs no person, so that the page follows it
 */
public record CaseScreen(
    String id,
    long version,
    CardView card,
    Optional<Mark> mark,
    List<Chip> chips,
    List<Check> checks,
    Optional<Said> said,
    Optional<BallotForm> ballot,
    Optional<TogetherScreen> together,
    List<RuleLine> rules,
    List<DnsLine> dns,
    List<HistoryLine> history,
    boolean original,
    boolean moving) {
  private static final List<String> IN_FULL = List.of("dns", "rules");

  /** Whether it is about what somebody asks for, and no message. */
  public boolean request() {
    return card.kind() == CardView.Kind.REQUEST;
  }

  /** Blocks of the card, in this order of their names. */
  public List<CardView.Group> groups(String... ids) {
    return Stream.of(ids)
        .flatMap(id -> card.groups().stream().filter(g -> g.id().equals(id)))
        .toList();
  }

  /** What "More evidence" shows, but for DNS and rules, of which the page has all in full. */
  public List<CardView.Group> folds() {
    return card.evidence().stream().filter(g -> !IN_FULL.contains(g.id())).toList();
  }

  /** The other blocks, in the card's order. */
  public List<CardView.Group> groupsBut(String... ids) {
    List<String> placed = List.of(ids);
    return card.groups().stream().filter(g -> !placed.contains(g.id())).toList();
  }

  /**
   * The answer to a vote.
   *
   * @param notice the words
   * @param tone {@code ok} when it counted, else {@code warn}
   * @param typed the reason of a vote that did not count; empty otherwise
   */
  public record Said(Notice notice, String tone, String typed) {}

  /**
   * A rule of the policy.
   *
   * @param name as in the policy file
   * @param matched whether it decided
   * @param shadow whether it matched in shadow, and so changed nothing
   * @param why the expression, the first part that did not hold, the error it met, or what it would
   *     have done
   */
  public record RuleLine(String name, boolean matched, boolean shadow, String why) {
    /** What became of it, in two words. */
    public String outcome() {
      return matched ? "matched" : shadow ? "in shadow" : "no match";
    }
  }

  /**
   * A DNS answer.
   *
   * @param name asked
   * @param type asked
   * @param answers one per record; empty where there was none
   * @param status in words where there was no record
   * @param ttl seconds
   * @param authenticated whether the resolver validated it
   */
  public record DnsLine(
      Piece name,
      String type,
      List<Piece> answers,
      String status,
      long ttl,
      boolean authenticated) {}

  /**
   * A line of the log.
   *
   * @param number position; 0 until it has one
   * @param at when
   * @param actor who
   * @param what in own words
   * @param detail facts
   */
  public record HistoryLine(long number, Instant at, Piece actor, String what, String detail) {}
}
