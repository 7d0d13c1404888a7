package dev.postern.evidence;

/**
 * One DKIM-Signature field, in message order (RFC 6376 §6.1).
 *
 * @param result the result of this signature
 * @param domain d=, lower case; empty if it could not be read
 * @param selector s=; empty if it could not be read
 * @param identity i= as written, the agent or user on whose behalf it was signed; hostile, often
 *     empty
 * @param algorithm a=, for example {@code rsa-sha256}
 * @param keyBits size of the public key; 0 where no key was had
 * @param testing t=y of the key: the domain asks not to rely on it yet (§3.6.1)
 * @param reason why it is not a pass, in our words ("body changed after signing"); empty on a pass
 * @param lengthTag whether l= is given, so that text may be added without breaking the signature
 * @param unsignedOctets octets of the body beyond l=, which anyone may have added; 0 without l=
 * @param signedAt t=, seconds since 1970, which the signer may set at will; 0 if absent or
 *     unreadable
 * @param aligned whether d= is aligned with the From domain (RFC 9989 §4.4)
 */
public record DkimFinding(
    DkimResult result,
    String domain,
    String selector,
    String identity,
    String algorithm,
    int keyBits,
    boolean testing,
    String reason,
    boolean lengthTag,
    long unsignedOctets,
    long signedAt,
    boolean aligned) {

  /** What stands for signatures that were not looked at. */
  public static DkimFinding without(DkimResult result, String reason) {
    return new DkimFinding(result, "", "", "", "", 0, false, reason, false, 0, 0, false);
  }

  /** The same finding, judged against the From domain. */
  DkimFinding aligned(boolean with) {
    return new DkimFinding(
        result,
        domain,
        selector,
        identity,
        algorithm,
        keyBits,
        testing,
        reason,
        lengthTag,
        unsignedOctets,
        signedAt,
        with);
  }
}
