package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import java.util.List;

/**
 * What check_host() came to.
 *
 * @param result the result
 * @param path the terms that matched, from the checked domain's own down through its includes and
 *     redirect= (with macros expanded); empty if none did
 * @param lookups terms that asked DNS, of the ten that §4.6.4 allows
 * @param explanation the domain's own words for a fail (RFC 7208 §6.2); hostile, often empty
 * @param problem why the result is none, temperror or permerror, in our words; otherwise empty
 */
public record SpfOutcome(
    SpfResult result, List<SpfTerm> path, int lookups, String explanation, String problem) {

  /** Copies the list, so that an outcome never changes. */
  public SpfOutcome {
    path = List.copyOf(path);
  }
}
