package dev.postern.slack;

import dev.postern.approval.GroupReadings;
import dev.postern.approval.Replays;

/**
 * Rows that Slack's part of every replica shares.
 *
 * @param replays requests that were taken
 * @param groups who is in user groups
 */
public record SharedRows(Replays replays, GroupReadings groups) {}
