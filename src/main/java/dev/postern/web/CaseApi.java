package dev.postern.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.card.Notices;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Cases for scripts and the command line: read, list, vote; with a person's access token. */
public final class CaseApi {
  private static final String SURFACE = "api";
  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 200;
  private static final int LONGEST_KEY = 200;

  private final WebParts parts;
  private final Reading reading;

  /** Takes the parts; opens nothing. */
  public CaseApi(WebParts parts) {
    this.parts = parts;
    this.reading = new Reading(parts.cases(), parts.ballots());
  }

  /** Adds the API's routes. */
  public void register(RoutesConfig routes) {
    ApiGate gate = new ApiGate(parts.tokens());
    routes.get("/v1/cases", gate.person(this::list));
    routes.get("/v1/cases/{id}", gate.person(this::show));
    routes.post("/v1/cases/{id}/votes", gate.person(this::vote));
    routes.post("/v1/cases/{id}/apart", gate.person(this::apart));
  }

  private void list(Context ctx, Person person) {
    Optional<Set<CaseState>> states = states(given(ctx, "state"));
    Optional<CaseId> after = CaseId.parse(given(ctx, "after"));
    Optional<Integer> limit = limit(given(ctx, "limit"));
    if (states.isEmpty()) {
      ApiProblem.field("state", "States are " + EnumSet.allOf(CaseState.class) + ".").write(ctx);
    } else if (!given(ctx, "after").isEmpty() && after.isEmpty()) {
      ApiProblem.field("after", "The id of a case, such as PN-7F3K-2QXD.").write(ctx);
    } else if (limit.isEmpty()) {
      ApiProblem.field("limit", "A number from 1 to " + MOST + ".").write(ctx);
    } else {
      int most = limit.get();
      List<CaseFile> found =
          reading.page(person, states.get(), given(ctx, "q"), after, Math.min(most + 1, MOST));
      write(ctx, page(found, most));
    }
  }

  private static ObjectNode page(List<CaseFile> found, int most) {
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode cases = page.putArray("cases");
    found.stream().limit(most).forEach(f -> cases.add(CaseJson.brief(f)));
    // One more than the page holds was asked for, but never more than the store gives at once: a
    // full page of that size may have a successor, and at worst that one is empty.
    boolean more = found.size() > most || (most == MOST && found.size() == MOST);
    page.put("next", more ? found.get(most - 1).id().text() : null);
    return page;
  }

  private void show(Context ctx, Person person) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), person);
    if (file.isEmpty()) {
      missing(ctx);
      return;
    }
    CaseId id = file.get().id();
    write(
        ctx,
        CaseJson.whole(
            file.get(),
            parts.ballots().apply(id, person),
            parts.cases().backstory(id),
            parts.cases().history(id)));
  }

  private void missing(Context ctx) {
    ApiProblem.notThere(reading.removed(ctx.pathParam("id"))).write(ctx);
  }

  /** Takes a case out of those that are decided together; the same again changes nothing. */
  private void apart(Context ctx, Person person) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), person);
    if (file.isEmpty()) {
      missing(ctx);
      return;
    }
    CaseId id = file.get().id();
    switch (parts.apart().apply(id, Identity.ofPostern(person.id()))) {
      case Answer.Refused refused -> refused(ctx, id, refused);
      case Answer.Noted _,
          Answer.Counted _,
          Answer.Decided _,
          Answer.PassedOn _,
          Answer.Looking _,
          Answer.Asked _,
          Answer.Heard _ ->
          write(
              ctx,
              JsonNodeFactory.instance.objectNode().put("result", "noted").put("case", id.text()));
    }
  }

  private void refused(Context ctx, CaseId id, Answer.Refused refused) {
    String why = Notices.of(refused, parts.cases().find(id)).text();
    new ApiProblem(409, why, "refusal", refused.why().word()).write(ctx);
  }

  private void vote(Context ctx, Person person) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), person);
    if (file.isEmpty()) {
      missing(ctx);
      return;
    }
    switch (VoteBody.read(ApiGate.body(ctx))) {
      case VoteBody.Read.Wrong wrong -> wrong.problem().write(ctx);
      case VoteBody.Read.Vote vote -> vote(ctx, person, file.get(), vote.body());
    }
  }

  private void vote(Context ctx, Person person, CaseFile file, VoteBody body) {
    Act act = body.actOn(file.envelope().recipients());
    Click click =
        new Click(
            eventId(ctx, person, file, body),
            SURFACE,
            Identity.ofPostern(person.id()),
            body.token(),
            "",
            act,
            body.reason());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (parts.judge(file.id(), click)) {
      case Answer.Counted counted -> {
        json.put("result", "counted");
        json.put("case", counted.caseId().text());
        json.put("missing", counted.missing());
        write(ctx, json);
      }
      case Answer.Decided decided -> {
        json.put("result", "decided");
        json.put("case", decided.caseId().text());
        CaseJson.choice(json, decided.choice());
        write(ctx, json);
      }
      case Answer.PassedOn passedOn -> {
        json.put("result", "passed-on");
        json.put("case", passedOn.caseId().text());
        json.put("next", passedOn.next());
        write(ctx, json);
      }
      case Answer.Noted noted -> {
        json.put("result", "noted");
        json.put("case", noted.caseId().text());
        write(ctx, json);
      }
      // No choice of a ballot leads here: those are asked and answered in chat.
      case Answer.Looking _, Answer.Asked _, Answer.Heard _ ->
          throw new IllegalStateException("no answer to a vote");
      case Answer.Refused refused -> refused(ctx, file.id(), refused);
    }
  }

  /** The same vote sent again is the same click; a caller's own key says what is the same. */
  private static String eventId(Context ctx, Person person, CaseFile file, VoteBody body) {
    String key = Optional.ofNullable(ctx.header("Idempotency-Key")).orElse("");
    if (!key.isEmpty()) {
      String bounded = key.substring(0, Math.min(key.length(), LONGEST_KEY));
      return EventIds.of(SURFACE, "key", person.id(), file.id().text(), bounded);
    }
    return EventIds.of(
        SURFACE,
        "vote",
        body.token(),
        person.id(),
        body.choice(),
        body.recipients().stream().map(Object::toString).collect(Collectors.joining(" ")),
        body.later() ? "later" : "",
        body.reason());
  }

  /** All where none is named; empty where one is unknown. */
  private static Optional<Set<CaseState>> states(String given) {
    Set<CaseState> states = EnumSet.noneOf(CaseState.class);
    for (String word : given.isEmpty() ? List.<String>of() : List.of(given.split(",", 20))) {
      Optional<CaseState> state =
          EnumSet.allOf(CaseState.class).stream()
              .filter(s -> s.name().equals(word.strip().toUpperCase(Locale.ROOT)))
              .findFirst();
      if (state.isEmpty()) {
        return Optional.empty();
      }
      states.add(state.get());
    }
    return Optional.of(states);
  }

  private static Optional<Integer> limit(String given) {
    return given.isEmpty()
        ? Optional.of(USUAL_LIMIT)
        : Optional.of(given)
            .filter(g -> g.matches("[0-9]{1,3}"))
            .map(Integer::valueOf)
            .filter(n -> n >= 1 && n <= MOST);
  }

  private static String given(Context ctx, String name) {
    return Optional.ofNullable(ctx.queryParam(name)).orElse("").strip();
  }

  private static void write(Context ctx, ObjectNode json) {
    ctx.contentType("application/json").result(json.toString());
  }
}
