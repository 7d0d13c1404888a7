package dev.postern.web;

import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What waits, for whom, how long still. */
final class QueuePage {
  private static final int ROWS = 50;
  private static final int LONGEST_SEARCH = 200;
  private static final int MOST_NEWS = 20;

  private final WebParts parts;
  private final Reading reading;
  private final Navigation navigation;
  private final Pages pages;
  private final QueueRows rows;

  /** What the reader asked for. */
  private record Wish(Tab tab, String q, Optional<CaseId> after) {
    static Wish of(Context ctx) {
      String q = Optional.ofNullable(ctx.queryParam("q")).orElse("").strip();
      return new Wish(
          Tab.of(Optional.ofNullable(ctx.queryParam("tab")).orElse("")),
          q.substring(0, Math.min(q.length(), LONGEST_SEARCH)),
          Optional.ofNullable(ctx.queryParam("after")).flatMap(CaseId::parse));
    }

    String address(Tab tab, Optional<CaseId> after) {
      String search = q.isEmpty() ? "" : "&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8);
      return "/?tab=" + tab.word() + search + after.map(a -> "&after=" + a).orElse("");
    }
  }

  QueuePage(WebParts parts, Reading reading, Navigation navigation, Pages pages) {
    this.parts = parts;
    this.reading = reading;
    this.navigation = navigation;
    this.pages = pages;
    this.rows = new QueueRows(new CaseCards(parts));
  }

  void show(Context ctx, Reader reader) {
    Wish wish = Wish.of(ctx);
    Instant now = parts.clock().instant();
    List<CaseFile> found = list(reader.person(), wish, wish.after(), ROWS + 1);
    List<CaseFile> page = found.size() > ROWS ? found.subList(0, ROWS) : found;
    Optional<String> next =
        found.size() > ROWS
            ? Optional.of(wish.address(wish.tab(), Optional.of(page.getLast().id())))
            : Optional.empty();
    QueueScreen screen =
        new QueueScreen(
            shelves(wish, reader),
            wish.tab().word(),
            wish.q(),
            page.stream().map(f -> rows.row(f, now)).toList(),
            next,
            newsAddress(wish, 0),
            shown(page),
            wish.after().isEmpty());
    Frame frame = pages.framed("Queue", navigation.at("queue", reader));
    pages.show(ctx, 200, "queue.jte", Map.of("frame", frame, "screen", screen));
  }

  /** Rows change in place and new ones wait behind one line: nothing moves under the pointer. */
  void news(Context ctx, Reader reader) {
    Wish wish = Wish.of(ctx);
    Instant now = parts.clock().instant();
    Map<CaseId, Long> shown = shown(Optional.ofNullable(ctx.queryParam("shown")).orElse(""));
    List<CaseFile> newest = list(reader.person(), wish, Optional.empty(), ROWS + MOST_NEWS);
    int fresh = 0;
    while (fresh < newest.size() && !shown.containsKey(newest.get(fresh).id())) {
      fresh++;
    }
    List<CaseFile> seen = current(shown, newest, reader.person());
    List<QueueScreen.Row> changed =
        seen.stream()
            .filter(f -> shown.getOrDefault(f.id(), f.version()) != f.version())
            .map(f -> rows.row(f, now))
            .toList();
    int told = Math.min(fresh, MOST_NEWS);
    if (changed.isEmpty() && Integer.toString(told).equals(ctx.queryParam("had"))) {
      ctx.status(204); // nothing new: a status that is drawn again would be read out again
      return;
    }
    QueueNews news =
        new QueueNews(
            told,
            fresh > MOST_NEWS,
            changed,
            shown(seen),
            wish.address(wish.tab(), Optional.empty()),
            newsAddress(wish, told));
    pages.show(ctx, 200, "queueNews.jte", Map.of("news", news));
  }

  private List<CaseFile> list(Person person, Wish wish, Optional<CaseId> after, int limit) {
    boolean joined = wish.tab() != Tab.WAITING || !wish.q().isEmpty();
    return reading.page(
        person, new CaseBook.Query(wish.tab().states(), wish.q(), after, limit, joined));
  }

  private List<QueueScreen.Shelf> shelves(Wish wish, Reader reader) {
    List<QueueScreen.Shelf> shelves = new ArrayList<>();
    for (Tab tab : Tab.values()) {
      String href = wish.address(tab, Optional.empty());
      boolean open = tab == wish.tab();
      shelves.add(new QueueScreen.Shelf(tab.label(), href, open, navigation.count(tab, reader)));
    }
    return shelves;
  }

  /** The rows of the page as they are now; those that have left the tab are looked up. */
  private List<CaseFile> current(Map<CaseId, Long> shown, List<CaseFile> newest, Person person) {
    Map<CaseId, CaseFile> known = new HashMap<>();
    newest.forEach(f -> known.put(f.id(), f));
    return shown.keySet().stream()
        .flatMap(
            id ->
                Optional.ofNullable(known.get(id))
                    .or(() -> reading.find(id.text(), person))
                    .stream())
        .toList();
  }

  private static String newsAddress(Wish wish, int had) {
    return "/queue/news" + wish.address(wish.tab(), Optional.empty()).substring(1) + "&had=" + had;
  }

  private static String shown(List<CaseFile> page) {
    return page.stream().map(f -> f.id() + "." + f.version()).collect(Collectors.joining(","));
  }

  private static Map<CaseId, Long> shown(String text) {
    Map<CaseId, Long> shown = new HashMap<>();
    Arrays.stream(text.split(",", ROWS + 1))
        .map(one -> one.split("\\.", 2))
        .filter(p -> p.length == 2 && p[1].matches("[0-9]{1,18}"))
        .limit(ROWS)
        .forEach(p -> CaseId.parse(p[0]).ifPresent(id -> shown.put(id, Long.parseLong(p[1]))));
    return shown;
  }
}
