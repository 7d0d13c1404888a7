package dev.postern.evidence.dkim;

import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.util.HashMap;
import java.util.Iterator;
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
    Map<String, Iterator<HeaderField>> unused = new HashMap<>();
    for (String name : signature.signedFields()) {
      Iterator<HeaderField> bottomUp =
          unused.computeIfAbsent(name.toLowerCase(Locale.ROOT), this::bottomUp);
      if (bottomUp.hasNext()) { // a field that is named but absent counts as empty
        canonical.put(bottomUp.next());
      }
    }
    canonical.putWithout(signature.tags().window("b"), signature.field());
  }

  private Iterator<HeaderField> bottomUp(String name) {
    // The signature's own field was not there yet when h= was made.
    return headers.named(name).reversed().stream().filter(f -> f != signature.field()).iterator();
  }
}
