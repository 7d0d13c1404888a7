package dev.postern;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What can be counted of how our code reads. */
class StructureTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final int MOST_LINES = 400;
  private static final Pattern SAYS_NOTHING =
      Pattern.compile(".*(Utils?|Helpers?|Manager|Impl|Base|Data|Info)");
  private static final Pattern PROMISE_TO_ONESELF = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");

  private static List<Path> files = List.of();

  @BeforeAll
  static void findFiles() throws IOException {
    try (Stream<Path> walk = Files.walk(MAIN)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new AssertionError(file.toString(), unreadable);
    }
  }

  private static String className(Path file) {
    return file.getFileName().toString().replace(".java", "");
  }

  @Test
  void thereAreFiles() {
    assertThat(files).hasSizeGreaterThan(80);
  }

  @Test
  void noFileIsTooLongToBeReadAtOnce() {
    assertThat(files.stream().filter(file -> read(file).lines().count() > MOST_LINES)).isEmpty();
  }

  @Test
  void noClassHasANameThatSaysNothing() {
    assertThat(files.stream().filter(file -> SAYS_NOTHING.matcher(className(file)).matches()))
        .isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() {
    List<Path> folders = files.stream().map(Path::getParent).distinct().toList();
    assertThat(folders)
        .allSatisfy(
            folder ->
                assertThat(folder.resolve("package-info.java"))
                    .exists()
                    .content()
                    .startsWith("/**")
                    .contains("@NullMarked"));
  }

  @Test
  void nothingIsPutOff() {
    assertThat(files.stream().filter(file -> PROMISE_TO_ONESELF.matcher(read(file)).find()))
        .isEmpty();
  }

  @Test
  void everyDependencyIsExplained() {
    String pom = read(Path.of("pom.xml"));
    String direct = pom.substring(pom.lastIndexOf("<dependencies>", pom.indexOf("<build>")));
    String explained = read(Path.of("docs/dependencies.md"));
    List<String> names =
        Pattern.compile("(?m)^    <dependency><groupId>[^<]+</groupId><artifactId>([^<]+)<")
            .matcher(direct)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(names)
        .hasSizeGreaterThan(30)
        .allSatisfy(name -> assertThat(explained).contains(name));
  }
}
