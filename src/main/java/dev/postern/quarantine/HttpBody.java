package dev.postern.quarantine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the body of an answer as it comes, so that a large one needs no more room than what is kept
 * of it.
 *
 * @param <T> what is kept
 */
@FunctionalInterface
public interface HttpBody<T> {
  /** Octets of an answer that tells of one thing. */
  int SMALL = 256 * 1024;

  /** How much of it is read is bounded before; deep nesting only makes work. */
  ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(50)
                      .maxStringLength(Integer.MAX_VALUE)
                      .build())
              .build());

  /**
   * Reads it.
   *
   * @param octets the body; closed by the caller
   * @throws IOException when it breaks off, or is larger than anything that was asked for
   */
  T read(InputStream octets) throws IOException;

  /** JSON; missing where the body is none. */
  static HttpBody<JsonNode> json(int largest) {
    return octets -> {
      try {
        return JSON.reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .readTree(new BoundedStream(octets, largest));
      } catch (JsonProcessingException noJson) {
        return MissingNode.getInstance();
      }
    };
  }

  /** The same; empty where the body is larger. */
  static HttpBody<Optional<JsonNode>> jsonUpTo(int largest) {
    return octets -> {
      try {
        return Optional.of(json(largest).read(octets));
      } catch (TooLarge flood) {
        return Optional.empty();
      }
    };
  }

  /** The octets themselves; empty where they are too many. */
  static HttpBody<Optional<byte[]>> octets(int largest) {
    return octets -> {
      OctetSink sink = new OctetSink(largest);
      try {
        octets.transferTo(sink);
        return Optional.of(sink.octets());
      } catch (TooLarge flood) {
        return Optional.empty();
      }
    };
  }
}
