package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Votes from the command line: fetches the ballot, sends the vote, says what it came to. */
final class Ballots {
  private final CaseClient client;

  Ballots(CaseClient client) {
    this.client = client;
  }

  /** The id in its one form, from however it was typed. */
  static String caseId(String typed) throws CommandFailure {
    return CaseId.parse(typed)
        .map(CaseId::text)
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "\"" + CaseText.plain(typed) + "\" is no case id such as PN-7F3K-2QXD"));
  }

  /**
   * Votes.
   *
   * @param to recipients of a release; all when empty
   * @return what Postern answered
   */
  JsonNode vote(String typedId, String choice, List<String> to, Optional<String> reason)
      throws CommandFailure {
    String id = caseId(typedId);
    JsonNode found = client.show(id);
    String token = found.path("ballot").path("token").asText();
    if (token.isEmpty()) {
      String state = CaseText.plain(found.path("state").asText());
      throw CommandFailure.no("there is nothing for you to decide on " + id + ": it is " + state);
    }
    Map<String, Object> vote = new LinkedHashMap<>();
    vote.put("choice", choice);
    vote.put("token", token);
    if (!to.isEmpty()) {
      vote.put("recipients", to);
    }
    reason.ifPresent(words -> vote.put("reason", words));
    return client.vote(id, vote);
  }

  /** The answer as a sentence. */
  static String sentence(JsonNode answer) {
    String id = CaseText.plain(answer.path("case").asText());
    if (answer.path("result").asText().equals("counted")) {
      int missing = answer.path("missing").asInt();
      return "your vote on " + id + " counts; " + missing + " more must agree";
    }
    String choice = CaseText.plain(answer.path("choice").asText());
    return id + " is decided: " + choice + "; the mail system is being told";
  }
}
