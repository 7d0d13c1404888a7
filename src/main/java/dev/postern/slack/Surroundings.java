package dev.postern.slack;

import java.net.URI;

/**
 * What else is set that Slack has to do with.
 *
 * @param byEmail whether accounts are looked up by their address, or linked by it
 * @param here where a Postern on this machine would answer
 */
public record Surroundings(boolean byEmail, URI here) {}
