package dev.postern.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.mail.Dsn;
import dev.postern.mail.EmailAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How wishes for notices stand in a column; empty text where nothing was said. */
final class DsnCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DsnCodec() {}

  static String write(Dsn dsn) {
    if (dsn.equals(Dsn.NONE)) {
      return "";
    }
    ObjectNode node = JSON.createObjectNode();
    put(node, "ret", dsn.ret());
    put(node, "envid", dsn.envid());
    ObjectNode recipients = node.putObject("recipients");
    dsn.recipients()
        .forEach(
            (recipient, wish) -> {
              ObjectNode its = recipients.putObject(recipient.toString());
              put(its, "notify", wish.when());
              put(its, "orcpt", wish.orcpt());
            });
    return node.toString();
  }

  static Dsn read(String json) {
    if (json.isEmpty()) {
      return Dsn.NONE;
    }
    try {
      JsonNode node = JSON.readTree(json);
      Map<EmailAddress, Dsn.Wish> recipients = new LinkedHashMap<>();
      node.path("recipients")
          .properties()
          .forEach(
              it ->
                  recipients.put(
                      Codec.address(it.getKey()),
                      new Dsn.Wish(get(it.getValue(), "notify"), get(it.getValue(), "orcpt"))));
      return new Dsn(get(node, "ret"), get(node, "envid"), recipients);
    } catch (JsonProcessingException e) {
      throw new StoreTrouble("stored wishes for notices cannot be read", e);
    }
  }

  private static void put(ObjectNode node, String name, Optional<String> value) {
    value.ifPresent(it -> node.put(name, it));
  }

  private static Optional<String> get(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }
}
