package dev.postern.evidence.authres;

import java.util.List;

/**
 * What the results that stand in one message are worth. A field that is in neither list is a
 * stranger's, or nobody can tell whose it is: it is not read any further.
 *
 * @param trusted fields of a name that we trust, of a version that we know, and where that name can
 *     have written them
 * @param forged fields of such a name where it cannot have written them: they came in with the
 *     message; also those that we cannot read
 */
public record Testimony(List<Claim> trusted, List<Claim> forged) {

  /** Copies the lists, so that a testimony never changes. */
  public Testimony {
    trusted = List.copyOf(trusted);
    forged = List.copyOf(forged);
  }
}
