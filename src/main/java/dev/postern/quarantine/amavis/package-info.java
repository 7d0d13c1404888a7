/**
 * amavis's quarantine of files: it is listed and fetched, released by the AM.PDP protocol, and what
 * is discarded is deleted.
 */
@NullMarked
package dev.postern.quarantine.amavis;

import org.jspecify.annotations.NullMarked;
