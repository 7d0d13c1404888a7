/** SPF (RFC 7208), term by term over {@link dev.postern.evidence.Dns}. */
@NullMarked
package dev.postern.evidence.spf;

import org.jspecify.annotations.NullMarked;
