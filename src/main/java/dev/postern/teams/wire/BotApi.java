package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.Troubles;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way to the Bot Connector: one request with our token, only to an address that is allowed,
 * with bounded patience, and trouble as a sentence. What is asked stands in {@link Connector}.
 *
 * @param login whose token it is
 * @param courier carries the requests
 * @param allowed {@code teams.service-urls}: to no other address a token is ever sent
 * @param troubles what readiness says
 * @param clock the time from which a date in {@code Retry-After} is counted
 * @param patience how long a call may take, the sign-in included
 */
record BotApi(
    Login login,
    Courier courier,
    List<URI> allowed,
    Troubles troubles,
    InstantSource clock,
    Duration patience) {

  /**
   * One request.
   *
   * @param service the address that Teams gave for the conversation
   * @param path what follows it, in segments that are not encoded yet
   * @param query what follows a question mark, encoded; empty for none
   * @param body JSON; null for none
   */
  record Request(
      Errand errand, String service, List<String> path, String query, @Nullable JsonNode body) {}

  /**
   * Makes a request and returns the JSON of the answer; missing where there is none.
   *
   * @throws SurfaceTrouble when Teams did not do it, or did not answer
   */
  JsonNode call(Request request) throws SurfaceTrouble {
    Errand errand = request.errand();
    URI address = address(request);
    Deadline by = Deadline.in(patience);
    Reply reply = answered(errand, address, request.body(), by);
    if (!reply.fine()) {
      throw noted(errand, ConnectorFault.of(errand, reply, clock.instant()));
    }
    troubles.clear(errand.words());
    return reply.json();
  }

  /** The answer was not Teams'. */
  SurfaceTrouble gibberish(Errand errand) {
    return noted(errand, ConnectorFault.gibberish(errand));
  }

  private Reply answered(Errand errand, URI address, @Nullable JsonNode body, Deadline by)
      throws SurfaceTrouble {
    HttpRequest.Builder request = HttpRequest.newBuilder(address);
    BodyPublisher content = BodyPublishers.noBody();
    if (body != null) {
      request.header("Content-Type", "application/json; charset=utf-8");
      content = BodyPublishers.ofString(body.toString());
    }
    try {
      return new SignedCalls(login, courier, troubles)
          .answered(request.method(errand.method(), content), by);
    } catch (IOException unanswered) {
      throw noted(errand, ConnectorFault.silent(errand, unanswered));
    }
  }

  private URI address(Request request) throws SurfaceTrouble {
    Errand errand = request.errand();
    URI base =
        Address.service(request.service())
            .filter(it -> Address.below(it, allowed))
            .orElseThrow(() -> noted(errand, ConnectorFault.strangeAddress(errand)));
    try {
      String path = request.path().stream().map(Address::segment).collect(Collectors.joining("/"));
      return base.resolve(path + (request.query().isEmpty() ? "" : "?" + request.query()));
    } catch (IllegalArgumentException noId) {
      throw noted(errand, ConnectorFault.strangeId(errand));
    }
  }

  private SurfaceTrouble noted(Errand errand, ConnectorFault fault) {
    if (fault.operatorsBusiness()) {
      switch (fault.kind()) {
        case AWAY, UNSURE -> troubles.passing(errand.words(), fault.sentence());
        case CLOSED, GONE, UNFIT -> troubles.lasting(errand.words(), fault.sentence());
      }
    }
    return fault.trouble();
  }
}
