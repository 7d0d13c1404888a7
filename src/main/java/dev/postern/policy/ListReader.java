package dev.postern.policy;

import dev.postern.policy.SourceFiles.SourceFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the {@code lists} of a policy. */
final class ListReader {
  private static final int MOST_ENTRIES = 200_000;
  private static final int LONGEST_SHOWN = 60;

  private final SourceFiles files;
  private final Map<String, NamedList> lists = new LinkedHashMap<>();

  /** What a list consists of. */
  private enum Kind {
    DOMAINS("domains", "a domain such as partner.example or *.partner.example"),
    ADDRESSES("addresses", "an address such as kim@partner.example"),
    NETWORKS("networks", "a network such as 192.0.2.0/24, without bits behind its prefix");

    private final String key;
    private final String form;

    Kind(String key, String form) {
      this.key = key;
      this.form = form;
    }

    String fromFile() {
      return key + "-from";
    }

    Predicate<String> into(NamedList.Making list) {
      return switch (this) {
        case DOMAINS -> list::domain;
        case ADDRESSES -> list::address;
        case NETWORKS -> list::network;
      };
    }
  }

  private static final List<String> KEYS =
      List.of(
          "domains", "domains-from", "addresses", "addresses-from", "networks", "networks-from");

  private ListReader(SourceFiles files) {
    this.files = files;
  }

  /** All lists by their names. */
  static Map<String, NamedList> read(SourceFiles files) {
    ListReader reader = new ListReader(files);
    for (SourceFile file : files.all()) {
      file.section().named("lists").ifPresent(named -> reader.read(file, named));
    }
    return reader.lists;
  }

  private void read(SourceFile file, Section named) {
    for (String name : named.keys()) {
      Node node = named.get(name).orElseThrow();
      if (!RuleReader.NAME.matcher(name).matches()) {
        named.fault(node, "a list's name is 1 to 40 letters, digits, . _ -", Optional.empty());
      }
      if (lists.containsKey(name)) {
        named.fault(node, "there are two lists named \"" + name + "\"", Optional.empty());
      }
      lists.put(name, list(file, named.inside(node, "list " + name, KEYS), name));
    }
  }

  private NamedList list(SourceFile file, Section section, String name) {
    NamedList.Making list = new NamedList.Making();
    int entries = 0;
    for (Kind kind : Kind.values()) {
      Predicate<String> take = kind.into(list);
      for (Node node : section.list(kind.key)) {
        String entry = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        entries++;
        if (!take.test(entry)) {
          section.fault(node, wrong(kind, entry), Optional.empty());
        }
      }
      Optional<ScalarNode> from = section.scalar(kind.fromFile());
      if (from.isPresent()) {
        entries += lines(file, from.get(), kind, take);
      }
    }
    if (entries == 0) {
      section.fault(section.node(), "list " + name + " is empty", Optional.empty());
    }
    return list.done();
  }

  /** One entry a line; what follows a # is a remark. Only the first line that is wrong is told. */
  private int lines(SourceFile file, ScalarNode from, Kind kind, Predicate<String> take) {
    Faults there = file.faults().in(from.getValue());
    int number = 0;
    int entries = 0;
    for (String line : files.text(from, file.faults()).orElse("").lines().toList()) {
      number++;
      String entry = line.replaceFirst("#.*", "").strip();
      if (entry.isEmpty()) {
        continue;
      }
      entries++;
      if (entries > MOST_ENTRIES) {
        String what = "a list has at most 200,000 entries; match something that they share instead";
        there.add(number, 1, what, Optional.empty());
        return entries;
      }
      if (!take.test(entry)) {
        there.add(number, 1, wrong(kind, entry), Optional.empty());
        return entries;
      }
    }
    return entries;
  }

  private static String wrong(Kind kind, String entry) {
    String shown = entry.length() > LONGEST_SHOWN ? entry.substring(0, LONGEST_SHOWN) + "…" : entry;
    return kind.key + " lists " + kind.form + ", not \"" + shown + "\"";
  }
}
