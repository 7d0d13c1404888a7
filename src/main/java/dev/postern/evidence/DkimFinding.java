package dev.postern.evidence;

/**
 * One DKIM-Signature field, in message order (RFC 6376 §6.1).
 *
 * @param result the result of this signature
 * @param domain d=, lower case; empty if it could not be read
 * @param selector s=; empty if it could not be read
 * @param algorithm a=, for example {@code rsa-sha256}
 * @param keyBits size of the public key; 0 where no key was had
 * @param reason why it is not a pass, in our words ("body changed after signing"); empty on a pass
 * @param unsignedOctets octets of the body beyond l=, which anyone may have added; 0 without l=
 * @param aligned whether d= is aligned with the From domain (RFC 9989 §4.4)
 */
public record DkimFinding(
    DkimResult result,
    String domain,
    String selector,
    String algorithm,
    int keyBits,
    String reason,
    long unsignedOctets,
    boolean aligned) {}
