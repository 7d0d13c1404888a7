/** Measures the way of a click: from the signed request to the one effect at the mail system. */
@NullMarked
package dev.postern.app.bench.clicks;

import org.jspecify.annotations.NullMarked;
