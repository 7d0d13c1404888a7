package dev.postern.evidence;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** The conformance suites, which lie beside the project and not in it. */
public final class Conformance {
  private static final Path ROOT =
      Path.of(System.getProperty("postern.conformance", "../shared/conformance"));

  private Conformance() {}

  /**
   * A file of the suites. Where they are absent the test is skipped, loudly; on a build server it
   * fails, so that nobody takes a skipped suite for a passed one.
   */
  public static Path file(String name) {
    Path file = ROOT.resolve(name);
    if (!Files.exists(file)) {
      String message = "conformance suite absent: " + file.toAbsolutePath().normalize();
      System.out.println("SKIPPED " + message);
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(message);
      }
      assumeTrue(false, message);
    }
    return file;
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
