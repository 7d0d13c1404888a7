/** Main, commands, settings and the one place that knows all rooms. */
@NullMarked
package dev.postern.app;

import org.jspecify.annotations.NullMarked;
