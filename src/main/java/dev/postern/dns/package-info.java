/** {@link dev.postern.evidence.Dns} by the network and by zones at hand. */
@NullMarked
package dev.postern.dns;

import org.jspecify.annotations.NullMarked;
