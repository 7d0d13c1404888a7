package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody in a group of Entra.
 *
 * @param objectId the account, in lower case
 * @param standing what the directory says of it
 */
public record GraphUser(String objectId, Standing standing) {

  /** What the directory says of an account. */
  public enum Standing {
    /** One of the tenant's own. */
    MEMBER,
    /** A guest, or a member whose account is another tenant's. */
    GUEST,
    /** Switched off. */
    DISABLED,
    /**
     * Nothing but the id: with GroupMember.Read.All alone Graph leaves the rest out
     * (learn.microsoft.com, "Limited information returned for inaccessible member objects").
     */
    UNTOLD
  }

  /**
   * Reads one.
   *
   * @return empty when it is no user
   */
  static Optional<GraphUser> parse(JsonNode told) {
    String id = Told.text(told, "id").toLowerCase(Locale.ROOT);
    return id.matches("[0-9a-f-]{36}")
        ? Optional.of(new GraphUser(id, standing(told)))
        : Optional.empty();
  }

  private static Standing standing(JsonNode told) {
    String type = Told.text(told, "userType");
    String name = Told.text(told, "userPrincipalName").toUpperCase(Locale.ROOT);
    if (type.equalsIgnoreCase("Guest") || name.contains("#EXT#")) {
      return Standing.GUEST;
    }
    JsonNode enabled = told.path("accountEnabled");
    if (enabled.isBoolean() && !enabled.asBoolean()) {
      return Standing.DISABLED;
    }
    // Without a name nobody knows whether it is of another tenant.
    return type.equalsIgnoreCase("Member") && !name.isEmpty() ? Standing.MEMBER : Standing.UNTOLD;
  }
}
