/** Desk, case, chain, stage, token, vote, effect; ports to store, mail system and people. */
@NullMarked
package dev.postern.approval;

import org.jspecify.annotations.NullMarked;
