package dev.postern.web;

import dev.postern.approval.Answer;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Identity;
import dev.postern.approval.Reading;
import dev.postern.card.Notice;
import dev.postern.card.Notices;
import io.javalin.http.Context;
import java.util.Optional;

/** Somebody takes a message out of those that are decided together. */
final class ApartPost {
  private final WebParts parts;
  private final Reading reading;
  private final CasePage page;
  private final Pages pages;

  ApartPost(WebParts parts, Reading reading, CasePage page, Pages pages) {
    this.parts = parts;
    this.reading = reading;
    this.page = page;
    this.pages = pages;
  }

  void take(Context ctx, Reader reader) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), reader.person());
    if (file.isEmpty()) {
      pages.problem(ctx, Problem.NOT_FOUND);
      return;
    }
    Answer answer = parts.apart().apply(file.get().id(), Identity.ofPostern(reader.person().id()));
    CaseFile now = parts.cases().find(file.get().id()).orElse(file.get());
    boolean done = !(answer instanceof Answer.Refused);
    Notice notice = done ? Notices.TAKEN_OUT : Notices.of(answer, Optional.of(now));
    CaseScreen.Said said = new CaseScreen.Said(notice, done ? "ok" : "warn", "");
    page.show(ctx, done ? 200 : 409, now, reader, Optional.of(said), Draft.fresh(now));
  }
}
