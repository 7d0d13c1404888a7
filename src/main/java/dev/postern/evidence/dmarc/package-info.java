/** DMARC (RFC 9989): tree walk, policy, alignment. */
@NullMarked
package dev.postern.evidence.dmarc;

import org.jspecify.annotations.NullMarked;
