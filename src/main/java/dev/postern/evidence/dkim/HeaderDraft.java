package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderFields;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The signed header fields as they may have been when they were signed.
 *
 * @param signature which signs them
 * @param how their canonical form
 * @param own the field of the signature
 * @param fields per name in lower case, bottom-up as h= takes them (RFC 6376 §5.4.2)
 */
record HeaderDraft(
    DkimSignature signature,
    Canonicalization how,
    FieldText own,
    Map<String, List<FieldText>> fields) {

  /** The fields as they are in the message, and for each name one above those that h= takes. */
  static HeaderDraft of(DkimSignature signature, byte[] octets, HeaderFields headers) {
    Map<String, Integer> times = new LinkedHashMap<>();
    for (String name : signature.signedFields()) {
      times.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    Map<String, List<FieldText>> fields = new LinkedHashMap<>();
    times.forEach(
        (name, count) ->
            fields.put(
                name,
                headers.named(name).reversed().stream()
                    .filter(field -> field != signature.field())
                    .limit(count + 1L)
                    .map(field -> new FieldText(octets, field))
                    .toList()));
    Canonicalization how = signature.headerCanonicalization().orElseThrow();
    return new HeaderDraft(signature, how, new FieldText(octets, signature.field()), fields);
  }

  /** The same with other fields of some names. */
  HeaderDraft with(Map<String, List<FieldText>> others) {
    Map<String, List<FieldText>> changed = new LinkedHashMap<>(fields);
    changed.putAll(others);
    return new HeaderDraft(signature, how, own, changed);
  }

  /** The same in another canonical form. */
  HeaderDraft in(Canonicalization other) {
    return new HeaderDraft(signature, other, own, fields);
  }

  /** Fields of a name, bottom-up. */
  List<FieldText> named(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** How often h= names it: further fields of that name are not signed. */
  long timesSigned(String name) {
    return signature.signedFields().stream().filter(name::equalsIgnoreCase).count();
  }

  /** Whether the signature covers anything else with {@code others} as the fields of a name. */
  boolean tells(String name, List<FieldText> others) {
    return !covered(name, named(name)).equals(covered(name, others));
  }

  private ByteBuffer covered(String name, List<FieldText> of) {
    ByteArrayOutputStream canonical = new ByteArrayOutputStream();
    of.stream()
        .limit(timesSigned(name))
        .forEach(it -> it.put(how, (octets, from, to) -> canonical.write(octets, from, to - from)));
    return ByteBuffer.wrap(canonical.toByteArray());
  }

  /** Puts what a signature with these fields covers. */
  void put(Octets out) {
    Map<String, Iterator<FieldText>> unused = new HashMap<>();
    for (String name : signature.signedFields()) {
      Iterator<FieldText> next =
          unused.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> named(n).iterator());
      if (next.hasNext()) {
        next.next().put(how, out);
      }
    }
    own.putWithout(signature.tags().window("b"), how, out);
  }

  /** Octets that {@link #put} puts, roughly. */
  long size() {
    long size = signature.field().length();
    for (List<FieldText> named : fields.values()) {
      size += named.stream().mapToLong(it -> it.field().length()).sum();
    }
    return size;
  }
}
