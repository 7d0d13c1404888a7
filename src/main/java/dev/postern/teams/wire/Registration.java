package dev.postern.teams.wire;

import java.net.URI;

/**
 * The app as Entra knows it. A single-tenant app gets its tokens from its own tenant, and from
 * nowhere else.
 *
 * @param appId {@code teams.app-id}
 * @param tenant the tenant that the app is registered in
 * @param loginUrl {@code teams.login-url}, ends in a slash
 * @param credential by what the app proves itself
 */
public record Registration(String appId, String tenant, URI loginUrl, Credential credential) {

  /** Where tokens are asked for. */
  URI tokenUrl() {
    return loginUrl.resolve(Address.segment(tenant) + "/oauth2/v2.0/token");
  }
}
