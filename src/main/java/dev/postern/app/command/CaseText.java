package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.Cleaner;
import dev.postern.card.Cleaner.Kind;
import dev.postern.card.Stakes;
import dev.postern.quarantine.OneLine;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Cases for a terminal. Whatever comes from a message is cleaned, since its sender could otherwise
 * steer the terminal or write lines of his own.
 */
final class CaseText {
  private static final String LINE = "%-13s %-9s %-30s %s";

  private CaseText() {}

  /** One line per case. */
  static String list(JsonNode page) {
    List<String> lines = new ArrayList<>();
    lines.add(LINE.formatted("CASE", "STATE", "FROM", "SUBJECT"));
    for (JsonNode each : page.path("cases")) {
      JsonNode message = each.path("message");
      lines.add(
          LINE.formatted(
                  plain(each.path("id").asText()),
                  plain(each.path("state").asText()).toLowerCase(Locale.ROOT),
                  clean(message.path("from"), Kind.ADDRESS),
                  clean(message.path("subject"), Kind.SUBJECT))
              .stripTrailing());
    }
    if (lines.size() == 1) {
      return "no cases";
    }
    String next = page.path("next").asText("");
    if (!next.isEmpty() && !page.path("next").isNull()) {
      lines.add("more: --after " + plain(next));
    }
    return String.join("\n", lines);
  }

  /** Everything that helps to decide. */
  static String show(JsonNode it) {
    JsonNode message = it.path("message");
    JsonNode evidence = it.path("evidence");
    List<String> lines = new ArrayList<>();
    row(lines, "case", plain(it.path("id").asText()) + "  " + plain(it.path("state").asText()));
    row(lines, "from", clean(message.path("from"), Kind.ADDRESS));
    row(lines, "name", clean(message.path("fromName"), Kind.NAME));
    row(lines, "mail from", clean(it.path("envelope").path("mailFrom"), Kind.ADDRESS));
    row(lines, "to", addresses(it.path("envelope").path("recipients")));
    row(lines, "subject", clean(message.path("subject"), Kind.SUBJECT));
    row(lines, "files", names(message.path("attachments")));
    row(lines, "together", together(it) > 1 ? set(it) : "");
    row(lines, "later ones", together(it) > 1 ? later(it.path("together")) : "");
    row(lines, "received", plain(it.path("receivedAt").asText()));
    row(lines, "spf", result(evidence.path("spf"), "domain"));
    evidence.path("dkim").forEach(d -> row(lines, "dkim", result(d, "domain")));
    row(lines, "arc", result(evidence.path("arc"), ""));
    row(lines, "dmarc", result(evidence.path("dmarc"), "fromDomain"));
    JsonNode ruling = it.path("ruling");
    String rule = plain(ruling.path("rule").asText());
    row(lines, "rule", rule.isEmpty() ? "" : rule + ": " + plain(ruling.path("reason").asText()));
    stage(lines, it.path("stage"));
    row(lines, "decision", plain(it.path("decision").path("choice").asText()));
    it.path("outcome").forEach(o -> row(lines, "outcome", outcome(o)));
    row(lines, "trouble", clean(it.path("trouble"), Kind.REPLY));
    if (it.has("ballot")) {
      String id = plain(it.path("id").asText());
      lines.add("you may vote: postern case release " + id + ", or discard");
    }
    return String.join("\n", lines);
  }

  /** How many messages a vote on a case is about. */
  static int together(JsonNode it) {
    JsonNode all = it.path("together");
    boolean leads = all.path("leader").asText().equals(it.path("id").asText());
    return leads ? Math.max(1, all.path("members").size()) : 1;
  }

  private static String set(JsonNode it) {
    return together(it)
        + " messages of one kind: "
        + StreamSupport.stream(it.at("/together/members").spliterator(), false)
            .map(each -> plain(each.path("id").asText()))
            .collect(Collectors.joining(", "));
  }

  /** What votes can say of later ones, or what came of it. */
  private static String later(JsonNode set) {
    String came = plain(set.path("laterCame").asText());
    JsonNode terms = set.path("later");
    if (!came.isEmpty() || !terms.isObject()) {
      return came;
    }
    JsonNode pass = terms.path("release");
    return (pass.isTextual() ? "--and-later lets them pass for " + length(pass) + ", or" : "")
        + (pass.isTextual() ? " deletes them for " : "--and-later deletes them for ")
        + length(terms.path("discard"))
        + "; at most "
        + terms.path("most").asInt();
  }

  private static String length(JsonNode iso) {
    try {
      return Stakes.lasting(Duration.parse(iso.asText()));
    } catch (DateTimeParseException none) {
      return plain(iso.asText());
    }
  }

  /** Our own words, kept from steering the terminal should something else answer. */
  static String plain(String text) {
    return OneLine.of(text, 500);
  }

  private static void stage(List<String> lines, JsonNode stage) {
    if (stage.isObject()) {
      row(
          lines,
          "asked",
          "%s: %d of %d votes, until %s"
              .formatted(
                  plain(stage.path("name").asText()),
                  stage.path("votes").size(),
                  stage.path("quorum").asInt(),
                  plain(stage.path("closesAt").asText())));
      stage
          .path("votes")
          .forEach(
              v ->
                  row(
                      lines,
                      "vote",
                      clean(v.path("name"), Kind.NAME)
                          + " "
                          + plain(v.path("choice").asText())
                          + (v.path("later").asBoolean() ? ", later ones too " : " ")
                          + clean(v.path("reason"), Kind.REASON)));
    }
  }

  private static String result(JsonNode finding, String domain) {
    String result = plain(finding.path("result").asText());
    String of = domain.isEmpty() ? "" : " " + clean(finding.path(domain), Kind.HOST);
    return result.isEmpty() ? "" : result + of;
  }

  private static String outcome(JsonNode outcome) {
    return "%s %s %s"
        .formatted(
            clean(outcome.path("recipient"), Kind.ADDRESS),
            plain(outcome.path("kind").asText()),
            clean(outcome.path("words"), Kind.REPLY));
  }

  private static String addresses(JsonNode list) {
    return stream(list).map(a -> clean(a, Kind.ADDRESS)).collect(Collectors.joining(", "));
  }

  private static String names(JsonNode attachments) {
    return stream(attachments)
        .map(a -> clean(a.path("name"), Kind.FILENAME))
        .collect(Collectors.joining(", "));
  }

  private static Stream<JsonNode> stream(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  private static String clean(JsonNode text, Kind kind) {
    return text.isTextual() ? Cleaner.clean(text.asText(), kind).text() : "";
  }

  private static void row(List<String> lines, String label, String value) {
    if (!value.isBlank()) {
      lines.add("%-10s %s".formatted(label, value.strip()));
    }
  }
}
