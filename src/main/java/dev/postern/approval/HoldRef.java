package dev.postern.approval;

import java.util.Set;

/**
 * One held message as the mail system knows it. The same reference is the same case.
 *
 * @param source the connector, for example {@code smtp} or the gateway's configured name
 * @param id the mail system's own id; opaque, compared by octet
 */
public record HoldRef(String source, String id) {
  /** Sources whose mail Postern keeps itself; no other mail system may be called so. */
  public static final Set<String> OWN_SOURCES =
      Set.of("smtp", "milter", "rspamd", "mta-hooks", Petition.SOURCE);

  /** Refuses empty or absurd parts; connectors check what they read before they build one. */
  public HoldRef {
    if (source.isEmpty() || source.length() > 64 || id.isEmpty() || id.length() > 200) {
      throw new IllegalArgumentException("hold reference " + source + " with id of " + id.length());
    }
  }
}
