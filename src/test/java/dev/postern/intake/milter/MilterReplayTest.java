package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.mailsystem.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Postfix 3.7 really sent, packet by packet, and what it awaited in between. */
class MilterReplayTest {
  private static final Path CAPTURES =
      Path.of(System.getProperty("postern.captures", "../shared/mailinfra/samples/milter"));

  /** The packets of one connection, in both directions. */
  private static List<JsonNode> packets(String name, int connection) throws IOException {
    ObjectMapper json = new ObjectMapper();
    return Files.readAllLines(CAPTURES.resolve(name + ".jsonl")).stream()
        .map(line -> read(json, line))
        .filter(it -> it.get("conn").asInt() == connection && it.has("hex"))
        .toList();
  }

  private static JsonNode read(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException broken) {
      throw new AssertionError(line, broken);
    }
  }

  private static boolean fromMta(JsonNode packet) {
    return packet.get("dir").asText().equals(">");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "accept,2,1",
    "ipv6,1,1",
    "quarantine,2,1",
    "quarantine-accept,2,1",
    "reject,2,1",
    "tempfail,2,1",
    "replycode,2,1",
    "discard,2,1",
    "addheader,2,1",
    "progress,2,1",
    "close,2,1",
    "hang,2,1",
    "two,2,2",
    "abort,2,1",
    "middrop,2,0",
    "null,2,1",
    "unknown,2,1"
  })
  void eachPacketIsUnderstoodAndOnlyAnsweredWherePostfixAwaitsIt(
      String name, int connection, int messages) throws IOException {
    DebianPackage.samplesNeeded(CAPTURES);
    try (Milters milter = Milters.judging(_ -> Milters.pass());
        AnMta mta = new AnMta(milter.port())) {
      for (JsonNode packet : packets(name, connection)) {
        if (fromMta(packet)) {
          mta.write(HexFormat.of().parseHex(packet.get("hex").asText()));
          switch (packet.get("cmd").asText()) {
            case "O" -> assertThat(mta.answer().data()).isEqualTo("\0\0\0\6\0\0\0\61\0\37\363\200");
            case "E" ->
                assertThat(mta.verdict())
                    .extracting(AnMta.Answer::command)
                    .containsExactly('i', 'c');
            default -> {}
          }
        }
      }
      assertThat(milter.seen).hasSize(messages);
      assertThat(milter.seen)
          .allSatisfy(
              message ->
                  assertThat(new String(message.raw().octets(), ISO_8859_1))
                      .startsWith("X-Milter: ")
                      .contains("\r\nX-Fold: a\r\n\tb\r\nX-Empty:\r\n\r\n")
                      .endsWith("hello\r\n"));
      assertThat(milter.seen).allSatisfy(it -> assertThat(it.ref().id()).startsWith("4jYM"));
      assertThat(mta.hasAnswer()).isFalse();
    }
  }
}
