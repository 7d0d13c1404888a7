/** Random histories of a case, played against the desk and against a simple model of it. */
@NullMarked
package dev.postern.approval.history;

import org.jspecify.annotations.NullMarked;
