/** What the fakes of chat platforms have in common. */
@NullMarked
package dev.postern.fake;

import org.jspecify.annotations.NullMarked;
