package dev.postern.policy;

import dev.postern.policy.SourceFiles.SourceFile;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The {@code hours} and {@code on-call} of a policy file, which stages refer to by name. */
final class Calendar {
  private static final List<String> HOURS_KEYS = List.of("zone", "days", "from", "to");
  private static final List<String> ROTA_KEYS = List.of("people", "turn", "since", "zone");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final Map<String, Optional<WorkingHours>> hours = new LinkedHashMap<>();
  private final Map<String, Optional<Rota>> rotas = new LinkedHashMap<>();

  /** Reads both sections of each file, where they are there. */
  Calendar(List<SourceFile> files) {
    for (SourceFile file : files) {
      file.section().named("hours").ifPresent(it -> each(it, hours, Calendar::hoursOf));
      file.section().named("on-call").ifPresent(it -> each(it, rotas, Calendar::rotaOf));
    }
  }

  private interface Reader<T> {
    Optional<T> read(Section named, String name, Node node);
  }

  private static <T> void each(Section named, Map<String, Optional<T>> into, Reader<T> reader) {
    for (String name : named.keys()) {
      Node node = named.get(name).orElseThrow();
      if (into.containsKey(name)) {
        named.fault(node, "another file has \"" + name + "\", too", Optional.empty());
      }
      into.put(name, reader.read(named, name, node));
    }
  }

  /** The rotas that are right. */
  List<Rota> rotas() {
    return rotas.values().stream().flatMap(Optional::stream).toList();
  }

  /** The hours that {@code node} names; a fault where there are none of that name. */
  Optional<WorkingHours> hours(Section section, ScalarNode node) {
    Optional<WorkingHours> named = hours.getOrDefault(node.getValue(), Optional.empty());
    if (!hours.containsKey(node.getValue())) {
      String what = "there are no hours \"" + node.getValue() + "\"";
      section.fault(node, what, NearestWord.to(node.getValue(), hours.keySet()));
    }
    return named;
  }

  /** Complains where there is no rota of that name. */
  void rota(Section section, Node node, String name) {
    if (!rotas.containsKey(name)) {
      String what = "there is no on-call rota \"" + name + "\"";
      section.fault(node, what, NearestWord.to(name, rotas.keySet()));
    }
  }

  private static Optional<WorkingHours> hoursOf(Section named, String name, Node node) {
    Section section = named.inside(node, "hours " + name, HOURS_KEYS);
    Optional<ZoneId> zone = zone(section, "hours " + name);
    Optional<Set<DayOfWeek>> days =
        section.required("days", "hours " + name).flatMap(it -> days(section, it));
    Optional<LocalTime> from = time(section, "from", name);
    Optional<LocalTime> to = time(section, "to", name);
    if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
      section.fault(node, "hours " + name + " end before they begin", Optional.empty());
      return Optional.empty();
    }
    return zone.isPresent() && days.isPresent() && from.isPresent() && to.isPresent()
        ? Optional.of(new WorkingHours(days.get(), from.get(), to.get(), zone.get()))
        : Optional.empty();
  }

  private static Optional<Rota> rotaOf(Section named, String name, Node node) {
    String what = "on-call " + name;
    Section section = named.inside(node, what, ROTA_KEYS);
    List<String> people = new ArrayList<>(section.words("people"));
    if (people.isEmpty()) {
      section.fault(node, what + " names no people", Optional.empty());
    }
    Optional<Duration> turn =
        section.required("turn", what).flatMap(it -> Scalars.duration(section, it, "turn"));
    Optional<LocalDateTime> since =
        section
            .required("since", what)
            .flatMap(
                it ->
                    Scalars.parsed(
                        section, it, LocalDateTime::parse, "a date and time: 2026-01-05T09:00"));
    Optional<ZoneId> zone = zone(section, what);
    return !people.isEmpty() && turn.isPresent() && since.isPresent() && zone.isPresent()
        ? Optional.of(new Rota(name, people, turn.get(), since.get(), zone.get()))
        : Optional.empty();
  }

  private static Optional<ZoneId> zone(Section section, String what) {
    return section.required("zone", what).flatMap(it -> Scalars.zone(section, it));
  }

  private static Optional<LocalTime> time(Section section, String key, String name) {
    return section
        .required(key, "hours " + name)
        .flatMap(it -> Scalars.parsed(section, it, LocalTime::parse, "a time such as 08:00"));
  }

  /** {@code mon-fri}, {@code sat}, or several with commas between them. */
  private static Optional<Set<DayOfWeek>> days(Section section, ScalarNode node) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : Scalars.parts(node.getValue().toLowerCase(Locale.ROOT))) {
      List<String> ends = List.of(part.split("-", -1));
      int first = DAYS.indexOf(ends.getFirst());
      int last = DAYS.indexOf(ends.getLast());
      if (ends.size() > 2 || first < 0 || last < first) {
        String what = "days are such as mon-fri or mon,wed,sat, not \"" + node.getValue() + "\"";
        section.fault(node, what, Optional.empty());
        return Optional.empty();
      }
      for (int day = first; day <= last; day++) {
        days.add(DayOfWeek.of(day + 1));
      }
    }
    return Optional.of(days);
  }
}
