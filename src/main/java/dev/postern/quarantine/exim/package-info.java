/**
 * Exim's frozen messages: they are listed, fetched, released and deleted, and the main log proves
 * what became of them.
 */
@NullMarked
package dev.postern.quarantine.exim;

import org.jspecify.annotations.NullMarked;
