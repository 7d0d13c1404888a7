package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Act;
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

  /**
   * What somebody wants.
   *
   * @param choice {@code release}, {@code discard}, {@code withdraw}, {@code step-aside} or {@code
   *     hand-over}
   * @param to recipients of a release; all when empty
   * @param reason the person's words
   * @param breakGlass whether to decide at once, past those who are asked
   * @param messages how many messages are meant that are decided together; 1 for one alone
   * @param later whether it is to hold for later messages of the kind, too
   * @param person whom to hand over to
   */
  record Wish(
      String choice,
      List<String> to,
      Optional<String> reason,
      boolean breakGlass,
      int messages,
      boolean later,
      Optional<String> person) {
    /** A vote. */
    Wish(
        String choice,
        List<String> to,
        Optional<String> reason,
        boolean breakGlass,
        int many,
        boolean later) {
      this(choice, to, reason, breakGlass, many, later, Optional.empty());
    }

    boolean votes() {
      return choice.equals("release") || choice.equals("discard");
    }

    /** An act with nothing to say. */
    static Wish of(Act act) {
      Optional<String> person =
          act instanceof Act.HandOver over ? Optional.of(over.to()) : Optional.empty();
      return new Wish(act.word(), List.of(), Optional.empty(), false, 1, false, person);
    }
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
   * @return what Postern answered
   */
  JsonNode vote(String typedId, Wish wish) throws CommandFailure {
    String id = caseId(typedId);
    JsonNode found = client.show(id);
    JsonNode ballot = found.path("ballot");
    String token = ballot.path("token").asText();
    if (token.isEmpty()) {
      throw CommandFailure.no(
          "there is nothing for you to decide on " + id + ": " + why(id, found));
    }
    int messages = CaseText.together(found);
    if (wish.votes() && wish.messages() != messages) {
      throw CommandFailure.no(
          messages == 1
              ? id + " stands for one message only: vote without --messages"
              : "%s stands for %d messages of one kind: add --messages %2$d to decide about all of"
                      .formatted(id, messages)
                  + " them, which \"postern case show "
                  + id
                  + "\" lists");
    }
    if (ballot.path("breakGlass").asBoolean() != wish.breakGlass()) {
      throw CommandFailure.no(
          wish.breakGlass()
              ? "you are asked about " + id + " as everybody is: vote without --break-glass"
              : "you may decide on " + id + " only past those who are asked: add --break-glass");
    }
    Map<String, Object> vote = new LinkedHashMap<>();
    vote.put("choice", wish.choice());
    vote.put("token", token);
    if (!wish.to().isEmpty()) {
      vote.put("recipients", wish.to());
    }
    if (wish.later()) {
      vote.put("later", true);
    }
    wish.reason().ifPresent(words -> vote.put("reason", words));
    wish.person().ifPresent(other -> vote.put("person", other));
    return client.vote(id, vote);
  }

  private static String why(String id, JsonNode found) {
    String leader = CaseText.plain(found.at("/together/leader").asText());
    return leader.isEmpty() || leader.equals(id)
        ? "it is " + CaseText.plain(found.path("state").asText())
        : "it is decided together with " + leader;
  }

  /** The answer as a sentence. */
  static String sentence(JsonNode answer) {
    String id = CaseText.plain(answer.path("case").asText());
    return switch (answer.path("result").asText()) {
      case "counted" ->
          "your vote on " + id + " counts; " + answer.path("missing").asInt() + " more must agree";
      case "passed-on" ->
          "your stage agrees on %s; %s must agree too"
              .formatted(id, CaseText.plain(answer.path("next").asText()));
      case "noted" -> "noted on " + id;
      default -> {
        String choice = CaseText.plain(answer.path("choice").asText());
        yield id + " is decided: " + choice + "; the mail system is being told";
      }
    };
  }
}
