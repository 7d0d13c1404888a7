/**
 * Postfix's hold queue: what is on hold is listed, fetched, released and deleted, and the mail log
 * proves what became of it.
 */
@NullMarked
package dev.postern.quarantine.postfix;

import org.jspecify.annotations.NullMarked;
