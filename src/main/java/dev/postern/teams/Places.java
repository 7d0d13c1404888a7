package dev.postern.teams;

import dev.postern.approval.Conversations;
import dev.postern.teams.door.Activity;
import dev.postern.teams.wire.Channel;
import dev.postern.teams.wire.Conversation;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where Teams takes messages. It tells that with each activity, the first as somebody installs the
 * app; so the newest address counts, also after a team moved to another region.
 */
final class Places {
  private static final String TEAM = "team ";
  private static final String PERSONAL = "personal";

  private final Conversations rows;
  private final URI usual;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param usual where to send what is for a place that Teams has told nothing about
   */
  Places(Conversations rows, URI usual, InstantSource clock) {
    this.rows = rows;
    this.usual = usual;
    this.clock = clock;
  }

  /** Remembers from where an activity came. */
  void learn(Activity heard) {
    String service = heard.serviceUrl().toString();
    String id = heard.conversation();
    if (personal(heard)) {
      String person = person(heard);
      // What begins so is a chat of several, whatever it is called.
      if (!person.isEmpty() && !id.startsWith("19:")) {
        hear(person, id, service, "");
        hear(id, id, service, person);
      }
      return;
    }
    String team = team(heard);
    if (team.isEmpty()) {
      learn(bare(id), bare(id), service, "");
    } else {
      learn(TEAM + team, team, service, "");
      String channel = Claim.text(heard.json(), "channelData", "channel", "id");
      String there = channel.isEmpty() ? bare(id) : channel;
      learn(there, there, service, TEAM + team);
    }
  }

  /** Remembers the channels of a team. */
  void learn(String team, String service, List<Channel> channels) {
    channels.forEach(it -> learn(it.id(), it.id(), service, TEAM + team));
  }

  private void learn(String place, String id, String service, String within) {
    if (!place.isEmpty() && place.length() <= 300 && id.length() <= 300) {
      rows.learn(new Conversations.Conversation(TeamsSurface.NAME, place, id, service, within));
    }
  }

  /** Whoever may write to the bot begins such a chat. */
  private void hear(String place, String id, String service, String within) {
    if (place.length() <= 300 && id.length() <= 300) {
      rows.hear(
          new Conversations.Conversation(TeamsSurface.NAME, place, id, service, within),
          clock.instant());
    }
  }

  /** The app was taken out of a team or chat. */
  void left(Activity heard) {
    String team = team(heard);
    String chat = personal(heard) ? person(heard) : bare(heard.conversation());
    rows.forget(TeamsSurface.NAME, team.isEmpty() ? chat : TEAM + team);
  }

  /** A channel is no more. */
  void gone(String channel) {
    rows.forget(TeamsSurface.NAME, channel);
  }

  /** The service of a channel or conversation, or the usual one. */
  Conversation at(String conversation) {
    return new Conversation(
        rows.find(TeamsSurface.NAME, bare(conversation))
            .map(Conversations.Conversation::address)
            .orElseGet(usual::toString),
        conversation);
  }

  /** The team that a channel is in, where Teams told of it. */
  Optional<String> team(String channel) {
    return rows.find(TeamsSurface.NAME, channel)
        .map(Conversations.Conversation::within)
        .filter(within -> within.startsWith(TEAM))
        .map(within -> within.substring(TEAM.length()));
  }

  /** Whether Teams told of a channel or chat. */
  boolean knows(String place) {
    return rows.find(TeamsSurface.NAME, place).isPresent();
  }

  /** The personal chat with somebody, by the id of their account in Entra. */
  Optional<Conversation> chat(String person) {
    return rows.find(TeamsSurface.NAME, person)
        .map(it -> new Conversation(it.address(), it.externalId()));
  }

  /** A personal chat was begun. */
  void begun(String person, Conversation chat) {
    hear(person, chat.id(), chat.service(), "");
    hear(chat.id(), chat.id(), chat.service(), person);
  }

  /** What the place of a card is called: a channel, a group chat, or the account of a person. */
  static String placeOf(Activity heard) {
    return personal(heard) ? person(heard) : bare(heard.conversation());
  }

  /** Whether it came from a chat of one person with the bot. */
  static boolean personal(Activity heard) {
    return Claim.text(heard.json(), "conversation", "conversationType").equals(PERSONAL);
  }

  /** The account in Entra that sent it; empty where Teams does not say. */
  static String person(Activity heard) {
    return Claim.text(heard.json(), "from", "aadObjectId").toLowerCase(Locale.ROOT);
  }

  static String team(Activity heard) {
    return Claim.text(heard.json(), "channelData", "team", "id");
  }

  /** Whether a place is a channel of a team, where each message begins a thread. */
  static boolean isChannel(String place) {
    return place.contains("@thread.tacv2") || place.contains("@thread.skype");
  }

  /** A conversation without the thread in it. */
  static String bare(String conversation) {
    return conversation.replaceFirst(";messageid=.*", "");
  }
}
