package dev.postern.web;

import dev.postern.card.FreezeWriter;
import dev.postern.card.Run;
import dev.postern.policy.Freeze;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Draws templates. They escape what they print; nothing here builds markup. */
final class Pages {
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Assets assets;
  private final Supplier<Optional<Freeze>> freeze;
  private final InstantSource clock;

  Pages(Assets assets, Supplier<Optional<Freeze>> freeze, InstantSource clock) {
    this.assets = assets;
    this.freeze = freeze;
    this.clock = clock;
  }

  /** Answers with one template and its values. */
  void show(Context ctx, int status, String template, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    StringOutput out = new StringOutput(32_768);
    templates.render(template, all, out);
    ctx.status(status).contentType("text/html; charset=utf-8").result(out.toString());
  }

  /** A small page without navigation that names the problem. */
  void problem(Context ctx, Problem problem) {
    Frame frame = bare(problem.title());
    show(ctx, problem.status(), "problem.jte", Map.of("frame", frame, "problem", problem));
  }

  /** The frame of a page for somebody who is not signed in. */
  Frame bare(String title) {
    return new Frame(title, assets, clock.instant(), Optional.empty(), List.of());
  }

  /** The frame of a page with navigation. */
  Frame framed(String title, Frame.Nav nav) {
    List<Run> frozen = freeze.get().map(FreezeWriter::sentence).orElse(List.of());
    return new Frame(title, assets, clock.instant(), Optional.of(nav), frozen);
  }
}
