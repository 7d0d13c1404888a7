package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form was sent ({@code view_submission}).
 *
 * @param eventId the same for every delivery, and for a second press of its button
 * @param who the account
 * @param form {@link Modals#RELEASE} or {@link Modals#DISCARD}
 * @param memo what the form remembers
 * @param chosen numbers of the recipients chosen, from 1; empty where there was no choice
 * @param choice whether the form offered recipients
 * @param why value of "Why is it safe?"; empty without
 * @param words the person's own words, without control characters; empty without
 */
record Submission(
    String eventId,
    Identity who,
    String form,
    Memo memo,
    List<Integer> chosen,
    boolean choice,
    String why,
    String words) {

  /** Reads Slack's payload; empty when it is none of our forms. */
  static Optional<Submission> parse(JsonNode payload) {
    JsonNode view = payload.path("view");
    String user = Kit.text(payload.path("user").path("id"));
    String form = Kit.text(view.path("callback_id"));
    String id = Kit.text(view.path("id"));
    boolean ours = form.equals(Modals.RELEASE) || form.equals(Modals.DISCARD);
    if (user.isEmpty() || id.isEmpty() || !ours) {
      return Optional.empty();
    }
    JsonNode fields = view.path("state").path("values");
    JsonNode to = fields.path(Modals.TO_BLOCK).path(Modals.TO);
    JsonNode why = fields.path(Modals.WHY_BLOCK).path(Modals.WHY);
    JsonNode words = fields.path(Modals.REASON_BLOCK).path(Modals.REASON);
    return Memo.parse(Kit.text(view.path("private_metadata")))
        .map(
            memo ->
                new Submission(
                    "form:" + user + ":" + id,
                    new Identity(SlackSurface.NAME, Press.tenant(payload), user),
                    form,
                    memo,
                    chosen(to),
                    !to.isMissingNode(),
                    Kit.text(why.path("selected_option").path("value")),
                    clean(Kit.text(words.path("value")))));
  }

  /** Reason as it is kept: the choice's words, then the person's. */
  String reason() {
    String safe = Modals.whyWords(why);
    String joined = safe.isEmpty() || words.isEmpty() ? safe + words : safe + ": " + words;
    return Kit.cut(joined, dev.postern.approval.Click.LONGEST_REASON);
  }

  private static List<Integer> chosen(JsonNode to) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode option : to.path("selected_options")) {
      String value = Kit.text(option.path("value"));
      if (value.matches("r[1-9]\\d{0,3}")) {
        numbers.add(Integer.parseInt(value.substring(1)));
      }
    }
    return numbers.stream().distinct().sorted().toList();
  }

  /** PostgreSQL keeps no NUL, and no other control character but line breaks helps a reader. */
  private static String clean(String typed) {
    return typed
        .codePoints()
        .filter(c -> c == '\n' || !(Character.isISOControl(c) || isLoneSurrogate(c)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .strip();
  }

  private static boolean isLoneSurrogate(int c) {
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
  }
}
