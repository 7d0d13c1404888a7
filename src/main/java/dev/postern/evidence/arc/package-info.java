/** ARC chains (RFC 8617): what mailing lists and forwarders saw before they changed a message. */
@NullMarked
package dev.postern.evidence.arc;

import org.jspecify.annotations.NullMarked;
