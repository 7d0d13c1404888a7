package dev.postern.policy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** A policy file with all that it includes, as trees of YAML. */
final class SourceFiles {
  /** The word before the name of a file whose rules stand in this place. */
  static final String INCLUDE = "include";

  private static final int LARGEST_FILE = 256 * 1024;
  private static final int MOST_FILES = 50;
  private static final List<String> KEYS =
      List.of("groups", "hours", "on-call", "lists", "chains", "rules");
  private static final List<String> KEYS_OF_FIRST =
      List.of(
          "groups",
          "hours",
          "on-call",
          "lists",
          "chains",
          "rules",
          "otherwise",
          "may-freeze",
          "campaigns",
          GrantLawReader.KEY,
          "time-zone",
          "shadow-report");

  /** Names that lead neither out of the folder nor to something hidden. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

  private final PolicyFiles folder;
  private final MessageDigest hash;
  private final Map<String, SourceFile> files = new LinkedHashMap<>();
  private final IdentityHashMap<ScalarNode, SourceFile> included = new IdentityHashMap<>();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * One file.
   *
   * @param name as the policy calls it
   * @param text as it stands there, to find places inside of block scalars
   * @param section its keys
   * @param faults takes what is wrong in it
   */
  record SourceFile(String name, String text, Section section, Faults faults) {}

  private SourceFiles(PolicyFiles folder) {
    this.folder = folder;
    try {
      this.hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Reads the file and what it includes; what is wrong goes into {@code faults}. */
  static SourceFiles read(String text, String name, PolicyFiles folder, Faults faults) {
    SourceFiles files = new SourceFiles(folder);
    files.take(name, text, faults, KEYS_OF_FIRST);
    return files;
  }

  /** All files that could be read, the first one first. */
  List<SourceFile> all() {
    return List.copyOf(files.values());
  }

  /** The file that is included by this place, if it could be read. */
  Optional<SourceFile> at(ScalarNode include) {
    return Optional.ofNullable(included.get(include));
  }

  /** First 12 hexadecimal digits of the SHA-256 of all files, one after the other. */
  String version() {
    return HexFormat.of().formatHex(hash.digest(), 0, 6);
  }

  /** The text of another file that belongs to the policy, such as a list. */
  Optional<String> text(ScalarNode at, Faults faults) {
    String name = at.getValue();
    if (!NAME.matcher(name).matches()) {
      String what = "\"" + name + "\" must be a file in the folder of the policy or below it";
      faults.add(at.getStartMark(), what, Optional.empty());
      return Optional.empty();
    }
    try {
      String text = folder.read(name);
      hash.update(text.getBytes(StandardCharsets.UTF_8));
      return Optional.of(text);
    } catch (IOException unreadable) {
      faults.add(at.getStartMark(), String.valueOf(unreadable.getMessage()), Optional.empty());
      return Optional.empty();
    }
  }

  private void take(String name, String text, Faults faults, List<String> keys) {
    if (files.isEmpty()) {
      hash.update(text.getBytes(StandardCharsets.UTF_8));
    }
    Optional<Node> root = compose(text, faults);
    if (root.isPresent()) {
      Section section = Section.open(root.get(), "the file", keys, faults);
      files.put(name, new SourceFile(name, text, section, faults));
      open.addLast(name);
      for (Node rule : section.list("rules")) {
        included(rule).ifPresent(at -> include(at, faults));
      }
      open.removeLast();
    }
  }

  /** The file whose rules stand in the place of this one; empty for a rule. */
  static Optional<ScalarNode> included(Node rule) {
    if (rule instanceof MappingNode mapping && mapping.getValue().size() == 1) {
      NodeTuple entry = mapping.getValue().getFirst();
      boolean include =
          entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(INCLUDE);
      if (include && entry.getValueNode() instanceof ScalarNode name) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private void include(ScalarNode at, Faults faults) {
    String name = at.getValue();
    if (open.contains(name)) {
      String way = String.join(" includes ", open) + " includes " + name;
      faults.add(at.getStartMark(), "files include each other: " + way, Optional.empty());
    } else if (files.containsKey(name)) {
      String what = name + " is included twice; the second time no rule of it is ever reached";
      faults.add(at.getStartMark(), what, Optional.empty());
    } else if (files.size() >= MOST_FILES) {
      String what = "a policy consists of at most " + MOST_FILES + " files";
      faults.add(at.getStartMark(), what, Optional.empty());
    } else {
      text(at, faults).ifPresent(text -> take(name, text, faults.in(name), KEYS));
      Optional.ofNullable(files.get(name)).ifPresent(file -> included.put(at, file));
    }
  }

  /** The one that everybody meets: {@code when: 'a' in signals}. */
  private static String problem(MarkedYAMLException broken) {
    String problem = String.valueOf(broken.getProblem());
    return problem.contains("but found '<scalar>'")
        ? problem + "; what begins with a quote ends with it: quote the whole expression"
        : problem;
  }

  /** Nodes only: no object is ever made from a tag, so nothing in the file can run. */
  static Optional<Node> compose(String yaml, Faults faults) {
    if (yaml.length() > LARGEST_FILE) {
      String what = "the file is larger than 256 KiB; split it (include), or move lists into files";
      faults.add(1, 1, what, Optional.empty());
      return Optional.empty();
    }
    LoaderOptions bounds = new LoaderOptions();
    bounds.setNestingDepthLimit(16);
    bounds.setMaxAliasesForCollections(16);
    bounds.setAllowRecursiveKeys(false);
    try {
      Optional<Node> root = Optional.ofNullable(new Yaml(bounds).compose(new StringReader(yaml)));
      if (root.isEmpty()) {
        faults.add(1, 1, "the file is empty", Optional.empty());
      }
      return root;
    } catch (MarkedYAMLException broken) {
      Mark mark = Objects.requireNonNullElse(broken.getProblemMark(), broken.getContextMark());
      faults.add(mark, "not YAML: " + problem(broken), Optional.empty());
    } catch (YAMLException broken) {
      faults.add(1, 1, "not YAML: " + broken.getMessage(), Optional.empty());
    }
    return Optional.empty();
  }
}
