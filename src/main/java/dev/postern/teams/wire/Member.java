package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody in a team or chat, as Teams tells it. Names and addresses are foreign text.
 *
 * @param id Teams' name of the account for this bot, {@code 29:…}
 * @param objectId the account in Entra, in lower case; empty for who has none
 * @param tenant the account's tenant, in lower case; empty where Teams does not say
 * @param name what others see
 * @param email the address in the directory
 * @param principal the name that the account signs in with
 * @param role {@code user}, {@code guest}, {@code anonymous}, or a word that is not known here
 */
public record Member(
    String id,
    String objectId,
    String tenant,
    String name,
    String email,
    String principal,
    String role) {

  /**
   * Reads one.
   *
   * @return empty when it is no member
   */
  static Optional<Member> parse(JsonNode told) {
    String id = Told.text(told, "id");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    // The service writes objectId, its SDKs also aadObjectId.
    String object = Told.text(told, "objectId");
    String account = object.isEmpty() ? Told.text(told, "aadObjectId") : object;
    return Optional.of(
        new Member(
            id,
            account.toLowerCase(Locale.ROOT),
            Told.text(told, "tenantId").toLowerCase(Locale.ROOT),
            Told.text(told, "name"),
            Told.text(told, "email"),
            Told.text(told, "userPrincipalName"),
            Told.text(told, "userRole")));
  }

  /** Whether Teams calls it a full member: no guest, nobody without an account. */
  public boolean full() {
    return role.equalsIgnoreCase("user") && !objectId.isEmpty();
  }
}
