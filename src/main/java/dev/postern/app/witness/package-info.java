/** Second places for checkpoints of the log: a file, and whoever takes them by HTTP. */
@NullMarked
package dev.postern.app.witness;

import org.jspecify.annotations.NullMarked;
