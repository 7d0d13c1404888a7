/** What a domain publishes about its mail, without any message: found, judged, and what to mend. */
@NullMarked
package dev.postern.evidence.posture;

import org.jspecify.annotations.NullMarked;
