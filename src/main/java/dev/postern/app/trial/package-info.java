/**
 * What {@code postern try} adds: sample messages, their zone, and a next hop that shows its mail.
 */
@NullMarked
package dev.postern.app.trial;

import org.jspecify.annotations.NullMarked;
