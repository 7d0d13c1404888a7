package dev.postern.card.pace;

/**
 * What a platform counts together.
 *
 * @param kind which calls, as the platform names them
 * @param place where; empty where all places count together
 */
public record Lane(String kind, String place) {}
