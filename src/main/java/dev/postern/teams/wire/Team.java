package dev.postern.teams.wire;

/**
 * A team that the app is installed in.
 *
 * @param id Teams' name of it, the id of its first channel as well
 * @param name foreign text
 * @param groupId the group in Entra; empty where Teams does not say
 */
public record Team(String id, String name, String groupId) {}
