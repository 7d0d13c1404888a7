package dev.postern.web;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Reading;
import dev.postern.mail.RawMessage;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Is it genuine, why was I asked, what do I decide, what became of it. */
final class CasePage {
  private final WebParts parts;
  private final Reading reading;
  private final Navigation navigation;
  private final Pages pages;
  private final CaseScreens screens;

  CasePage(WebParts parts, Reading reading, Navigation navigation, Pages pages) {
    this.parts = parts;
    this.reading = reading;
    this.navigation = navigation;
    this.pages = pages;
    this.screens = new CaseScreens(parts, new BallotForms(parts));
  }

  void show(Context ctx, Reader reader) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), reader.person());
    if (file.isEmpty()) {
      pages.problem(ctx, Problem.notThere(reading.removed(ctx.pathParam("id"))));
    } else if (!file.get().id().text().equals(ctx.pathParam("id"))) {
      ctx.status(303).header("Location", "/cases/" + file.get().id()); // as typed by a person
    } else {
      show(ctx, 200, file.get(), reader, Optional.empty(), Draft.fresh(file.get()));
    }
  }

  /** Shows a case together with the answer to a vote. */
  void show(
      Context ctx,
      int status,
      CaseFile file,
      Reader reader,
      Optional<CaseScreen.Said> said,
      Draft draft) {
    CaseScreen screen = screens.screen(file, reader, said, draft);
    Frame frame = pages.framed(file.id().text(), navigation.at("queue", reader));
    pages.show(ctx, status, "case.jte", Map.of("frame", frame, "screen", screen));
  }

  /** One line when the case has changed since it was drawn; nothing otherwise. */
  void news(Context ctx, Reader reader) {
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), reader.person());
    String drawn = Optional.ofNullable(ctx.queryParam("version")).orElse("");
    if (file.isEmpty() || drawn.equals(Long.toString(file.get().version()))) {
      ctx.status(204);
      return;
    }
    pages.show(ctx, 200, "caseNews.jte", Map.of("id", file.get().id().text()));
  }

  /** The address of a vote, typed or reloaded. */
  void back(Context ctx) {
    ctx.status(303).header("Location", "/cases/" + encoded(ctx.pathParam("id")));
  }

  /** The octets as received, never opened here: a download, for administrators only. */
  void download(Context ctx, Reader reader) {
    if (!Reading.admin(reader.person())) {
      pages.problem(ctx, Problem.FORBIDDEN);
      return;
    }
    Optional<CaseFile> file = reading.find(ctx.pathParam("id"), reader.person());
    Optional<RawMessage> raw = file.flatMap(f -> parts.cases().raw(f.id()));
    if (file.isEmpty() || raw.isEmpty()) {
      pages.problem(ctx, Problem.NOT_FOUND);
      return;
    }
    String name = file.get().id() + ".eml";
    ctx.contentType("application/octet-stream")
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .result(raw.get().open());
  }

  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8);
  }
}
