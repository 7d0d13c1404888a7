package dev.postern.teams.wire;

/** What the Bot Connector is asked to do, for the words of a fault and for what follows from it. */
enum Errand {
  SEND("POST", "a post"),
  UPDATE("PUT", "an update"),
  DELETE("DELETE", "a removal"),
  OPEN("POST", "a new conversation"),
  MEMBER("GET", "a look at a member"),
  MEMBERS("GET", "a look at the members"),
  TEAM("GET", "a look at a team"),
  CHANNELS("GET", "a look at the channels");

  private final String method;
  private final String words;

  Errand(String method, String words) {
    this.method = method;
    this.words = words;
  }

  /** The method of HTTP. */
  String method() {
    return method;
  }

  /** Its name for people. */
  String words() {
    return words;
  }

  /** Whether it matters if it was done though nobody answered. */
  boolean changes() {
    return !method.equals("GET");
  }

  /** Whether it needs a place that takes something new. */
  boolean posts() {
    return method.equals("POST");
  }
}
