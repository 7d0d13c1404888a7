package dev.postern.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The public conformance suites; where they come from stands beside them. */
public final class Conformance {
  private static final Path ROOT = Path.of("src/test/resources/conformance");

  private Conformance() {}

  /** A file of the suites. */
  public static Path file(String name) {
    return ROOT.resolve(name);
  }

  /** The documents of a YAML file. */
  public static List<Map<String, Object>> yaml(String name) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(true);
    try (InputStream in = Files.newInputStream(file(name))) {
      List<Map<String, Object>> documents = new ArrayList<>();
      for (Object document : new Yaml(new SafeConstructor(options)).loadAll(in)) {
        documents.add(map(document));
      }
      return documents;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** A node that is a mapping. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }

  /** The member of that name, which must be there. */
  public static Object at(Map<String, Object> node, String name) {
    return Objects.requireNonNull(node.get(name), name);
  }

  /** The member of that name as text. */
  public static String text(Map<String, Object> node, String name) {
    return at(node, name).toString();
  }

  /** A node that is a list, or one value. */
  public static List<?> list(Object node) {
    return node instanceof List<?> list ? list : List.of(node);
  }
}
