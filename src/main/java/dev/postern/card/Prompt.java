package dev.postern.card;

/**
 * How people type commands, as answers show it: that differs by platform, and within one by place.
 *
 * @param before what stands before a command; empty where nothing does
 */
public record Prompt(String before) {
  /** Slack's own form, a slash command. */
  public static final Prompt SLACK = new Prompt("/postern ");

  String of(String command) {
    return before + command;
  }
}
