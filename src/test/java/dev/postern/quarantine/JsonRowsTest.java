package dev.postern.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.quarantine.JsonRows.Listed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list is read as far as it goes, and never further than there is room. */
class JsonRowsTest {
  private static final int LARGEST = 10_000;

  private static Listed<Integer> read(String field, String json) throws IOException {
    return new JsonRows<>(field, LARGEST, row -> row.path("n").asInt())
        .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String rows(int count) {
    return IntStream.range(0, count)
        .mapToObj("{\"n\":%d,\"other\":[1,{\"a\":null}]}"::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void allRowsAndAllElseAreReadWhereverTheListStands() throws IOException {
    Listed<Integer> inside =
        read("data", "{\"a\":{\"b\":1},\"data\":" + rows(3) + ",\"next\":\"x\"}");

    assertThat(inside.rows()).containsExactly(0, 1, 2);
    assertThat(inside.whole()).isTrue();
    assertThat(inside.rest().path("next").asText()).isEqualTo("x");
    assertThat(inside.rest().path("a").path("b").asInt()).isOne();
    assertThat(read("", rows(2)).rows()).containsExactly(0, 1);
    assertThat(read("data", "{\"data\":null}").found()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "data"})
  void P16_ofAListThatIsTooLongTheBeginningIsKeptAndThatIsSaid(String field) throws IOException {
    String list = rows(1_000_000 / 30);

    Listed<Integer> read = read(field, field.isEmpty() ? list : "{\"data\":" + list + "}");

    assertThat(read.whole()).isFalse();
    assertThat(read.rows()).hasSizeBetween(200, 400).startsWith(0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[{\"n\":1}", "{\"data\":[{\"n\":1},", "[1] [2]", "\"x\""})
  void whatIsNoJsonIsNoList(String text) throws IOException {
    for (String field : new String[] {"", "data"}) {
      assertThat(read(field, text).found()).isFalse();
      assertThat(read(field, text).rows()).isEmpty();
    }
  }

  @Test
  void P16_nestingWithoutEndAndAFloodThatIsNoListAreRefused() throws IOException {
    assertThat(read("data", "{\"data\":" + "[".repeat(5000)).found()).isFalse();
    assertThatThrownBy(() -> read("data", " ".repeat(LARGEST + 1))).isInstanceOf(TooLarge.class);
  }
}
