package dev.postern.policy;

/**
 * One rule of the file.
 *
 * @param name unique in its file
 * @param when what must hold
 * @param action what is then done
 * @param reason for the card
 */
record Rule(String name, Condition when, Action action, String reason) {}
