/**
 * What connectors share that carry out decisions at mail systems: the way out by SMTP, running
 * programs within bounds, and reading their logs.
 */
@NullMarked
package dev.postern.quarantine;

import org.jspecify.annotations.NullMarked;
