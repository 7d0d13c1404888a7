/** Derived signals: plain facts about a message that no standard judges, each with a name. */
@NullMarked
package dev.postern.evidence.signal;

import org.jspecify.annotations.NullMarked;
