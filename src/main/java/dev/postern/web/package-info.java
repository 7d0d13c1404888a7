/** The web console and the API of scripts and the command line. */
@NullMarked
package dev.postern.web;

import org.jspecify.annotations.NullMarked;
