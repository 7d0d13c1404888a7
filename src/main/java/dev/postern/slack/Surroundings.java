package dev.postern.slack;

import java.net.URI;
import java.util.Optional;

/**
 * What else is set that Slack has to do with.
 *
 * @param byEmail whether accounts are looked up by their address, or linked by it
 * @param publicUrl where Postern is reached from outside; empty where that is not told
 * @param here where a Postern on this machine would answer
 */
public record Surroundings(boolean byEmail, Optional<URI> publicUrl, URI here) {}
