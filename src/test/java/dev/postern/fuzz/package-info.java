/** What all fuzz targets share; each target lies in the room that it is about. */
@NullMarked
package dev.postern.fuzz;

import org.jspecify.annotations.NullMarked;
