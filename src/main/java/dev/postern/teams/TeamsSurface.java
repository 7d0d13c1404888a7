package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import dev.postern.approval.Testimony.Absence;
import dev.postern.card.CardView;
import dev.postern.card.Errand;
import dev.postern.card.Notice;
import dev.postern.card.Surface;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Unreachable;
import dev.postern.card.pace.Pace;
import dev.postern.teams.card.Attachments;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Declined;
import dev.postern.teams.wire.Opened;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Cards as Teams messages: in a channel each begins a thread. The platform's id of a card is its
 * conversation and its message, with a space between them.
 *
 * <p>Teams offers neither an idempotency key nor a way to look for a message. A card whose answer
 * was lost is known by those who look at it: their client asks for the newest view, and says where
 * it stands. Where nobody does in time it is posted again; both carry the same token, and count as
 * one.
 */
final class TeamsSurface implements Surface {
  /** The name in card rows. */
  static final String NAME = "teams";

  /** What a private message takes: a look, a chat, a post, within one turn at its card. */
  private static final Duration SHORT = Duration.ofMillis(1800);

  private final Connector connector;
  private final Connector hurried;
  private final Connector.Home home;
  private final Places places;
  private final Members members;
  private final Onlookers onlookers;
  private final Links links;
  private final Pace pace;

  TeamsSurface(
      Connector connector,
      Connector.Home home,
      Places places,
      Members members,
      Onlookers onlookers,
      Pace pace) {
    this.connector = connector;
    this.hurried = connector.within(SHORT);
    this.home = home;
    this.places = places;
    this.members = members;
    this.onlookers = onlookers;
    this.links = new Links(connector, places, home.tenant(), pace.clock());
    this.pace = pace;
  }

  static String externalId(String conversation, String message) {
    return conversation + " " + message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Duration> book(Errand errand) {
    return switch (errand.kind()) {
      case POST, UPDATE ->
          pace.book(TeamsRates.writes(errand.place().address()), errand.who(), errand.first());
      case FIND -> Optional.empty(); // there is nothing to call
    };
  }

  @Override
  public Optional<String> find(String cardId, CardPlace place, Instant since) {
    return Optional.empty(); // whoever presses the card says where it stands
  }

  @Override
  public String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble {
    ObjectNode message = Attachments.message(card, onlookers.of(card, place.address()));
    String channel = place.address();
    if (Places.isChannel(channel)) {
      Conversation at = places.at(channel);
      Opened thread = connector.thread(at.service(), channel, home, message);
      return externalId(
          thread.id(),
          thread
              .activityId()
              .orElseThrow(() -> new SurfaceTrouble(Kind.UNSURE, "Teams named no message.")));
    }
    if (channel.startsWith("19:")) {
      Conversation at = places.at(channel);
      return externalId(at.id(), connector.send(at, message));
    }
    // A place that does not tell who is in it is no refusal of that person's.
    Members.Seat seat = members.seat(channel);
    try {
      return alone(channel, seat, message);
    } catch (Declined thatOne) {
      throw new Unreachable(Absence.NO_MESSAGES, String.valueOf(thatOne.getMessage()));
    }
  }

  /** Says something to one person alone, who is still where cards stand. */
  void write(String user, ObjectNode message) throws SurfaceTrouble {
    pace.spend(TeamsRates.writes(user));
    alone(user, members.seat(user), message);
  }

  /** Posts in the personal chat with somebody, which is begun where there is none. */
  private String alone(String user, Members.Seat seat, ObjectNode message) throws SurfaceTrouble {
    Optional<Conversation> known = places.chat(user);
    if (known.isEmpty()) {
      Opened begun = hurried.chat(seat.service(), seat.name(), home);
      Conversation chat = new Conversation(seat.service(), begun.id());
      places.begun(user, chat);
      return externalId(chat.id(), hurried.send(chat, message));
    }
    try {
      return externalId(known.get().id(), hurried.send(known.get(), message));
    } catch (Declined there) {
      // It may be the chat alone that is gone. One turn has no time for two of them.
      places.gone(user);
      throw new SurfaceTrouble(Kind.AWAY, there.getMessage() + " The chat will be begun anew.");
    }
  }

  @Override
  public void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    connector.update(
        places.at(at.conversation()),
        at.message(),
        Attachments.message(card, onlookers.of(card, place.address())));
  }

  @Override
  public void remove(String externalId) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    connector.delete(places.at(at.conversation()), at.message());
  }

  @Override
  public void remind(String externalId, Notice notice) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    connector.send(places.at(at.conversation()), Attachments.message(notice));
  }

  @Override
  public Optional<URI> link(String externalId) {
    Posted at = Posted.of(externalId);
    return links.to(at.conversation(), at.message());
  }

  @Override
  public boolean answersAtOnce() {
    return true;
  }

  /** Only where the press itself could not be answered any more. */
  @Override
  public void tell(Click click, Notice notice) throws SurfaceTrouble {
    write(click.who().user(), Attachments.message(notice));
  }

  /** Where a message stands. */
  private record Posted(String conversation, String message) {
    static Posted of(String externalId) {
      int space = externalId.indexOf(' ');
      if (space < 1) {
        throw new IllegalArgumentException("not the id of a Teams card: " + externalId);
      }
      return new Posted(externalId.substring(0, space), externalId.substring(space + 1));
    }
  }
}
