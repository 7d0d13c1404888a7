/**
 * Every word and value that a card shows, surface-neutral, hostile text made safe; brings cards to
 * the truth.
 */
@NullMarked
package dev.postern.card;

import org.jspecify.annotations.NullMarked;
