package dev.postern.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the policy says of one message, and why.
 *
 * @param action what to do
 * @param rule the name of the rule that matched
 * @param reason the rule's words for the card
 * @param policyVersion first 12 hexadecimal digits of the SHA-256 of the policy's files
 * @param trace each rule up to the one that matched, in order
 * @param notes what is to be known besides
 */
public record Ruling(
    Action action,
    String rule,
    Reason reason,
    String policyVersion,
    List<Step> trace,
    Notes notes) {
  private static final String BLOCKED = "Mail like this is not accepted here.";
  private static final String FROZEN = "frozen";
  private static final String LIMIT = "limit";
  private static final String GRANT = "grant";

  /**
   * One rule that was tried.
   *
   * @param rule its name
   * @param matched whether it decided
   * @param why the expression, the first part that did not hold, or the error it met
   */
  public record Step(String rule, boolean matched, String why) {}

  /**
   * A rule in shadow that matched, and changed nothing.
   *
   * @param rule its name
   * @param action the word of what it would have done
   */
  public record Shadow(String rule, String action) {
    /** That it changed nothing, and what it would have done. */
    public String sentence() {
      String done =
          switch (action) {
            case "release" -> "released it";
            case "discard" -> "discarded it";
            default -> "asked about it";
          };
      return "In shadow: rule " + rule + " would have " + done + ".";
    }
  }

  /**
   * What is to be known of a ruling besides.
   *
   * @param frozen that releasing by rule is frozen, where a rule would have released
   * @param shadows the rules in shadow that matched before one decided
   * @param granted the grant that decided in place of the rule, if one did
   * @param limit the most automatic actions of the rule in an hour; 0 where there is no limit
   * @param overGrants whether no grant may decide in place of the rule
   */
  public record Notes(
      Optional<Freeze> frozen,
      List<Shadow> shadows,
      Optional<ByGrant> granted,
      int limit,
      boolean overGrants) {
    /** Nothing. */
    public static final Notes NONE = of(List.of(), 0, false);

    static Notes of(List<Shadow> shadows, int limit, boolean overGrants) {
      return new Notes(Optional.empty(), shadows, Optional.empty(), limit, overGrants);
    }

    /** What is kept of them: limits and the like matter at once or never. */
    public Notes(Optional<Freeze> frozen, List<Shadow> shadows, Optional<ByGrant> granted) {
      this(frozen, shadows, granted, 0, true);
    }

    /** Copies the list, so that notes never change. */
    public Notes {
      shadows = List.copyOf(shadows);
    }
  }

  /**
   * A grant that decided in place of a rule.
   *
   * @param id its name
   * @param terms what it lets pass or stops
   * @param owner id of who asked for it
   * @param name the name of that person; foreign on cards
   * @param rule what the rule said
   */
  public record ByGrant(GrantId id, GrantTerms terms, String owner, String name, Action rule) {
    /** For the trace and the log: ids only. */
    String sentence() {
      String done = terms.kind() == GrantTerms.Kind.ALLOW ? "allowed by " : "blocked by ";
      return done + id + " of " + owner + " until " + terms.until();
    }
  }

  /** Copies the list, so that a ruling never changes. */
  public Ruling {
    trace = List.copyOf(trace);
  }

  /** What the policy says where there is nothing to note. */
  public Ruling(Action action, String rule, String reason, String policyVersion, List<Step> trace) {
    this(action, rule, Reason.own(reason), policyVersion, trace, Notes.NONE);
  }

  /** That releasing by rule is frozen, where a rule would have released. */
  public Optional<Freeze> frozen() {
    return notes.frozen();
  }

  /**
   * Whether a grant of this kind may decide in place of the rule: it may stop what a rule asks
   * about in any case, and never let pass what one would discard.
   */
  public boolean yields(GrantTerms.Kind to) {
    return switch (action) {
      case Action.Ask _ -> to == GrantTerms.Kind.BLOCK || !notes.overGrants();
      case Action.Release _ -> to == GrantTerms.Kind.BLOCK && !notes.overGrants();
      case Action.Discard _ -> false;
    };
  }

  /** What becomes of it where a grant decides. */
  public Ruling by(ByGrant grant) {
    boolean allow = grant.terms().kind() == GrantTerms.Kind.ALLOW;
    List<Step> steps = new ArrayList<>(trace);
    steps.add(new Step(GRANT, true, grant.sentence()));
    return new Ruling(
        allow ? new Action.Release() : new Action.Discard(),
        rule,
        reason,
        policyVersion,
        steps,
        new Notes(notes.frozen(), notes.shadows(), Optional.of(grant)));
  }

  /**
   * What becomes of a release while releasing by rule is frozen.
   *
   * @param asked who is asked instead
   */
  public Ruling heeding(Freeze freeze, Chain asked) {
    Notes frozen = new Notes(Optional.of(freeze), notes.shadows(), notes.granted());
    return asking(asked, new Step(FROZEN, true, freeze.sentence()), reason, frozen);
  }

  /**
   * What becomes of a release of a message that may have been delivered before.
   *
   * @param caution why
   * @param asked who is asked instead
   */
  public Ruling heeding(String caution, Chain asked) {
    return asking(asked, new Step("caution", true, caution), reason, notes);
  }

  /**
   * What becomes of an automatic action once the rule has taken as many in this hour as it may.
   *
   * @param asked who is asked instead
   */
  public Ruling beyondLimit(Chain asked) {
    String many = action.word() + " by rule " + rule + " happened " + notes.limit() + " times";
    Reason why = Reason.own("It is more than rule " + rule + " may " + action.word() + " an hour.");
    Step step = new Step(LIMIT, true, many + " in this hour");
    boolean overGrants = notes.overGrants() || action instanceof Action.Discard;
    return asking(asked, step, why, Notes.of(notes.shadows(), 0, overGrants));
  }

  /**
   * What the rule said, before releasing was frozen, its allowance of the hour was spent, or a
   * grant decided.
   */
  public Action unhindered() {
    if (notes.granted().isPresent()) {
      return notes.granted().get().rule();
    }
    Step last = trace.isEmpty() ? new Step("", false, "") : trace.getLast();
    return switch (last.rule()) {
      case FROZEN -> new Action.Release();
      case LIMIT -> last.why().startsWith("discard ") ? new Action.Discard() : new Action.Release();
      default -> action;
    };
  }

  /**
   * What a sender is told whose message is refused. That of a rule is its reason; people who block
   * something owe the sender none, and the rule's is not theirs.
   */
  public String refusal() {
    return notes.granted().isPresent() ? BLOCKED : reason.plain();
  }

  private Ruling asking(Chain asked, Step because, Reason why, Notes more) {
    List<Step> steps = new ArrayList<>(trace);
    steps.add(because);
    return new Ruling(new Action.Ask(asked.name()), rule, why, policyVersion, steps, more);
  }
}
