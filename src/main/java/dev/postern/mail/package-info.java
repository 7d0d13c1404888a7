/** Raw message bytes, header fields, MIME outline, addresses, domains; no I/O. */
@NullMarked
package dev.postern.mail;

import org.jspecify.annotations.NullMarked;
