package dev.postern.teams.door;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What a token proved, to be held against the activity.
 *
 * @param serviceUrl the claim; empty only from an emulator
 * @param endorsements of the key; empty only from an emulator, which has none
 * @param expires when the token ends
 * @param emulated whether an emulator sent it
 */
record Proof(
    Optional<ServiceUrl> serviceUrl, Set<String> endorsements, Instant expires, boolean emulated) {}
