/** A mail server, its filter and Postern, each killed again and again while mail comes. */
@NullMarked
package dev.postern.app.chaos;

import org.jspecify.annotations.NullMarked;
