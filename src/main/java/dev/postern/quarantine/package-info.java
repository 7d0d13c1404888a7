/**
 * What connectors share that carry out decisions at mail systems: the way out by SMTP, and running
 * programs within bounds.
 */
@NullMarked
package dev.postern.quarantine;

import org.jspecify.annotations.NullMarked;
