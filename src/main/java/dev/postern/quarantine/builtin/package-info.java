/** The built-in quarantine: held mail stays in the store and leaves by SMTP to the next hop. */
@NullMarked
package dev.postern.quarantine.builtin;

import org.jspecify.annotations.NullMarked;
