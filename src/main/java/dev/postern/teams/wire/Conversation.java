package dev.postern.teams.wire;

/**
 * Where a message of Teams stands: a chat, or a thread of a channel.
 *
 * @param service the address that Teams gave for it ({@code serviceUrl})
 * @param id Teams' name of it, such as {@code a:1b2c} or {@code 19:…@thread.tacv2;messageid=17…}
 */
public record Conversation(String service, String id) {}
