package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A header field of the message, or one that may have stood in its place. */
final class FieldText {

  /** Longer fields are not guessed at. */
  private static final int LONGEST = 16 * 1024;

  private final byte[] octets;
  private final HeaderField field;

  /** The field, and the octets in which it stands. */
  FieldText(byte[] octets, HeaderField field) {
    this.octets = octets;
    this.field = field;
  }

  HeaderField field() {
    return field;
  }

  /** Puts it in canonical form with its line end. */
  void put(Canonicalization how, Octets out) {
    new HeaderCanonicalizer(how, octets, out).put(field);
  }

  /** Puts it as a signature's own field: without its line end and without the value of b=. */
  void putWithout(TagList.Window b, Canonicalization how, Octets out) {
    new HeaderCanonicalizer(how, octets, out).putWithout(b, field);
  }

  /** The raw value without its last line end, one character per octet; empty if it is too long. */
  Optional<String> value() {
    int length = HeaderCanonicalizer.endOf(octets, field) - field.valueOffset();
    return length > LONGEST
        ? Optional.empty()
        : Optional.of(new String(octets, field.valueOffset(), length, StandardCharsets.ISO_8859_1));
  }

  /** The field with another value; empty if that would be no single field. */
  Optional<FieldText> with(String value) {
    return of(field.name(), value);
  }

  /** A field with this name and raw value; empty if they make no single field. */
  static Optional<FieldText> of(String name, String value) {
    byte[] text = (name + ":" + value + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    var fields = HeaderFields.of(RawMessage.of(text)).all();
    boolean single = fields.size() == 1 && fields.getFirst().length() == text.length;
    return single && text.length <= LONGEST
        ? Optional.of(new FieldText(text, fields.getFirst()))
        : Optional.empty();
  }
}
