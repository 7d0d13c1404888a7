package dev.postern.approval;

import dev.postern.policy.Ruling;

/** What an inline connector answers. */
public sealed interface Judgement {

  /**
   * Hand it on now; nothing was stored.
   *
   * @param ruling why
   */
  record Pass(Ruling ruling) implements Judgement {}

  /**
   * Refuse it; nothing was stored.
   *
   * @param ruling why; its reason goes into the reply
   */
  record Reject(Ruling ruling) implements Judgement {}

  /**
   * Durable; acknowledge it.
   *
   * @param caseId the case that people are asked about
   * @param duplicate whether it existed before
   */
  record Held(CaseId caseId, boolean duplicate) implements Judgement {}
}
