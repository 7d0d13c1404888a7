package dev.postern.quarantine.mailcow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.quarantine.OneLine;
import dev.postern.quarantine.RemoteStore.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mailcow says of something that it was told, with status 200 whatever became of it: a list of
 * verdicts, each with its {@code type}. One of them says that it was done; a spam filter that did
 * not learn from it afterwards adds a complaint, which changes nothing.
 *
 * @param number of the row
 * @param done what is said where it was done
 */
record Verdicts(String number, String done) {
  private static final int LONGEST_WORDS = 300;

  /** As mailcow's own SMTP client complains; 221 is expected once the message was taken. */
  private static final Pattern REFUSED =
      Pattern.compile("Postfix returned SMTP code ([45])[0-9]{2}.*, expected (?:220|250|354)");

  /** Said before anything is sent. */
  private static final Pattern NOT_BEGUN =
      Pattern.compile(
          "access_denied.*|redis_error.*|Cannot connect to Postfix|.*Cannot determine Postfix host");

  /** What they come to. */
  Deed of(JsonNode answer) {
    List<JsonNode> verdicts = new ArrayList<>();
    if (answer.isArray()) {
      answer.forEach(verdicts::add);
    } else if (answer.isObject()) {
      verdicts.add(answer);
    }
    if (verdicts.stream().anyMatch(this::isDone)) {
      return new Deed.Done(done + " " + number);
    }
    String words =
        verdicts.stream().map(one -> words(one.path("msg"))).reduce("", Verdicts::joined);
    Matcher refused = REFUSED.matcher(words);
    if (refused.matches()) {
      return new Deed.Refused(words, refused.group(1).equals("5"));
    }
    return NOT_BEGUN.matcher(words).matches()
        ? new Deed.Refused(words, false)
        : new Deed.Unsure(words.isEmpty() ? "an answer that says nothing" : words);
  }

  private boolean isDone(JsonNode verdict) {
    JsonNode said = verdict.path("msg");
    return verdict.path("type").asText("").equals("success")
        && said.path(0).asText("").equals(done)
        && said.path(1).asText("").equals(number);
  }

  /** A message key with its values, or a sentence; hostile, so it is bounded. */
  static String words(JsonNode said) {
    if (said.isTextual()) {
      return bounded(said.asText());
    }
    String words = "";
    for (JsonNode part : said) {
      words = joined(words, part.asText(""));
    }
    return bounded(words);
  }

  private static String joined(String before, String more) {
    return bounded(before.isEmpty() || more.isEmpty() ? before + more : before + " " + more);
  }

  private static String bounded(String words) {
    return OneLine.of(words, LONGEST_WORDS);
  }
}
