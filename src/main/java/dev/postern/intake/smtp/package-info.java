/** The built-in SMTP listener: inline intake of mail that a front MTA hands over. */
@NullMarked
package dev.postern.intake.smtp;

import org.jspecify.annotations.NullMarked;
