/**
 * Real mail systems of Debian packages, started by tests on loopback, and the server behind them.
 */
@NullMarked
package dev.postern.mailsystem;

import org.jspecify.annotations.NullMarked;
