/** Microsoft Teams as a surface. */
@NullMarked
package dev.postern.teams;

import org.jspecify.annotations.NullMarked;
