package dev.postern.teams.wire;

/**
 * A channel of a team.
 *
 * @param id Teams' name of it
 * @param name foreign text; empty for the first channel, which each reader sees in their language
 */
public record Channel(String id, String name) {}
