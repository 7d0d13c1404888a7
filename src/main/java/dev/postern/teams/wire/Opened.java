package dev.postern.teams.wire;

import java.util.Optional;

/**
 * A conversation that was made.
 *
 * @param id Teams' name of it
 * @param activityId the first message; empty where none was given
 */
public record Opened(String id, Optional<String> activityId) {}
