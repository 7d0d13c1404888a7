package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Teams, channels, chats, who is in them and what was posted there, as the fake Teams has them. */
public final class TeamsPlaces {

  /** What a place answers the bot. */
  public enum Mood {
    FINE,
    /** The app was removed. */
    REMOVED,
    BLOCKED,
    DISABLED,
    /** The place itself was deleted. */
    DELETED
  }

  /**
   * One message as people see it.
   *
   * @param conversation the chat, channel or thread where it was put
   * @param replyTo the message below which it stands; empty for none
   */
  public record Message(
      String conversation, String id, JsonNode activity, Optional<String> replyTo, int edits) {

    /** The Adaptive Card in it. */
    public JsonNode card() {
      return activity.path("attachments").path(0).path("content");
    }
  }

  private record Place(String roster, boolean channel) {}

  private final Map<String, Place> places = new ConcurrentHashMap<>();
  private final Map<String, Mood> moods = new ConcurrentHashMap<>();
  private final Map<String, Map<String, ObjectNode>> rosters = new ConcurrentHashMap<>();
  private final Map<String, Map<String, String>> channels = new ConcurrentHashMap<>();
  private final Map<String, ObjectNode> teams = new ConcurrentHashMap<>();
  private final Map<String, String> personal = new ConcurrentHashMap<>();
  private final List<Message> messages = new ArrayList<>();
  private long last = 1_795_503_800_000L;

  /** A team that the app is installed in, with its first channel, whose id is the team's. */
  public void team(String id, String name, String groupId) {
    teams.put(
        id,
        JsonNodeFactory.instance
            .objectNode()
            .put("id", id)
            .put("name", name)
            .put("aadGroupId", groupId)
            .put("type", "standard"));
    rosters.put(id, new LinkedHashMap<>());
    channels.put(id, new LinkedHashMap<>());
    channel(id, id, "");
  }

  /** One more channel of a team. */
  public void channel(String team, String id, String name) {
    known(channels, team).put(id, name);
    places.put(id, new Place(team, true));
  }

  /** A group chat that the app is in. */
  public void chat(String id) {
    places.put(id, new Place(id, false));
    rosters.put(id, new LinkedHashMap<>());
  }

  /** The personal chat with somebody, which exists where the app is installed for them. */
  public synchronized String personal(String user) {
    return personal.computeIfAbsent(
        user,
        it -> {
          String id = "a:" + it.substring(it.indexOf(':') + 1);
          chat(id);
          member(id, it, "", "user");
          return id;
        });
  }

  /**
   * Somebody in a team or chat.
   *
   * @param role {@code user}, {@code guest} or {@code anonymous}
   */
  public ObjectNode member(String teamOrChat, String user, String objectId, String role) {
    ObjectNode member =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", user)
            .put("name", "Somebody " + user.substring(3))
            .put("tenantId", FakeEntra.TENANT)
            .put("userRole", role);
    if (!objectId.isEmpty()) {
      member.put("objectId", objectId);
      member.put("userPrincipalName", user.substring(3).toLowerCase(Locale.ROOT) + "@corp.example");
      member.put("email", user.substring(3).toLowerCase(Locale.ROOT) + "@corp.example");
    }
    known(rosters, teamOrChat).put(user, member);
    return member;
  }

  public void leaves(String teamOrChat, String user) {
    known(rosters, teamOrChat).remove(user);
  }

  /** From now on a team, channel or chat answers so. */
  public void mood(String place, Mood mood) {
    moods.put(place, mood);
  }

  /** How a conversation answers; it is deleted when it was never there. */
  Mood mood(String conversation) {
    Place place = places.get(root(conversation));
    if (place == null) {
      return Mood.DELETED;
    }
    Mood own = moods.getOrDefault(root(conversation), Mood.FINE);
    return own == Mood.FINE ? moods.getOrDefault(place.roster(), Mood.FINE) : own;
  }

  boolean isChannel(String id) {
    Place place = places.get(id);
    return place != null && place.channel();
  }

  Map<String, ObjectNode> roster(String conversation) {
    return known(rosters, known(places, root(conversation)).roster());
  }

  Optional<ObjectNode> team(String id) {
    return Optional.ofNullable(teams.get(id));
  }

  Map<String, String> channels(String team) {
    return known(channels, team);
  }

  synchronized Message post(String conversation, JsonNode activity, Optional<String> replyTo) {
    Message message = new Message(conversation, String.valueOf(++last), activity, replyTo, 0);
    messages.add(message);
    return message;
  }

  synchronized Optional<Message> find(String conversation, String id) {
    return messages.stream()
        .filter(m -> root(m.conversation()).equals(root(conversation)) && m.id().equals(id))
        .findFirst();
  }

  synchronized void edit(Message old, JsonNode activity) {
    messages.set(
        messages.indexOf(old),
        new Message(old.conversation(), old.id(), activity, old.replyTo(), old.edits() + 1));
  }

  /** Somebody, or the bot, removes a message. */
  public synchronized boolean remove(String conversation, String id) {
    return find(conversation, id).map(messages::remove).orElse(false);
  }

  /** What stands there now, oldest first. */
  public synchronized List<Message> messages() {
    return List.copyOf(messages);
  }

  private static <T> T known(Map<String, T> all, String name) {
    return Objects.requireNonNull(all.get(name), () -> "the test made no " + name);
  }

  /** A thread is named by its channel and its first message. */
  static String root(String conversation) {
    return conversation.replaceFirst(";messageid=\\d+$", "");
  }
}
