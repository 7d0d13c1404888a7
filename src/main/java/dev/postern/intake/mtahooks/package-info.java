/** MTA Hooks: judges mail inline that Stalwart shows by HTTP before it takes it. */
@NullMarked
package dev.postern.intake.mtahooks;

import org.jspecify.annotations.NullMarked;
