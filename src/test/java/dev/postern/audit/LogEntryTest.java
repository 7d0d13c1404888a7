package dev.postern.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogEntryTest {
  private static final Instant AT = Instant.parse("2026-11-17T09:41:02Z");

  private static LogEntry entry(String actor, String what, String caseId, String detail) {
    return new LogEntry(AT, actor, what, caseId, detail);
  }

  private static String text(LogEntry entry) {
    return new String(entry.canonical(), StandardCharsets.UTF_8);
  }

  @Test
  void canonicalBytesAreTheseAndStayTheseForEver() {
    assertThat(text(entry("Mara Lindqvist", "voted release", "PN-7F3K-2QXD", "Slack, stage 1")))
        .isEqualTo(
            "{\"actor\":\"Mara Lindqvist\",\"at\":\"2026-11-17T09:41:02.000000Z\","
                + "\"case\":\"PN-7F3K-2QXD\",\"detail\":\"Slack, stage 1\","
                + "\"what\":\"voted release\"}");
  }

  @Test
  void controlsQuotesAndBackslashesAreEscapedAsRfc8785Says_andNothingElse() {
    assertThat(text(entry("\u0001\b\t\n\u000b\f\r\u001f", "\"\\/", "", "ö€😀\u007f\u2028")))
        .contains("\"actor\":\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\"")
        .contains("\"what\":\"\\\"\\\\/\"")
        .contains("\"case\":\"\"")
        .contains("\"detail\":\"ö€😀\u007f\u2028\"");
  }

  @Test
  void everyEntryCanBeReadBack() {
    for (String text :
        List.of("", "plain", "\u0001\b\t\n\f\r\"\\\u001f", "ö€😀\u2028", "\\u0041")) {
      LogEntry entry = entry(text, text, text, text);
      assertThat(LogEntry.parse(entry.canonical())).isEqualTo(Optional.of(entry));
    }
  }

  @Test
  void textCannotMoveFromOneFieldIntoTheNext() {
    LogEntry one = entry("a\",\"at\":\"", "w", "c", "d");
    LogEntry other = entry("a", "w", "\",\"at\":\"c", "d");
    assertThat(text(one)).isNotEqualTo(text(other));
    assertThat(LogEntry.parse(one.canonical())).contains(one);
  }

  @Test
  void timeIsKeptToTheMicrosecondSoThatEveryDatabaseKeepsItWhole() {
    LogEntry fine = new LogEntry(Instant.parse("2026-11-17T09:41:02.123456789Z"), "a", "w", "", "");
    assertThat(fine.at()).isEqualTo(Instant.parse("2026-11-17T09:41:02.123456Z"));
    assertThat(text(fine)).contains("\"at\":\"2026-11-17T09:41:02.123456Z\"");
  }

  @Test
  void whatNoDatabaseKeepsBecomesTheReplacementCharacter() {
    LogEntry entry = entry("x\ud800y", "w\u0000", "", "\udc00");
    assertThat(entry.actor()).isEqualTo("x\ufffdy");
    assertThat(LogEntry.parse(entry.canonical())).contains(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{\"actor\":\"a\"}",
        ",\"at\":\"2026-11-17T09:41:02.000000Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\",\"at\":\"yesterday\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\",\"at\":\"2026-11-17T09:41:02Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\\u0041\",\"at\":\"2026-11-17T09:41:02.000000Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\\u000g\",\"at\":\"2026-11-17T09:41:02.000000Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\\u000a\",\"at\":\"2026-11-17T09:41:02.000000Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"}",
        "{\"actor\":\"\\",
        "{\"actor\":\"\\u0",
        "{\"actor\":\"\",\"at\":\"2026-11-17T09:41:02.000000Z\",\"case\":\"\",\"detail\":\"\",\"what\":\"\"} ",
      })
  void whatIsNotExactlyAnEntryIsNoEntry(String text) {
    assertThat(LogEntry.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void octetsThatAreNotUtf8AreNoEntry() {
    byte[] octets = entry("a", "w", "", "d").canonical();
    octets[10] = (byte) 0xff;
    assertThat(LogEntry.parse(octets)).isEmpty();
  }
}
