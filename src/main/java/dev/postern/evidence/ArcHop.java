package dev.postern.evidence;

/**
 * What one hop of an ARC chain added (RFC 8617 §4.2.1).
 *
 * @param instance i=, 1 for the first hop
 * @param sealer d= of its ARC-Seal, lower case; empty if it could not be read
 * @param selector s= of its ARC-Seal; empty if it could not be read
 * @param trusted whether {@link Home#trustedSealers()} names the sealer or a domain above it
 * @param claims what it says it found, from its ARC-Authentication-Results: {@code spf=pass
 *     dkim=pass dmarc=pass}; no more than a claim, hostile, empty if it could not be read
 */
public record ArcHop(
    int instance, String sealer, String selector, boolean trusted, String claims) {}
