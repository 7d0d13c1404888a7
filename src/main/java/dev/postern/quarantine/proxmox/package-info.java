/** Proxmox Mail Gateway: what its quarantines hold, and how it lets go of it. */
@NullMarked
package dev.postern.quarantine.proxmox;

import org.jspecify.annotations.NullMarked;
