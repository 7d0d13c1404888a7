/** How holds arrive. What several kinds of intake share stands here. */
@NullMarked
package dev.postern.intake;

import org.jspecify.annotations.NullMarked;
