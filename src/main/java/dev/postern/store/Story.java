package dev.postern.store;

import dev.postern.approval.CaseId;
import java.util.Optional;

/** Is told of every entry of the tamper-evident log, once it is durable. */
public interface Story {

  /** One entry; called by the thread that made it, outside any transaction. */
  void tell(Line line);

  /**
   * One entry.
   *
   * @param what the kind of event, for example {@code vote.cast}
   * @param caseId the case; empty for what concerns none
   * @param actor a person's id, {@code policy} or {@code postern}
   * @param detail facts as {@code key=value}; no content of a message, no secret
   */
  record Line(String what, Optional<CaseId> caseId, String actor, String detail) {}
}
