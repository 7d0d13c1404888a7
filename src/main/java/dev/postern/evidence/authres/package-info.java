/**
 * Authentication-Results (RFC 8601) and Received-SPF (RFC 7208 §9.1): what others say they found
 * out, which of it may be believed, and what we say ourselves.
 */
@NullMarked
package dev.postern.evidence.authres;

import org.jspecify.annotations.NullMarked;
