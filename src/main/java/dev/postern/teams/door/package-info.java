/** The door of {@code POST /api/messages}: who sent this request, and may it be believed. */
@NullMarked
package dev.postern.teams.door;

import org.jspecify.annotations.NullMarked;
