package dev.postern.approval;

import java.util.Optional;

/** What a click came to. Every click ends in one. */
public sealed interface Answer {

  /**
   * The vote counts, more are needed.
   *
   * @param caseId the case
   * @param missing how many more people must agree
   */
  record Counted(CaseId caseId, int missing) implements Answer {}

  /**
   * The vote decided the case; the mail system is being told.
   *
   * @param caseId the case
   * @param choice what was decided
   */
  record Decided(CaseId caseId, Choice choice) implements Answer {}

  /**
   * The stage agreed to release, and the next one must agree too.
   *
   * @param caseId the case
   * @param next the name of that stage
   */
  record PassedOn(CaseId caseId, String next) implements Answer {}

  /**
   * The vote was taken back, or left to the others.
   *
   * @param caseId the case
   */
  record Noted(CaseId caseId) implements Answer {}

  /**
   * The evidence is looked for again.
   *
   * @param caseId the case
   */
  record Looking(CaseId caseId) implements Answer {}

  /**
   * A recipient is being asked.
   *
   * @param caseId the case
   */
  record Asked(CaseId caseId) implements Answer {}

  /**
   * A witness was heard.
   *
   * @param caseId the case
   */
  record Heard(CaseId caseId) implements Answer {}

  /**
   * The click changed nothing.
   *
   * @param why the kind of refusal
   * @param detail facts for the sentence, from the case; own words only
   * @param caseId the case, where the token named one
   */
  record Refused(Refusal why, String detail, Optional<CaseId> caseId) implements Answer {

    /** A refusal of a click that belongs to no case. */
    public Refused(Refusal why, String detail) {
      this(why, detail, Optional.empty());
    }
  }
}
