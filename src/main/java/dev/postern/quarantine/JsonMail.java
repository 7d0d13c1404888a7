package dev.postern.quarantine;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * An answer in JSON that has a whole message in one text, in Base64 (RFC 4648 §4 or §5): it is
 * decoded as it comes, and is never there as a text.
 *
 * @param field which field has it, at any depth
 * @param alphabet of the Base64
 * @param largest octets of a message that are kept
 */
public record JsonMail(String field, Base64Variant alphabet, int largest)
    implements HttpBody<JsonMail.Mail> {
  /** Base64 is a third longer, line ends may stand in it, and JSON around it. */
  private static final int AROUND = 1 << 20;

  private static final Base64Variant FOR_ADDRESSES =
      new Base64Variant(
              "RFC 4648 section 5",
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
              true,
              '=',
              Integer.MAX_VALUE)
          .withReadPadding(Base64Variant.PaddingReadBehaviour.PADDING_ALLOWED);

  /** In the alphabet of e-mail. */
  public static JsonMail mime(String field, int largest) {
    return new JsonMail(field, Base64Variants.MIME, largest);
  }

  /** In the alphabet of addresses, with padding or without. */
  public static JsonMail url(String field, int largest) {
    return new JsonMail(field, FOR_ADDRESSES, largest);
  }

  /**
   * What was read.
   *
   * @param rest everything else, with an empty text in place of the message; missing where the
   *     answer was not read to its end
   * @param message empty where there is none that can be read
   * @param tooLarge whether there is one that is larger than was asked for
   */
  public record Mail(JsonNode rest, Optional<RawMessage> message, boolean tooLarge) {
    private static Mail none(boolean tooLarge) {
      return new Mail(MissingNode.getInstance(), Optional.empty(), tooLarge);
    }

    /** Without what it says. */
    @Override
    public String toString() {
      return "Mail[" + message.map(RawMessage::size).orElse(0) + " octets]";
    }
  }

  @Override
  public Mail read(InputStream octets) throws IOException {
    long most = largest * 3L / 2 + AROUND;
    OctetSink sink = new OctetSink(largest);
    try (JsonParser parser = JSON.createParser(new BoundedStream(octets, most));
        TokenBuffer rest = new TokenBuffer(JSON, false)) {
      boolean found = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (!found && token == JsonToken.VALUE_STRING && field.equals(parser.currentName())) {
          found = true;
          parser.readBinaryValue(alphabet, sink);
          rest.writeString("");
        } else {
          rest.copyCurrentEvent(parser);
        }
      }
      byte[] message = sink.octets();
      return new Mail(
          JSON.readTree(rest.asParser()),
          Optional.of(message).filter(it -> it.length > 0).map(RawMessage::of),
          false);
    } catch (TooLarge flood) {
      return Mail.none(true);
    } catch (JsonProcessingException | IllegalArgumentException neitherJsonNorBase64) {
      return Mail.none(false);
    }
  }
}
