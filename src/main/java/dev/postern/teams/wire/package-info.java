/** What Postern asks of Microsoft: to sign in, and the Bot Connector's REST API, version 3. */
@NullMarked
package dev.postern.teams.wire;

import org.jspecify.annotations.NullMarked;
