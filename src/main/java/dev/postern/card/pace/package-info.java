/** Calls to a platform, kept below the rates that it publishes. */
@NullMarked
package dev.postern.card.pace;

import org.jspecify.annotations.NullMarked;
