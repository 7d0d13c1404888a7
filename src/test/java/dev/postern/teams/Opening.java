package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.fake.FakeHttp.Answer;
import dev.postern.teams.TeamsPlaces.Message;
import java.util.List;
import java.util.Optional;

/**
 * Makes conversations as the fake Bot Connector does (learn.microsoft.com, "Send proactive
 * messages").
 */
record Opening(FakeConnector teams) {
  Answer open(JsonNode wanted) {
    for (String field : (Iterable<String>) wanted::fieldNames) {
      if (!List.of("isGroup", "tenantId", "bot", "channelData", "members", "activity")
          .contains(field)) {
        return teams.fault("unknown field " + field, 400, "BadSyntax");
      }
    }
    boolean tenant =
        FakeEntra.TENANT.equals(wanted.path("tenantId").asText())
            && FakeEntra.TENANT.equals(wanted.at("/channelData/tenant/id").asText());
    if (!tenant || !wanted.at("/bot/id").asText().equals(FakeConnector.bot())) {
      return teams.fault("another tenant or bot", 400, "BadSyntax");
    }
    return wanted.path("isGroup").asBoolean() ? thread(wanted) : chat(wanted);
  }

  private Answer thread(JsonNode wanted) {
    String channel = wanted.at("/channelData/channel/id").asText();
    Optional<Answer> refused = teams.refusal(channel);
    if (refused.isPresent()) {
      return refused.get();
    }
    if (wanted.has("members") || !teams.places.isChannel(channel)) {
      return teams.fault("a thread with members, or not in a channel", 400, "BadSyntax");
    }
    Optional<Answer> wrong = teams.wrong(wanted.path("activity"));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    Message first = teams.places.post(channel, wanted.path("activity"), Optional.empty());
    return opened(channel + ";messageid=" + first.id(), first.id());
  }

  private Answer chat(JsonNode wanted) {
    JsonNode members = wanted.path("members");
    String user = members.path(0).path("id").asText();
    if (members.size() != 1 || !user.startsWith("29:") || wanted.has("activity")) {
      return teams.fault("a personal chat is with one account", 400, "BadSyntax");
    }
    String id = teams.places.personal(user);
    return teams.refusal(id).orElseGet(() -> opened(id, ""));
  }

  private Answer opened(String id, String first) {
    ObjectNode told = JsonNodeFactory.instance.objectNode().put("id", id);
    if (!first.isEmpty()) {
      told.put("activityId", first);
    }
    return new Answer(201, told.put("serviceUrl", teams.url()).toString());
  }
}
