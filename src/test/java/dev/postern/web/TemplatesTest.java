package dev.postern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must never stand in a template, since escaping and the CSP are both built on it. */
class TemplatesTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Path WEB = Path.of("src/main/resources/web");
  private static final Pattern SCRIPT_INSIDE =
      Pattern.compile("<script(?![^>]*\\ssrc=)[^>]*>", Pattern.CASE_INSENSITIVE);
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "\\$unsafe|\\sstyle\\s*=|\\son[a-z]+\\s*=|hx-on|javascript:|data:|<iframe|<img|<object|<embed",
          Pattern.CASE_INSENSITIVE);

  static List<Path> templates() throws IOException {
    try (Stream<Path> files = Files.walk(TEMPLATES)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("templates")
  void P13_noTemplateWritesUnescapedTextOrInlineCode(Path template) throws IOException {
    String text = Files.readString(template);
    assertThat(FORBIDDEN.matcher(text).results().map(r -> r.group()).toList()).isEmpty();
    assertThat(SCRIPT_INSIDE.matcher(text).results().map(r -> r.group()).toList()).isEmpty();
  }

  @Test
  void thePatternFindsWhatItForbids() {
    for (String bad : List.of("$unsafe{x}", "<p style=\"x\">", "<p onclick=x>", "<img src=x>")) {
      assertThat(FORBIDDEN.matcher(bad).find()).as(bad).isTrue();
    }
    assertThat(templatesExist()).isTrue();
  }

  @Test
  void stylesAndScriptStaySmall() throws IOException {
    long styles = Files.size(WEB.resolve("app.css")) + Files.size(WEB.resolve("design-tokens.css"));
    assertThat(styles).isLessThanOrEqualTo(12_288);
    assertThat(Files.size(WEB.resolve("app.js"))).isLessThanOrEqualTo(2_048);
  }

  private static boolean templatesExist() {
    return Files.exists(TEMPLATES.resolve("caseMain.jte"));
  }
}
