/** Puts the connectors to mail systems together. */
@NullMarked
package dev.postern.app.mail;

import org.jspecify.annotations.NullMarked;
