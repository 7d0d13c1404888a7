package dev.postern.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.postern.approval.Act;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.mail.EmailAddress;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A vote as a program sends it: {@code {"choice", "recipients"?, "later"?, "person"?, "reason"?,
 * "token"}}, and nothing else.
 *
 * @param choice {@code release}, {@code discard}, {@code withdraw}, {@code step-aside} or {@code
 *     hand-over}
 * @param recipients whom to release to; empty for all
 * @param later whether it is to hold for later messages of the kind, too
 * @param person whom to hand over to; empty for other choices
 * @param reason the person's words; empty without
 * @param token what the ballot carried
 */
record VoteBody(
    String choice,
    List<EmailAddress> recipients,
    boolean later,
    String person,
    String reason,
    String token) {
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> MEMBERS =
      Set.of("choice", "recipients", "later", "person", "reason", "token");
  private static final List<String> CHOICES =
      List.of("release", "discard", "withdraw", "step-aside", "hand-over");
  private static final int LONGEST_TOKEN = 200;
  private static final int LONGEST_PERSON = 100;
  private static final int MOST_RECIPIENTS = 10_000;

  /** A body that was read, or what is wrong with it. */
  sealed interface Read {
    /** A vote. */
    record Vote(VoteBody body) implements Read {}

    /** No vote. */
    record Wrong(ApiProblem problem) implements Read {}
  }

  VoteBody {
    recipients = List.copyOf(recipients);
  }

  static Read read(byte[] json) {
    JsonNode body;
    try {
      body = STRICT.readTree(json);
    } catch (JsonProcessingException broken) {
      var at = broken.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      return wrong("body", "This is no JSON: it breaks" + where + ".");
    } catch (IOException noBytes) {
      return wrong("body", "The body cannot be read.");
    }
    return body.isObject() ? read(body) : wrong("body", "Send one JSON object.");
  }

  private static Read read(JsonNode body) {
    for (String name : (Iterable<String>) body::fieldNames) {
      if (!MEMBERS.contains(name)) {
        return wrong(
            shortened(name),
            "Unknown member; known are choice, recipients, later, person, reason, token.");
      }
    }
    String choice = body.path("choice").asText();
    if (!CHOICES.contains(choice)) {
      return wrong("choice", "Say one of " + String.join(", ", CHOICES) + ".");
    }
    if (!body.path("token").isTextual() || body.path("token").asText().length() > LONGEST_TOKEN) {
      return wrong("token", "Send the token of the case's ballot.");
    }
    JsonNode reason = body.path("reason");
    boolean none = reason.isMissingNode() || reason.isNull();
    if (!none && (!reason.isTextual() || reason.asText().length() > Click.LONGEST_REASON)) {
      return wrong("reason", "A text of at most " + Click.LONGEST_REASON + " characters.");
    }
    Optional<List<EmailAddress>> recipients = recipients(body.path("recipients"));
    if (recipients.isEmpty() || (!choice.equals("release") && !recipients.get().isEmpty())) {
      return wrong(
          "recipients", "A list of at least one address of the envelope, with a release only.");
    }
    JsonNode later = body.path("later");
    boolean votes = choice.equals("release") || choice.equals("discard");
    if (!later.isMissingNode() && !(later.isBoolean() && votes)) {
      return wrong("later", "true or false, with a release or a discard only.");
    }
    if (later.asBoolean() && !recipients.get().isEmpty()) {
      return wrong("later", "Only where all recipients are meant: leave recipients out.");
    }
    String person = body.path("person").asText();
    if (choice.equals("hand-over") == person.isEmpty() || person.length() > LONGEST_PERSON) {
      return wrong("person", "The id of one of the ballot's substitutes, to hand over only.");
    }
    return new Read.Vote(
        new VoteBody(
            choice,
            recipients.get(),
            later.asBoolean(),
            person,
            none ? "" : reason.asText().strip(),
            body.path("token").asText()));
  }

  /** The addresses, none where the member is absent; empty where it is wrong. */
  private static Optional<List<EmailAddress>> recipients(JsonNode member) {
    if (member.isMissingNode() || member.isNull()) {
      return Optional.of(List.of());
    }
    if (!member.isArray() || member.isEmpty() || member.size() > MOST_RECIPIENTS) {
      return Optional.empty();
    }
    Set<EmailAddress> found = new LinkedHashSet<>();
    for (JsonNode one : member) {
      Optional<EmailAddress> address = EmailAddress.parse(one.isTextual() ? one.asText() : "");
      if (address.isEmpty()) {
        return Optional.empty();
      }
      found.add(address.get());
    }
    return Optional.of(List.copyOf(found));
  }

  /**
   * What is wanted, with recipients in the order of the envelope; strangers stay, for the desk to
   * refuse.
   */
  Act actOn(List<EmailAddress> envelope) {
    return switch (choice) {
      case "discard" -> new Choice.Discard(later);
      case "withdraw" -> new Act.Withdraw();
      case "step-aside" -> new Act.StepAside();
      case "hand-over" -> new Act.HandOver(person);
      default -> releaseOn(envelope);
    };
  }

  private Choice releaseOn(List<EmailAddress> envelope) {
    if (recipients.isEmpty() || Set.copyOf(recipients).equals(Set.copyOf(envelope))) {
      return new Choice.ReleaseAll(later);
    }
    Set<EmailAddress> ordered = new LinkedHashSet<>(envelope);
    ordered.retainAll(recipients);
    ordered.addAll(recipients);
    return new Choice.ReleaseTo(List.copyOf(ordered));
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private static Read wrong(String field, String detail) {
    return new Read.Wrong(ApiProblem.field(field, detail));
  }
}
