package dev.postern.evidence.dkim;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The header fields as the signer copied them into z= (RFC 6376 §3.5). They prove nothing by
 * themselves, as the signature does not hold; they are one more guess.
 */
final class CopiedFields {
  private static final int LONGEST = 16 * 1024;

  private CopiedFields() {}

  /** All fields that differ from their copies had been as they were copied. */
  static Optional<HeaderChange> differing(HeaderDraft now) {
    Map<String, List<FieldText>> before = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    copies(now.signature().tags())
        .forEach(
            (name, copies) -> {
              List<FieldText> fields = now.named(name);
              boolean signed = now.fields().containsKey(name);
              // Copies may be folded another way, which simple canonical forms would tell.
              if (signed && !texts(fields).equals(texts(copies)) && now.tells(name, copies)) {
                before.put(name, copies);
                names.add(sentence(fields, copies));
              }
            });
    return before.isEmpty()
        ? Optional.empty()
        : Optional.of(new HeaderChange(before, FieldNames.few("; ", names)));
  }

  private static String sentence(List<FieldText> fields, List<FieldText> copies) {
    return fields.isEmpty()
        ? FieldNames.shown(copies.getFirst()) + " was removed after signing"
        : FieldNames.changed(fields.getFirst());
  }

  private static List<String> texts(List<FieldText> fields) {
    return fields.stream().map(it -> it.field().unfoldedValue()).toList();
  }

  /** The copies by name in lower case, bottom-up. */
  private static Map<String, List<FieldText>> copies(TagList tags) {
    Map<String, List<FieldText>> copies = new LinkedHashMap<>();
    if (tags.length("z") > LONGEST) {
      return copies;
    }
    for (String copy : tags.compact("z").split("\\|", -1)) {
      int colon = copy.indexOf(':');
      if (colon > 0) {
        FieldText.of(copy.substring(0, colon), decoded(copy.substring(colon + 1)))
            .ifPresent(
                it ->
                    copies
                        .computeIfAbsent(
                            it.field().name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .addFirst(it));
      }
    }
    return copies;
  }

  /** DKIM-Quoted-Printable (§2.11); what is no escape stays. */
  private static String decoded(String text) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '=' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low < 0) {
        octets.write(c);
      } else {
        octets.write(high << 4 | low);
        i += 2;
      }
    }
    return octets.toString(StandardCharsets.ISO_8859_1);
  }
}
