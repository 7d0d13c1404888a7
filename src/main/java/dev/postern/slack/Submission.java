package dev.postern.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Identity;
import dev.postern.policy.GrantTerms.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A form was sent ({@code view_submission}).
 *
 * @param eventId the same for every delivery, and for a second press of its button with the same
 *     content
 * @param who the account
 * @param form {@link Modals#RELEASE}, {@link Modals#DISCARD}, {@link RareModals#HAND_OVER}, {@link
 *     RareModals#ASK}, {@link RareModals#ALLOW} or {@link RareModals#BLOCK}
 * @param memo what the form remembers
 * @param chosen numbers of the recipients chosen, from 1; empty where there was no choice
 * @param choice whether the form offered recipients
 * @param why value of "Why is it safe?"; empty without
 * @param whom value of "To whom" and "Whom"; empty without
 * @param later whether it is to hold for later messages, too
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
    String whom,
    boolean later,
    String words) {
  private static final Set<String> OURS =
      Set.of(
          Modals.RELEASE,
          Modals.DISCARD,
          RareModals.HAND_OVER,
          RareModals.ASK,
          RareModals.ALLOW,
          RareModals.BLOCK);

  /** Reads Slack's payload; empty when it is none of our forms. */
  static Optional<Submission> parse(JsonNode payload) {
    JsonNode view = payload.path("view");
    String user = Kit.text(payload.path("user").path("id"));
    String form = Kit.text(view.path("callback_id"));
    String id = Kit.text(view.path("id"));
    if (user.isEmpty() || id.isEmpty() || !OURS.contains(form)) {
      return Optional.empty();
    }
    JsonNode fields = view.path("state").path("values");
    JsonNode to = fields.path(Modals.TO_BLOCK).path(Modals.TO);
    JsonNode why = fields.path(Modals.WHY_BLOCK).path(Modals.WHY);
    JsonNode whom = fields.path(RareModals.WHOM_BLOCK).path(RareModals.WHOM);
    JsonNode later = fields.path(Modals.LATER_BLOCK).path(Modals.LATER);
    JsonNode words = fields.path(Modals.REASON_BLOCK).path(Modals.REASON);
    return Memo.parse(Kit.text(view.path("private_metadata")))
        .map(
            memo ->
                new Submission(
                    "form:" + user + ":" + id + ":" + named(fields),
                    new Identity(SlackSurface.NAME, Press.tenant(payload), user),
                    form,
                    memo,
                    chosen(to),
                    !to.isMissingNode(),
                    Kit.text(why.path("selected_option").path("value")),
                    Kit.text(whom.path("selected_option").path("value")),
                    !later.path("selected_options").isEmpty(),
                    clean(Kit.text(words.path("value")))));
  }

  /** A name of what a form says: where Slack lost our answer, people may send something else. */
  private static UUID named(JsonNode fields) {
    return UUID.nameUUIDFromBytes(fields.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The kind of grant that is asked for; empty where it is something else. */
  Optional<Kind> grant() {
    return switch (form) {
      case RareModals.ALLOW -> Optional.of(Kind.ALLOW);
      case RareModals.BLOCK -> Optional.of(Kind.BLOCK);
      default -> Optional.empty();
    };
  }

  /** Reason as it is kept: the choice's words, then the person's. */
  String reason() {
    String safe = Modals.whyWords(why);
    String joined = safe.isEmpty() || words.isEmpty() ? safe + words : safe + ": " + words;
    return Kit.cut(joined, dev.postern.approval.Click.LONGEST_REASON);
  }

  /** The recipient who was chosen, from 1; empty where none was. */
  Optional<Integer> recipient() {
    return number(whom);
  }

  private static Optional<Integer> number(String value) {
    return value.matches("r[1-9]\\d{0,3}")
        ? Optional.of(Integer.parseInt(value.substring(1)))
        : Optional.empty();
  }

  private static List<Integer> chosen(JsonNode to) {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode option : to.path("selected_options")) {
      number(Kit.text(option.path("value"))).ifPresent(numbers::add);
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
