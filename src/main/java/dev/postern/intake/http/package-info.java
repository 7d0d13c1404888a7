/** The signed webhook by which other mail systems report what they hold. */
@NullMarked
package dev.postern.intake.http;

import org.jspecify.annotations.NullMarked;
