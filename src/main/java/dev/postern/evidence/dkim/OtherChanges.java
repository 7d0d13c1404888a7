package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Guesses at what gateways do to header fields on the way. */
final class OtherChanges {
  private static final List<String> ENCODINGS =
      List.of("8bit", "7bit", "quoted-printable", "base64", "binary");

  /** Under which names gateways keep what they replaced; %s is the name. */
  private static final List<String> KEPT_AS =
      List.of("x-original-%s", "x-google-original-%s", "original-%s", "x-old-%s", "old-%s", "x-%s");

  private OtherChanges() {}

  /** A gateway replaced a field and kept the old one under another name. */
  static List<HeaderChange> keptElsewhere(HeaderDraft now, byte[] message, HeaderFields headers) {
    List<HeaderChange> guesses = new ArrayList<>();
    now.fields()
        .forEach(
            (name, fields) -> {
              if (fields.size() == 1) {
                KEPT_AS.stream()
                    .flatMap(as -> headers.named(as.formatted(name)).stream().limit(1))
                    .flatMap(kept -> keptIn(message, kept, fields.getFirst()).stream())
                    .forEach(guesses::add);
              }
            });
    return guesses;
  }

  private static Optional<HeaderChange> keptIn(byte[] message, HeaderField kept, FieldText now) {
    FieldText old = new FieldText(message, kept);
    String words =
        FieldNames.changed(now) + ": its earlier value stands in " + FieldNames.shown(old);
    return old.value()
        .flatMap(now::with)
        .map(it -> HeaderChange.of(lower(now), List.of(it), words));
  }

  /** A gateway encoded the body anew. */
  static List<HeaderChange> encodedAnew(HeaderDraft now) {
    String name = "content-transfer-encoding";
    List<FieldText> fields = now.named(name);
    List<HeaderChange> guesses = new ArrayList<>();
    if (fields.size() == 1) {
      FieldText field = fields.getFirst();
      for (String encoding : ENCODINGS) {
        String words = FieldNames.changed(field) + ": it was " + encoding;
        field
            .with(" " + encoding)
            .ifPresent(it -> guesses.add(HeaderChange.of(name, List.of(it), words)));
      }
    }
    return guesses;
  }

  /** White space, as far as the canonical form keeps it (RFC 6376 §3.4.1). */
  static List<HeaderChange> foldedAnew(HeaderDraft now) {
    List<HeaderChange> guesses = new ArrayList<>();
    folded(now, value -> value.replaceAll("\r?\n(?=[ \t])", "")).ifPresent(guesses::add);
    folded(now, value -> value.replaceAll("\r?\n[ \t]", " ")).ifPresent(guesses::add);
    folded(now, value -> value.replaceAll("\r?\n[ \t]", "")).ifPresent(guesses::add);
    folded(now, value -> value.replaceAll("\r?\n[ \t]", "\r\n ")).ifPresent(guesses::add);
    folded(now, value -> value.replaceAll("\r?\n[ \t]", "\r\n\t")).ifPresent(guesses::add);
    folded(now, String::stripTrailing).ifPresent(guesses::add);
    folded(now, value -> " " + value.strip()).ifPresent(guesses::add);
    return guesses;
  }

  /** The same for all fields that it touches, since one mail system did it. */
  private static Optional<HeaderChange> folded(HeaderDraft now, UnaryOperator<String> earlier) {
    Map<String, List<FieldText>> before = new HashMap<>();
    List<String> names = new ArrayList<>();
    now.fields()
        .forEach(
            (name, fields) -> {
              List<FieldText> unfolded =
                  fields.stream()
                      .map(it -> it.value().map(earlier).flatMap(it::with).orElse(it))
                      .toList();
              if (now.tells(name, unfolded)) {
                before.put(name, unfolded);
                names.add(FieldNames.shown(fields.getFirst()));
              }
            });
    String words = FieldNames.few(", ", names) + " changed after signing: only in white space";
    return before.isEmpty() ? Optional.empty() : Optional.of(new HeaderChange(before, words));
  }

  private static String lower(FieldText field) {
    return field.field().name().toLowerCase(Locale.ROOT);
  }
}
