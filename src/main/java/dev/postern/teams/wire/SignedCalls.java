package dev.postern.teams.wire;

import dev.postern.card.SurfaceTrouble;
import dev.postern.card.Troubles;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.net.http.HttpRequest;

/**
 * Requests with the app's token, which is renewed once where it is not taken.
 *
 * @param login whose token it is
 * @param courier carries the requests
 * @param troubles what readiness says of the sign-in
 */
record SignedCalls(Login login, Courier courier, Troubles troubles) {

  /**
   * Makes a request. Nothing was done for 401, so that a second try with a new token cannot do it
   * twice.
   *
   * @param request all but the token; it goes to an address that may have it
   * @throws SurfaceTrouble when there is no token
   * @throws IOException when no answer came in time
   */
  Reply answered(HttpRequest.Builder request, Deadline by) throws SurfaceTrouble, IOException {
    String token = token(by);
    Reply reply = carry(request, token, by);
    if (reply.status() != 401) {
      return reply;
    }
    login.refused(token);
    return carry(request, token(by), by);
  }

  private Reply carry(HttpRequest.Builder request, String token, Deadline by) throws IOException {
    return courier.carry(
        request
            .setHeader("Authorization", "Bearer " + token)
            .setHeader("Accept", "application/json")
            .setHeader("User-Agent", "Postern"),
        by);
  }

  private String token(Deadline by) throws SurfaceTrouble {
    try {
      String token = login.token(by);
      troubles.clear(Login.TROUBLE);
      return token;
    } catch (SurfaceTrouble trouble) {
      String sentence = String.valueOf(trouble.getMessage());
      switch (trouble.kind()) {
        case AWAY, UNSURE -> troubles.passing(Login.TROUBLE, sentence);
        case CLOSED, GONE, UNFIT -> troubles.lasting(Login.TROUBLE, sentence);
      }
      throw trouble;
    }
  }
}
