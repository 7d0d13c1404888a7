package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Troubles;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Microsoft Graph, as far as Postern asks it: who is in a group of Entra, be it by another group
 * (learn.microsoft.com, "List group transitive members"). It needs the application permission
 * GroupMember.Read.All and nothing else. Safe for many threads.
 */
public final class Graph {
  /** How long one page may take. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** As many as Graph gives at once. */
  private static final int LARGEST_PAGE = 999;

  /** Graph may give pages as small as it likes. */
  private static final int MOST_PAGES = 20;

  private static final String TROUBLE = "a look at a group of Entra";

  private final SignedCalls calls;
  private final URI address;
  private final InstantSource clock;

  /**
   * Asks nothing yet.
   *
   * @param app signs in, for a token of Graph's own
   * @param courier carries the requests; it is not closed here
   * @param address {@code teams.graph-url}, ends in a slash
   * @param clock the time, by which passing faults are forgotten
   */
  public Graph(Registration app, Courier courier, URI address, InstantSource clock) {
    this.calls =
        new SignedCalls(
            new Login(app, courier, clock, scope(address)), courier, new Troubles(clock));
    this.address = address.resolve("v1.0/");
    this.clock = clock;
  }

  /** A stand-in on this machine takes the tokens of the public cloud. */
  private static String scope(URI address) {
    URI cloud = Address.isLoopback(address.getHost()) ? PUBLIC : address;
    return cloud.resolve("/.default").toString();
  }

  private static final URI PUBLIC = URI.create("https://graph.microsoft.com/");

  /** What keeps groups from being read, one sentence a fault; empty when nothing does. */
  public Optional<String> trouble() {
    return calls.troubles().words();
  }

  /**
   * Everybody in a group.
   *
   * @param group its object id
   * @param most that it may have
   * @throws SurfaceTrouble {@link Kind#GONE} when there is no such group, {@link Kind#UNFIT} when
   *     it has more
   */
  public List<GraphUser> members(String group, int most) throws SurfaceTrouble {
    List<GraphUser> users = new ArrayList<>();
    Optional<URI> page = Optional.of(first(group));
    for (int pages = 0; page.isPresent(); pages++) {
      JsonNode told = page(page.get());
      add(told.path("value"), users);
      if (users.size() > most || pages == MOST_PAGES) {
        throw new SurfaceTrouble(
            Kind.UNFIT, "It has more than " + most + " members: name a smaller one.");
      }
      page = next(told);
    }
    return users;
  }

  /** The cast to users wants {@code $count} and a header ("Advanced query capabilities"). */
  private URI first(String group) {
    return address.resolve(
        "groups/"
            + Address.segment(group)
            + "/transitiveMembers/microsoft.graph.user?$count=true"
            + "&$select=id,userType,userPrincipalName,accountEnabled&$top="
            + LARGEST_PAGE);
  }

  private JsonNode page(URI page) throws SurfaceTrouble {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page).header("ConsistencyLevel", "eventual").GET();
    Reply reply;
    try {
      reply = calls.answered(request, Deadline.in(PATIENCE));
    } catch (IOException unanswered) {
      throw noted(GraphFault.silent(unanswered));
    }
    if (!reply.fine()) {
      throw noted(GraphFault.of(reply, clock.instant()));
    }
    if (!reply.json().path("value").isArray()) {
      throw noted(GraphFault.gibberish());
    }
    calls.troubles().clear(TROUBLE);
    return reply.json();
  }

  private void add(JsonNode told, List<GraphUser> users) throws SurfaceTrouble {
    for (JsonNode one : told) {
      users.add(GraphUser.parse(one).orElseThrow(() -> noted(GraphFault.gibberish())));
    }
  }

  /** Our token goes to no other address, whoever names it. */
  private Optional<URI> next(JsonNode told) throws SurfaceTrouble {
    String link = Told.text(told, "@odata.nextLink");
    if (link.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI next = new URI(link);
      if (Address.below(next, List.of(address))) {
        return Optional.of(next);
      }
    } catch (java.net.URISyntaxException noAddress) {
      throw noted(GraphFault.gibberish());
    }
    throw noted(GraphFault.gibberish());
  }

  private SurfaceTrouble noted(GraphFault fault) {
    switch (fault.kind()) {
      case AWAY, UNSURE -> calls.troubles().passing(TROUBLE, fault.sentence());
      case CLOSED -> calls.troubles().lasting(TROUBLE, fault.sentence());
      case GONE, UNFIT -> {} // about this one group, of which its reader knows more
    }
    return fault.trouble();
  }
}
