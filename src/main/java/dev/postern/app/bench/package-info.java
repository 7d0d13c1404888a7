/** Measures the hot paths on a corpus, as a contender beside other programs. */
@NullMarked
package dev.postern.app.bench;

import org.jspecify.annotations.NullMarked;
