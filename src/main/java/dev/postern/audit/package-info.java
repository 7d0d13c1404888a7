/** The tamper-evident log: Merkle tree (RFC 6962), signed checkpoints (C2SP), verification. */
@NullMarked
package dev.postern.audit;

import org.jspecify.annotations.NullMarked;
