/** A quarantine that is a mailbox: a folder of an IMAP server, or a Maildir. */
@NullMarked
package dev.postern.quarantine.mailbox;

import org.jspecify.annotations.NullMarked;
