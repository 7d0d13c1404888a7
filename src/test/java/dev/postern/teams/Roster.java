package dev.postern.teams;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.fake.FakeHttp.Ask;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Members and channels as the fake Bot Connector tells them (learn.microsoft.com, "Get Teams
 * specific context for your bot").
 */
record Roster(FakeConnector teams) {

  /** By Teams' name of the account, its id in Entra, or the name it signs in with. */
  Answer member(Ask ask) {
    String wanted = ask.path().get(5);
    return teams.places.roster(ask.path().get(3)).values().stream()
        .filter(
            it ->
                Set.of("id", "objectId", "userPrincipalName").stream()
                    .anyMatch(field -> wanted.equals(it.path(field).asText())))
        .findFirst()
        .map(it -> new Answer(200, it.toString()))
        .orElseGet(
            () ->
                FakeConnector.error(
                    404,
                    "MemberNotFoundInConversation",
                    "The member was not found in the conversation."));
  }

  /** At least 50 and at most 500 at once, whatever was asked for. */
  Answer page(Ask ask) {
    Map<String, String> query = ask.query();
    if (!Set.of("pageSize", "continuationToken").containsAll(query.keySet())
        || !query.getOrDefault("pageSize", "").matches("\\d{1,9}")) {
      return teams.fault("unknown arguments " + query, 400, "BadSyntax");
    }
    int size = Math.clamp(Integer.parseInt(query.get("pageSize")), 50, 500);
    String from = query.getOrDefault("continuationToken", token(0));
    if (!from.matches("page/\\d{1,9}\\+=")) {
      return teams.fault("a continuation token that nobody gave", 400, "BadSyntax");
    }
    int start = Integer.parseInt(from.replaceAll("\\D", ""));
    List<ObjectNode> all = List.copyOf(teams.places.roster(ask.path().get(3)).values());
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    int end = Math.min(start + size, all.size());
    told.putArray("members").addAll(all.subList(start, end));
    if (end < all.size()) {
      told.put("continuationToken", token(end));
    }
    return new Answer(200, told.toString());
  }

  /** With letters that a query has to encode. */
  private static String token(int start) {
    return "page/" + start + "+=";
  }

  Answer channels(ObjectNode team) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    ArrayNode channels = told.putArray("conversations");
    teams
        .places
        .channels(team.path("id").asText())
        .forEach(
            (id, name) ->
                channels.addObject().put("id", id).put("name", name.isEmpty() ? null : name));
    return new Answer(200, told.toString());
  }
}
