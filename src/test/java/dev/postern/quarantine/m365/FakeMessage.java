package dev.postern.quarantine.m365;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** A message in the quarantine of {@link FakeExchange}, with the properties that its list has. */
public final class FakeMessage {
  public final String identity;
  final String sender;
  final List<String> recipients;
  final List<String> released = new ArrayList<>();
  final List<String> deleted = new ArrayList<>();
  volatile String status = "NOTRELEASED";
  volatile String eml;
  volatile String encoding = "Base64";
  volatile Instant received;
  volatile long size;

  /** In place of how the time is written; empty where nothing is. */
  volatile String time = "";

  FakeMessage(String identity, String sender, List<String> recipients, String eml, Instant at) {
    this.identity = identity;
    this.sender = sender;
    this.recipients = recipients;
    this.eml = eml;
    this.received = at;
    this.size = eml.length();
  }

  boolean listed(List<String> statuses) {
    return statuses.stream().anyMatch(it -> it.toUpperCase(Locale.ROOT).equals(status));
  }

  /** The details name people that the list does not. */
  ObjectNode json(boolean details) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("Identity", identity).put("MessageId", "<1@shop.test>").put("EntityType", "Email");
    row.put("ReceivedTime", time.isEmpty() ? received.toString().replace("Z", "+00:00") : time);
    row.put("SenderAddress", sender).put("Subject", "Your order").put("Size", size);
    row.put("Type", "High Confidence Phish").put("PolicyName", "Default");
    row.put("Direction", "Inbound").put("QuarantineTypes", "HighConfPhish");
    row.put("ReleaseStatus", status).put("Released", status.equals("RELEASED"));
    row.put("ReleasedCount", released.size()).put("RecipientCount", recipients.size());
    row.set("DeletedForRecipients", texts(details ? deleted : List.of()));
    row.set("RecipientAddress", texts(recipients));
    row.set("ReleasedUser", texts(details ? released : List.of()));
    row.set(
        "QuarantinedUser",
        texts(
            details
                ? recipients.stream()
                    .filter(one -> !released.contains(one) && !deleted.contains(one))
                    .toList()
                : List.of()));
    return row;
  }

  ObjectNode exported() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("Identity", identity)
        .put("BodyEncoding", encoding)
        .put("Eml", Base64.getEncoder().encodeToString(eml.getBytes(StandardCharsets.UTF_8)));
  }

  ObjectNode previewed() {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("Identity", identity).put("SenderAddress", sender).put("Subject", "Your order");
    row.put("Body", "Hello").put("IsHtml", false);
    row.set("Attachment", texts(List.of("invoice.pdf")));
    return row;
  }

  private static ArrayNode texts(List<String> all) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    all.forEach(array::add);
    return array;
  }
}
