package dev.postern.policy;

import static dev.postern.policy.Facts.group;
import static dev.postern.policy.Facts.number;
import static dev.postern.policy.Facts.text;
import static dev.postern.policy.Facts.word;

import dev.postern.evidence.GatewayReport;
import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The facts of what is around a message: time, the gateway's opinion, earlier mail. */
final class Surroundings {
  /** What facts are read from where no gateway said anything. */
  static final GatewayReport NO_REPORT = new GatewayReport("", "", 0, List.of());

  /** The time of arrival in the time zone of the policy. */
  static final Facts<ZonedDateTime> NOW =
      new Facts<>(
          "Now",
          List.of(
              text("date", "as 2026-12-31, in the policy's time-zone", t -> t.toLocalDate() + ""),
              number("hour", "0 to 23", t -> (long) t.getHour()),
              number("minute", "0 to 59", t -> (long) t.getMinute()),
              word(
                  "weekday",
                  DayOfWeek.values(),
                  "day of the week",
                  ZonedDateTime::getDayOfWeek,
                  day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT))));

  /** A gateway's own words. */
  static final Facts<GatewayReport> GATEWAY =
      new Facts<>(
          "Gateway",
          List.of(
              text("name", "its configured name; empty where none said anything", g -> g.gateway()),
              text("action", "what it did or asked for, in its own word", GatewayReport::action),
              Facts.real("score", "the sum of its findings", GatewayReport::score),
              Facts.texts(
                  "symbols",
                  "names of its rules that applied",
                  g -> g.findings().stream().map(GatewayReport.Finding::name).toList())));

  private static final Facts<Earlier> HISTORY =
      new Facts<>(
          "Earlier",
          List.of(
              count("seen", "proved messages that came; 0 if this is not proved", h -> h.seen()),
              count("passed", "of these, released by a rule", SenderHistory::passed),
              count(
                  "asked",
                  "of these, asked about; if this is not proved, of those not proved",
                  SenderHistory::asked),
              count("released", "of these, released by people", SenderHistory::released),
              count("discarded", "likewise, discarded by people or a rule", h -> h.discarded()),
              number(
                  "first_days",
                  "whole days since the first; 0 where none came",
                  e -> SenderHistory.days(e.of().first(), e.now().toInstant())),
              number(
                  "last_days",
                  "whole days since the last; 0 where none came",
                  e -> SenderHistory.days(e.of().last(), e.now().toInstant()))));

  /** Earlier mail. */
  static final Facts<Situation.Context> SENDER =
      new Facts<>(
          "Sender",
          List.of(
              group(
                  "domain",
                  HISTORY,
                  "from the same From domain",
                  c -> new Earlier(c.domain(), c.at())),
              group(
                  "address",
                  HISTORY,
                  "from the same From address",
                  c -> new Earlier(c.address(), c.at()))));

  /** Exceptions. */
  static final Facts<Granted> GRANT =
      new Facts<>(
          "Grant",
          List.of(
              Facts.flag("allow", "whether one would let it pass", Granted::allow),
              Facts.flag("block", "whether one would discard it", Granted::block),
              text("id", "its name, as PG-7F3K-2QXD; empty where there is none", Granted::id)));

  static final List<Facts<?>> TYPES = List.of(NOW, GATEWAY, SENDER, HISTORY, GRANT);

  /** A history as seen from a moment. */
  private record Earlier(SenderHistory of, ZonedDateTime now) {}

  private Surroundings() {}

  private static Facts.Fact<Earlier> count(
      String name, String meaning, Function<SenderHistory, Long> read) {
    return number(name, meaning, e -> read.apply(e.of()));
  }
}
