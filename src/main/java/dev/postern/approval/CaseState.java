package dev.postern.approval;

/** How far a case has come. */
public enum CaseState {
  /** Durable, not yet examined. */
  RECEIVED,
  /** Evidence is stored, the ruling too. */
  EXAMINED,
  /** People are asked: a stage is open, or waits to be. */
  ASKING,
  /** Decided; the mail system has not proved the effect yet. */
  DECIDED,
  /** The mail system proved the effect. */
  DONE,
  /** Nobody answered in time; the message is still held. */
  EXPIRED,
  /** The effect could not be carried out; the message is still held and people are asked again. */
  FAILED,
  /** The mail system no longer has the message. */
  WITHDRAWN;

  /** Whether the message is still kept back. */
  public boolean held() {
    return switch (this) {
      case RECEIVED, EXAMINED, ASKING, DECIDED, EXPIRED, FAILED -> true;
      case DONE, WITHDRAWN -> false;
    };
  }
}
