package dev.postern.fake;

/** How a request to a fake of a chat platform goes wrong. */
public enum Mishap {
  /** 429, not done, with {@link FakeHttp#retryAfter}. */
  RATE_LIMITED,
  /** 412, not done: too much at once in one conversation. */
  PRECONDITION,
  SERVER_ERROR,
  BAD_GATEWAY,
  UNAVAILABLE,
  GATEWAY_TIMEOUT,
  /** 504, though it was done. */
  DONE_BUT_TIMED_OUT,
  /** Done, but the connection breaks before the answer. */
  LOST_ANSWER,
  /** Done twice. */
  DOUBLED,
  /** Not done, and the connection breaks. */
  RESET,
  /** Nothing is answered at all. */
  SILENCE,
  /** The answer begins and does not end. */
  STUCK,
  /** The answer is larger than anything that the platform says. */
  FLOOD,
  /** Sends the caller to another address. */
  REDIRECT,
  /** A page instead of JSON. */
  GIBBERISH
}
