/** The command line: what a person or a script may say, and how Postern answers it. */
@NullMarked
package dev.postern.app.command;

import org.jspecify.annotations.NullMarked;
