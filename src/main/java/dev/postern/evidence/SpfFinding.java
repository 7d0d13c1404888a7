package dev.postern.evidence;

import java.util.List;

/**
 * SPF for one identity (RFC 7208).
 *
 * @param result the result of check_host()
 * @param identity which identity was checked
 * @param domain the domain that was checked, lower case; empty where there was none
 * @param path the terms that matched, from the checked domain's own record down through its
 *     includes and redirect= (with macros expanded); empty if none did
 * @param lookups terms that asked DNS, of the ten that §4.6.4 allows
 * @param explanation text that the domain publishes for a fail (exp=); hostile, often empty
 * @param problem why the result is permerror or temperror, in our words; otherwise empty
 * @param aligned whether the domain is aligned with the From domain (RFC 9989 §4.4)
 */
public record SpfFinding(
    SpfResult result,
    Identity identity,
    String domain,
    List<SpfTerm> path,
    int lookups,
    String explanation,
    String problem,
    boolean aligned) {

  /** The identities of RFC 7208 §2.3 and §2.4. */
  public enum Identity {
    HELO,
    MAILFROM
  }

  /** Copies the list, so that a finding never changes. */
  public SpfFinding {
    path = List.copyOf(path);
  }

  /** A finding without a check, because there was nothing to check it against. */
  static SpfFinding unchecked(Identity identity) {
    return new SpfFinding(SpfResult.NONE, identity, "", List.of(), 0, "", "", false);
  }

  /** The term of the checked domain's own record that matched; empty if none did. */
  public String mechanism() {
    return path.isEmpty() ? "" : path.getFirst().term();
  }
}
