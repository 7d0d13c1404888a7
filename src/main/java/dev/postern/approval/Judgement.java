package dev.postern.approval;

import dev.postern.evidence.Evidence;
import dev.postern.policy.Ruling;

/** What an inline connector answers. */
public sealed interface Judgement {

  /**
   * Hand it on now; nothing was stored.
   *
   * @param ruling why
   * @param evidence what was found
   */
  record Pass(Ruling ruling, Evidence evidence) implements Judgement {}

  /**
   * Refuse it; nothing was stored.
   *
   * @param ruling why; its refusal goes into the reply
   */
  record Reject(Ruling ruling) implements Judgement {}

  /**
   * Durable; acknowledge it.
   *
   * @param caseId the case that people are asked about
   * @param duplicate whether it existed before
   * @param evidence what was found
   */
  record Held(CaseId caseId, boolean duplicate, Evidence evidence) implements Judgement {}
}
