package dev.postern.intake.milter;

import dev.postern.approval.CaseId;
import dev.postern.evidence.Evidence;
import java.util.Optional;

/** What is to become of a message. */
sealed interface Verdict {

  /** In one word, for the log and for figures. */
  String word();

  /** Whose mail it is, it is not judged. */
  record Unjudged() implements Verdict {
    @Override
    public String word() {
      return "unjudged";
    }
  }

  /**
   * Nothing against it.
   *
   * @param evidence what was found
   * @param grant what the message is told to say of the grant that let it pass
   */
  record Pass(Evidence evidence, Optional<String> grant) implements Verdict {
    @Override
    public String word() {
      return "pass";
    }
  }

  /**
   * Refused for good.
   *
   * @param reason for the reply
   */
  record Reject(String reason) implements Verdict {
    @Override
    public String word() {
      return "reject";
    }
  }

  /**
   * A case, and durable.
   *
   * @param caseId of the case
   * @param evidence what was found
   */
  record Held(CaseId caseId, Evidence evidence) implements Verdict {
    @Override
    public String word() {
      return "held";
    }
  }

  /** Postern's own, sent to see that mail is held; whoever sent it deletes it. */
  record Canary() implements Verdict {
    @Override
    public String word() {
      return "canary";
    }
  }

  /**
   * Nobody could find out.
   *
   * @param what went wrong, for the log
   */
  record Trouble(String what) implements Verdict {
    @Override
    public String word() {
      return "trouble";
    }
  }
}
