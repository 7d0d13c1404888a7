package dev.postern.app.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The sample messages that come with Postern, and the DNS zone of their domains. */
public final class Samples {
  private static final String FOLDER = "/samples/";

  private Samples() {}

  /**
   * One sample.
   *
   * @param title what kind of message it is
   * @param clientIp where it pretends to come from
   * @param helo what that client said
   * @param mailFrom envelope sender; empty for the null sender
   * @param recipients envelope recipients
   * @param raw the message
   */
  public record Sample(
      String title,
      String clientIp,
      String helo,
      String mailFrom,
      List<String> recipients,
      RawMessage raw) {}

  /** All samples, in order. */
  public static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    try {
      for (JsonNode node : new ObjectMapper().readTree(read("index.json"))) {
        List<String> recipients = new ArrayList<>();
        node.path("recipients").forEach(r -> recipients.add(r.asText()));
        samples.add(
            new Sample(
                node.path("title").asText(),
                node.path("clientIp").asText(),
                node.path("helo").asText(),
                node.path("mailFrom").asText(),
                recipients,
                RawMessage.of(read(node.path("file").asText()))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the samples in the jar cannot be read", e);
    }
    return samples;
  }

  /** The zone file of the samples' domains. */
  public static byte[] zone() {
    return read("zone.json");
  }

  private static byte[] read(String file) {
    try (InputStream in = Samples.class.getResourceAsStream(FOLDER + file)) {
      return Objects.requireNonNull(in, file).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("the jar lacks the sample " + file, e);
    }
  }
}
