package dev.postern.evidence.dkim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Guesses at what lists, filters and mail programs put before a subject. */
final class SubjectChanges {
  private static final String TAG_TEXT =
      "(?:\\[[^\\]\r\n]{1,60}\\]|\\([^)\r\n]{1,60}\\)|\\{[^}\r\n]{1,60}\\}"
          + "|[*]{1,5}[^*\r\n]{1,40}[*]{1,5}|[A-Z][A-Z -]{2,30}:)";
  private static final Pattern TAG = Pattern.compile(TAG_TEXT + "[ \t]*");
  private static final Pattern LAST_TAG = Pattern.compile(TAG_TEXT + "$");
  private static final int LONGEST_TAG = 62;
  private static final Pattern REPLY =
      Pattern.compile(
          "(?:re|fwd?|aw|wg|sv|vs|tr|rv|antw)[ \t]{0,9}:[ \t]*", Pattern.CASE_INSENSITIVE);
  private static final List<String> REPLIES = List.of("Re: ", "RE: ", "AW: ");

  private static final String TAGGED = "a tag was put in front";
  private static final String REPLIED = "a mark of a reply was put in front";

  private SubjectChanges() {}

  /** Guesses, most likely first. */
  static List<HeaderChange> guesses(HeaderDraft now) {
    List<FieldText> subjects = now.named("subject");
    if (subjects.size() != 1) {
      return List.of();
    }
    FieldText subject = subjects.getFirst();
    return subject.value().map(SubjectChanges::earlier).orElse(Map.of()).entrySet().stream()
        .flatMap(
            guess ->
                subject.with(guess.getKey()).stream()
                    .map(
                        before ->
                            HeaderChange.of(
                                "subject",
                                List.of(before),
                                FieldNames.changed(subject) + ": " + guess.getValue())))
        .toList();
  }

  /** Earlier values, with what happened to them. */
  private static Map<String, String> earlier(String value) {
    String subject = value.stripLeading();
    String space = value.substring(0, value.length() - subject.length());
    Map<String, String> guesses = new LinkedHashMap<>();
    Optional<String> untagged = without(TAG, subject);
    untagged.ifPresent(
        rest -> {
          guesses.put(rest, TAGGED);
          without(TAG, rest).ifPresent(it -> guesses.putIfAbsent(it, TAGGED));
          without(REPLY, rest)
              .ifPresent(
                  it -> guesses.putIfAbsent(it, "a tag and a mark of a reply were put in front"));
          REPLIES.forEach(
              mark ->
                  guesses.putIfAbsent(
                      mark + rest, "a tag was put in front in place of a mark of a reply"));
        });
    without(REPLY, subject).ifPresent(rest -> replied(subject, rest, guesses));
    Matcher last = LAST_TAG.matcher(subject);
    // Where it cannot stand it is not looked for: a subject may be long, and all white space.
    if (last.region(Math.max(0, subject.length() - LONGEST_TAG), subject.length()).find()) {
      String rest = subject.substring(0, last.start()).stripTrailing();
      guesses.putIfAbsent(rest, "a tag was put behind it");
    }
    REPLIES.forEach(mark -> guesses.putIfAbsent(mark + subject, "a mark of a reply was removed"));
    Map<String, String> whole = new LinkedHashMap<>();
    guesses.forEach((text, words) -> whole.putIfAbsent(space + text, words));
    return whole;
  }

  /** {@code rest} is the subject behind its {@code Re:}. */
  private static void replied(String subject, String rest, Map<String, String> guesses) {
    String mark = subject.substring(0, subject.length() - rest.length());
    without(TAG, rest)
        .ifPresent(
            it -> {
              guesses.putIfAbsent(mark + it, "a tag was put in");
              guesses.putIfAbsent(it, "a mark of a reply and a tag were put in front");
            });
    guesses.putIfAbsent(rest, REPLIED);
    REPLIES.forEach(
        other -> guesses.putIfAbsent(other + rest, "its mark of a reply was rewritten"));
  }

  private static Optional<String> without(Pattern start, String text) {
    Matcher matcher = start.matcher(text);
    return matcher.lookingAt() ? Optional.of(text.substring(matcher.end())) : Optional.empty();
  }
}
