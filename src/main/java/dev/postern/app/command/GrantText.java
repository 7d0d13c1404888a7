package dev.postern.app.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.Cleaner;
import dev.postern.card.Cleaner.Kind;
import java.util.ArrayList;
import java.util.List;

/** Grants as a terminal shows them. */
final class GrantText {
  private GrantText() {}

  /** What a request came to. */
  static String asked(JsonNode grant) {
    String before = word(grant, "result").equals("already") ? "was asked for before, " : "";
    return "%s %sis %s: case %s"
        .formatted(word(grant, "id"), before, word(grant, "state"), word(grant, "case"));
  }

  /** A page of grants, a line for each. */
  static String list(JsonNode page) {
    List<String> lines = new ArrayList<>();
    for (JsonNode grant : page.path("grants")) {
      lines.add(
          "%s  %-9s  %-5s  %s  until %s  %d of %d  by %s"
              .formatted(
                  word(grant, "id"),
                  word(grant, "state"),
                  word(grant, "kind"),
                  whom(grant),
                  word(grant, "until"),
                  grant.path("used").asInt(),
                  grant.path("most").asInt(),
                  word(grant, "owner")));
    }
    if (lines.isEmpty()) {
      return "no grants";
    }
    if (page.path("next").isTextual()) {
      lines.add("more: --after " + word(page, "next"));
    }
    return String.join("\n", lines);
  }

  /** One grant. */
  static String one(JsonNode grant) {
    List<String> lines = new ArrayList<>();
    lines.add(word(grant, "id") + " is " + word(grant, "state"));
    lines.add(word(grant, "kind") + " " + whom(grant) + " until " + word(grant, "until"));
    if (grant.path("kindOf").isTextual()) {
      String subject = Cleaner.clean(grant.path("subject").asText(), Kind.SUBJECT).text();
      lines.add(
          "only messages of the same kind as case %s: subject %s"
              .formatted(word(grant, "kindOf"), subject));
    }
    boolean allow = word(grant, "kind").equals("allow");
    String proof =
        grant.path("evenUnproved").asBoolean() ? "whatever DMARC says" : "DMARC pass only";
    lines.add(
        "%d of at most %d messages%s"
            .formatted(
                grant.path("used").asInt(), grant.path("most").asInt(), allow ? ", " + proof : ""));
    lines.add("asked by " + word(grant, "owner") + ": " + word(grant, "reason"));
    lines.add("decided in case " + word(grant, "case"));
    if (grant.path("endedBy").isTextual()) {
      lines.add("ended by " + word(grant, "endedBy") + " at " + word(grant, "endedAt"));
    }
    return String.join("\n", lines);
  }

  private static String whom(JsonNode grant) {
    String to = CaseText.plain(grant.path("to").asText());
    String like = word(grant, "kindOf");
    return party(grant.path("from").asText())
        + (like.isEmpty() ? "" : " like " + like)
        + (to.isEmpty() ? "" : " to " + party(to));
  }

  private static String party(String text) {
    return Cleaner.clean(text, text.contains("@") ? Kind.ADDRESS : Kind.HOST).text();
  }

  private static String word(JsonNode node, String field) {
    return CaseText.plain(node.path(field).asText());
  }
}
