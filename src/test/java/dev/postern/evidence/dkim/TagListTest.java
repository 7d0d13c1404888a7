package dev.postern.evidence.dkim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagListTest {

  @Test
  void readsValuesWithoutTheWhiteSpaceAroundThem() {
    TagList tags = read(" v = 1 ; b =\r\n\t ab\r\n\t cd ;n=");

    assertThat(tags.flaw()).isEmpty();
    assertThat(tags.firstTag()).isEqualTo("v");
    assertThat(tags.text("v")).isEqualTo("1");
    assertThat(tags.compact("b")).isEqualTo("abcd");
    assertThat(tags.has("n")).isTrue();
    assertThat(tags.text("n")).isEmpty();
    assertThat(tags.text("x")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a=1", "a=1;", "a=1 ; \r\n ", "a=b=c", "a=\u00e9", "A_9=x"})
  void takesWhatTheGrammarAllows(String list) {
    assertThat(read(list).flaw()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1;;b=2 | empty tag",
        ";         | empty tag",
        "a         | tag without =",
        "a=1; b    | tag without =",
        "<p>       | bad tag name",
        "1a=1      | bad tag name",
        "a=1;a=1   | tag a= given twice",
      })
  void namesTheFlawThatVoidsTheList(String list, String flaw) {
    assertThat(read(list).flaw()).contains(flaw);
  }

  @Test
  void refusesControlCharacters() {
    assertThat(read("a=1\u0000").flaw()).contains("control character");
  }

  @Test
  void tagsBeforeTheFlawStayReadable() {
    assertThat(read("d=a.example; d=b.example").text("d")).isEqualTo("a.example");
  }

  @Test
  void aHundredThousandTagsAreCutShort() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      list.append("t").append(i).append("=x;");
    }
    TagList tags = read(list.toString());

    assertThat(tags.flaw()).isPresent();
    assertThat(tags.has("t99")).isTrue();
    assertThat(tags.has("t100")).isFalse();
  }

  private static TagList read(String list) {
    byte[] octets = list.getBytes(StandardCharsets.UTF_8);
    return TagList.read(octets, 0, octets.length);
  }
}
