package dev.postern.mail;

import java.util.Locale;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawBody;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.util.MimeParameterMapping;

/**
 * The value of Content-Type or Content-Disposition: a word and parameters (RFC 2045 §5.1, RFC
 * 2183), continued and encoded parameters included (RFC 2231).
 */
final class MediaType {

  /** No honest field is longer. */
  private static final int LONGEST = 8000;

  private final String word;
  private final MimeParameterMapping parameters = new MimeParameterMapping();

  private MediaType(RawBody body) {
    this.word = body.getValue() == null ? "" : body.getValue().strip().toLowerCase(Locale.ROOT);
    for (NameValuePair parameter : body.getParams()) {
      parameters.addParameter(parameter.getName(), parameter.getValue());
    }
  }

  /** Reads the first field of that name. */
  static MediaType of(HeaderFields header, String name) {
    String value = header.first(name);
    String bounded = value.substring(0, Math.min(value.length(), LONGEST));
    return new MediaType(RawFieldParser.DEFAULT.parseRawBody(new RawField(name, bounded)));
  }

  /** {@code text/plain}, {@code attachment}, …; empty without a field. */
  String word() {
    return word;
  }

  /** A parameter; empty without it. MIME words in it are decoded, as all software does. */
  String parameter(String name) {
    String value = parameters.get(name);
    return value == null ? "" : EncodedWords.decode(value);
  }
}
