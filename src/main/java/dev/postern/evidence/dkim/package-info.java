/** DKIM signatures (RFC 6376, RFC 8301, RFC 8463), evaluated on the octets of the message. */
@NullMarked
package dev.postern.evidence.dkim;

import org.jspecify.annotations.NullMarked;
