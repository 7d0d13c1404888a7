/** What rspamd is told of decisions. */
@NullMarked
package dev.postern.quarantine.rspamd;

import org.jspecify.annotations.NullMarked;
