/** Slack as a surface: cards in channels, modals, the command {@code /postern}, Socket Mode. */
@NullMarked
package dev.postern.slack;

import org.jspecify.annotations.NullMarked;
