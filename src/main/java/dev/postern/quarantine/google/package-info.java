/** The admin quarantine of Google Workspace, by its Mail Admin Quarantine API. */
@NullMarked
package dev.postern.quarantine.google;

import org.jspecify.annotations.NullMarked;
