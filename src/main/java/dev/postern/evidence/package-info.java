/**
 * Evaluation of a message and the canonical evidence document; port {@link
 * dev.postern.evidence.Dns}.
 */
@NullMarked
package dev.postern.evidence;

import org.jspecify.annotations.NullMarked;
