/** The whole program as processes that are killed, stopped and raced against each other. */
@NullMarked
package dev.postern.app.crash;

import org.jspecify.annotations.NullMarked;
