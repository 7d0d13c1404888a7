package dev.postern.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Brake;
import dev.postern.approval.Person;
import dev.postern.policy.Freeze;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** {@code /v1/freeze}: whether releasing by rule is frozen; with a person's access token. */
public final class FreezeApi {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final ApiProblem NOT_ALLOWED =
      new ApiProblem(
          403,
          "The policy does not let you freeze releasing, nor end it: may-freeze names who may.",
          "refusal",
          "not-allowed");

  private static final ApiProblem UNTOLD =
      new ApiProblem(
          503,
          "Nobody says now who is in a group that may-freeze names. Nothing changed.",
          "refusal",
          "unconfirmed");

  private final Function<String, Optional<Person>> tokens;
  private final Brake brake;

  /**
   * Takes its parts; opens nothing.
   *
   * @param tokens the person of an access token
   */
  public FreezeApi(Function<String, Optional<Person>> tokens, Brake brake) {
    this.tokens = tokens;
    this.brake = brake;
  }

  /** Adds the API's routes. */
  public void register(RoutesConfig routes) {
    ApiGate gate = new ApiGate(tokens);
    routes.get("/v1/freeze", gate.person((ctx, person) -> tell(ctx, person, "")));
    routes.put("/v1/freeze", gate.person(this::freeze));
    routes.delete("/v1/freeze", gate.person(this::unfreeze));
  }

  private void freeze(Context ctx, Person person) {
    Optional<String> reason = reason(ApiGate.body(ctx));
    if (reason.isEmpty()) {
      ApiProblem.field("reason", "The body is {\"reason\": \"…\"} or empty.").write(ctx);
      return;
    }
    answer(ctx, person, brake.freeze(person, reason.get()));
  }

  private void unfreeze(Context ctx, Person person) {
    answer(ctx, person, brake.unfreeze(person));
  }

  private void answer(Context ctx, Person person, Brake.Answer answer) {
    switch (answer) {
      case DONE -> tell(ctx, person, "done");
      case ALREADY -> tell(ctx, person, "already");
      case NOT_ALLOWED -> NOT_ALLOWED.write(ctx);
      case UNTOLD -> UNTOLD.write(ctx);
    }
  }

  private void tell(Context ctx, Person person, String result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Optional<Freeze> standing = brake.standing();
    json.put("frozen", standing.isPresent());
    standing.ifPresent(
        it ->
            json.put("by", it.person())
                .put("name", it.name())
                .put("since", it.since().toString())
                .put("reason", it.why()));
    json.put("mayChange", brake.may(person));
    if (!result.isEmpty()) {
      json.put("result", result);
    }
    ctx.contentType("application/json").result(json.toString());
  }

  /** Empty text where none is given; empty where the body is something else. */
  private static Optional<String> reason(byte[] body) {
    if (body.length == 0) {
      return Optional.of("");
    }
    try {
      JsonNode json = MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
      JsonNode reason = json.path("reason");
      boolean known = json.isObject() && json.size() == (json.has("reason") ? 1 : 0);
      boolean text = reason.isTextual() || reason.isMissingNode();
      return known && text ? Optional.of(reason.asText("")) : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }
}
