/** mailcow: what its quarantine holds, and how it lets go of it. */
@NullMarked
package dev.postern.quarantine.mailcow;

import org.jspecify.annotations.NullMarked;
