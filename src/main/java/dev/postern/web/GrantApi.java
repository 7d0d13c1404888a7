package dev.postern.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Grant;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.policy.GrantId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /v1/grants}: exceptions from the rules, asked for, listed and ended; with a person's
 * access token.
 */
public final class GrantApi {
  private static final int USUAL = 50;
  private static final int MOST = 200;
  private static final ApiProblem NOT_FOUND =
      new ApiProblem(404, "There is no such grant, or it is not for you to read.", "", "");

  private final Function<String, Optional<Person>> tokens;
  private final Petitions petitions;

  /**
   * Takes its parts; opens nothing.
   *
   * @param tokens the person of an access token
   */
  public GrantApi(Function<String, Optional<Person>> tokens, Petitions petitions) {
    this.tokens = tokens;
    this.petitions = petitions;
  }

  /** Adds the API's routes. */
  public void register(RoutesConfig routes) {
    ApiGate gate = new ApiGate(tokens);
    routes.get("/v1/grants", gate.person(this::list));
    routes.post("/v1/grants", gate.person(this::ask));
    routes.get("/v1/grants/{id}", gate.person(this::show));
    routes.post("/v1/grants/{id}/revoke", gate.person(this::revoke));
  }

  private void list(Context ctx, Person person) {
    String open = given(ctx, "open");
    Optional<GrantId> after = GrantId.parse(given(ctx, "after"));
    String limit = given(ctx, "limit");
    if (!List.of("", "true", "false").contains(open)) {
      ApiProblem.field("open", "true or false.").write(ctx);
    } else if (!given(ctx, "after").isEmpty() && after.isEmpty()) {
      ApiProblem.field("after", "The id of a grant, such as PG-7F3K-2QXD.").write(ctx);
    } else if (!limit.matches("|[1-9][0-9]{0,2}") || (!limit.isEmpty() && number(limit) > MOST)) {
      ApiProblem.field("limit", "A number from 1 to " + MOST + ".").write(ctx);
    } else {
      int most = limit.isEmpty() ? USUAL : number(limit);
      List<Grant> page = petitions.list(person, open.equals("true"), after, most);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode grants = json.putArray("grants");
      page.forEach(it -> grants.add(GrantJson.of(it)));
      json.put("next", page.size() == most ? page.getLast().id().text() : null);
      write(ctx, json);
    }
  }

  private static int number(String digits) {
    return Integer.parseInt(digits);
  }

  private static String given(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).orElse("");
  }

  private void ask(Context ctx, Person person) {
    switch (GrantBody.read(ApiGate.body(ctx))) {
      case GrantBody.Read.Wrong(ApiProblem problem) -> problem.write(ctx);
      case GrantBody.Read.Wanted(var wish) -> {
        switch (petitions.ask(person, wish)) {
          case Petitions.Refused refused ->
              (refused.field().isEmpty()
                      ? new ApiProblem(409, refused.words(), "", "")
                      : ApiProblem.field(refused.field(), refused.words()))
                  .write(ctx);
          case Petitions.Asked asked ->
              write(
                  ctx,
                  GrantJson.of(asked.grant()).put("result", asked.before() ? "already" : "asked"));
        }
      }
    }
  }

  private Optional<Grant> grant(Context ctx, Person person) {
    return GrantId.parse(ctx.pathParam("id")).flatMap(id -> petitions.find(person, id));
  }

  private void show(Context ctx, Person person) {
    grant(ctx, person)
        .ifPresentOrElse(it -> write(ctx, GrantJson.of(it)), () -> NOT_FOUND.write(ctx));
  }

  private void revoke(Context ctx, Person person) {
    Optional<Grant> grant = grant(ctx, person);
    if (grant.isEmpty()) {
      NOT_FOUND.write(ctx);
      return;
    }
    Petitions.Ending ending = petitions.revoke(person, grant.get().id());
    switch (ending) {
      case DONE, ALREADY -> {
        Grant now = grant(ctx, person).orElse(grant.get());
        String result = ending == Petitions.Ending.DONE ? "ended" : "already";
        write(ctx, GrantJson.of(now).put("result", result));
      }
      case NOT_ALLOWED, UNKNOWN -> NOT_FOUND.write(ctx);
    }
  }

  private static void write(Context ctx, ObjectNode json) {
    ctx.contentType("application/json").result(json.toString());
  }
}
