package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The header fields that one signature covers (RFC 6376 §3.7, §5.4.2). */
final class SignedHeader {
  private final DkimSignature signature;
  private final byte[] octets;
  private final HeaderFields headers;

  SignedHeader(DkimSignature signature, byte[] octets, HeaderFields headers) {
    this.signature = signature;
    this.octets = octets;
    this.headers = headers;
  }

  /** Puts the covered fields in canonical form: those of h= bottom-up, then the signature's own. */
  void put(Octets out) {
    HeaderCanonicalizer canonical =
        new HeaderCanonicalizer(signature.headerCanonicalization().orElseThrow(), octets, out);
    Map<String, Integer> left = new HashMap<>();
    for (String name : signature.signedFields()) {
      List<HeaderField> named = headers.named(name);
      int next = left.getOrDefault(lower(name), named.size()) - 1;
      // The signature's own field was not there yet when h= was made.
      next -= next >= 0 && named.get(next) == signature.field() ? 1 : 0;
      if (next >= 0) { // a field that is named but absent counts as empty
        canonical.put(named.get(next));
      }
      left.put(lower(name), Math.max(next, 0));
    }
    canonical.putWithout(signature.tags().window("b"), signature.field());
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
