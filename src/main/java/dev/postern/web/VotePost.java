package dev.postern.web;

import dev.postern.approval.Act;
import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Identity;
import dev.postern.approval.Reading;
import dev.postern.approval.Refusal;
import dev.postern.card.Notices;
import dev.postern.mail.EmailAddress;
import dev.postern.web.BallotForm.FormProblem;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A decision form that comes in. It always ends in a page that says what became of it. */
final class VotePost {
  private static final String SURFACE = "web";
  private static final Set<String> CHOICES =
      Set.of("release", "discard", "withdraw", "step-aside", "hand-over");

  private final WebParts parts;
  private final Reading reading;
  private final CasePage page;
  private final Pages pages;

  /** The form as the browser sent it. */
  private record Form(
      String choice,
      Set<Integer> ticked,
      boolean later,
      String person,
      String reason,
      String token) {
    static Form of(Context ctx) {
      Set<Integer> ticked =
          ctx.formParams("to").stream()
              .filter(n -> n.matches("[0-9]{1,5}"))
              .map(Integer::valueOf)
              .collect(Collectors.toSet());
      return new Form(
          field(ctx, "choice"),
          ticked,
          field(ctx, "later").equals("yes"),
          field(ctx, "person"),
          field(ctx, "reason"),
          field(ctx, "token"));
    }

    /** What is wanted; empty when no recipient of the message is ticked. */
    Optional<Act> actOn(CaseFile file) {
      return switch (choice) {
        case "discard" -> Optional.of(new Choice.Discard(later));
        case "withdraw" -> Optional.of(new Act.Withdraw());
        case "step-aside" -> Optional.of(new Act.StepAside());
        case "hand-over" -> Optional.of(new Act.HandOver(person));
        default -> releaseOn(file.envelope().recipients());
      };
    }

    private Optional<Act> releaseOn(List<EmailAddress> all) {
      List<EmailAddress> wanted =
          IntStream.rangeClosed(1, all.size())
              .filter(ticked::contains)
              .mapToObj(n -> all.get(n - 1))
              .toList();
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          wanted.size() == all.size()
              ? new Choice.ReleaseAll(later)
              : new Choice.ReleaseTo(wanted));
    }
  }

  VotePost(WebParts parts, Reading reading, CasePage page, Pages pages) {
    this.parts = parts;
    this.reading = reading;
    this.page = page;
    this.pages = pages;
  }

  void cast(Context ctx, Reader reader) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), reader.person());
    Form form = Form.of(ctx);
    if (file.isEmpty()) {
      pages.problem(ctx, Problem.NOT_FOUND);
    } else if (!CHOICES.contains(form.choice())) {
      pages.problem(ctx, Problem.badRequest(400));
    } else {
      cast(ctx, reader, file.get(), form);
    }
  }

  private void cast(Context ctx, Reader reader, CaseFile file, Form form) {
    Draft draft = new Draft(form.ticked(), form.later(), form.reason(), FormProblem.NONE);
    Optional<Act> act = form.actOn(file);
    if (act.isEmpty() || form.reason().length() > Click.LONGEST_REASON) {
      FormProblem problem = act.isEmpty() ? FormProblem.NO_RECIPIENT : FormProblem.REASON_TOO_LONG;
      page.show(ctx, 422, file, reader, Optional.empty(), draft.with(problem));
      return;
    }
    Click click =
        new Click(
            eventId(field(ctx, "nonce"), reader, form),
            SURFACE,
            Identity.ofPostern(reader.person().id()),
            form.token(),
            "",
            act.get(),
            form.reason());
    Answer answer = parts.judge(file.id(), click);
    CaseFile after = parts.cases().find(file.id()).orElse(file);
    answer(ctx, reader, after, draft, answer);
  }

  private void answer(Context ctx, Reader reader, CaseFile file, Draft draft, Answer answer) {
    Optional<CaseFile> known = Optional.of(file);
    switch (answer) {
      case Answer.Counted _,
          Answer.Decided _,
          Answer.PassedOn _,
          Answer.Noted _,
          Answer.Looking _,
          Answer.Asked _,
          Answer.Heard _ ->
          page.show(ctx, 200, file, reader, said(answer, known, "ok", ""), Draft.fresh(file));
      case Answer.Refused refused -> {
        FormProblem problem =
            refused.why() == Refusal.REASON_NEEDED ? FormProblem.REASON_NEEDED : FormProblem.NONE;
        page.show(
            ctx,
            409,
            file,
            reader,
            said(refused, known, "warn", draft.reason()),
            draft.with(problem));
      }
    }
  }

  private static Optional<CaseScreen.Said> said(
      Answer answer, Optional<CaseFile> file, String tone, String typed) {
    return Optional.of(new CaseScreen.Said(Notices.of(answer, file), tone, typed));
  }

  /**
   * A double click sends the same form twice and is one click; the same form with other words, by
   * way of the browser's Back, is another.
   */
  private static String eventId(String nonce, Reader reader, Form form) {
    return EventIds.of(
        "web",
        nonce,
        reader.person().id(),
        form.token(),
        form.choice(),
        form.person(),
        form.ticked().stream().sorted().map(String::valueOf).collect(Collectors.joining(" ")),
        form.later() ? "later" : "",
        form.reason());
  }

  private static String field(Context ctx, String name) {
    return Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
  }
}
