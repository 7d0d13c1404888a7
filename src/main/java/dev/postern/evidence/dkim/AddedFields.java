package dev.postern.evidence.dkim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Guesses that a field which h= names was not there, or not there so often, when it was signed. */
final class AddedFields {
  private static final int MOST_INSTANCES = 5;

  /** What mailing lists put in (RFC 2369, RFC 2919, RFC 5322 §3.6.2). */
  private static final Set<String> OF_LISTS =
      Set.of("reply-to", "sender", "errors-to", "precedence");

  private AddedFields() {}

  /** One field was added. */
  static List<HeaderChange> single(HeaderDraft now) {
    List<HeaderChange> guesses = new ArrayList<>();
    now.fields().forEach((name, fields) -> addGuesses(now, name, fields, guesses));
    return guesses;
  }

  private static void addGuesses(
      HeaderDraft now, String name, List<FieldText> fields, List<HeaderChange> guesses) {
    // Instances above those that h= takes do not count, so their absence changes nothing.
    long taken = Math.min(now.timesSigned(name), fields.size());
    for (int i = 0; i < Math.min(taken, MOST_INSTANCES); i++) {
      List<FieldText> before = new ArrayList<>(fields);
      String shown = FieldNames.shown(before.remove(i));
      String words = fields.size() == 1 ? shown : "another " + shown;
      guesses.add(HeaderChange.of(name, before, words + " was added after signing"));
    }
  }

  /** A mailing list added all of its fields. */
  static Optional<HeaderChange> ofLists(HeaderDraft now) {
    Map<String, List<FieldText>> before = new HashMap<>();
    List<String> names = new ArrayList<>();
    now.fields()
        .forEach(
            (name, fields) -> {
              if (fields.size() == 1 && (OF_LISTS.contains(name) || name.startsWith("list-"))) {
                before.put(name, List.of());
                names.add(FieldNames.shown(fields.getFirst()));
              }
            });
    String words = FieldNames.few(", ", names) + " were added after signing";
    return names.size() > 1 ? Optional.of(new HeaderChange(before, words)) : Optional.empty();
  }
}
