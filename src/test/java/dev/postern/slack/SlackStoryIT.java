package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.postern.app.Child;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program with Slack: mail is held, a card asks, a click decides, the card tells. */
final class SlackStoryIT {
  private static final String MESSAGE =
      "From: Shop <billing@shop.test>\r\nTo: you@corp.test\r\nSubject: Order\r\n\r\nHello\r\n";

  @TempDir Path folder;

  @Test
  void P8_aClickInSlackReleasesTheMailAndTheCardShowsTheNextHopsReply() throws Exception {
    try (FakeSlack slack = new FakeSlack();
        Child postern = Child.start("try", folder, settings(slack))) {
      SlackHand hand = new SlackHand(slack, URI.create(postern.url).getPort(), Instant.now());
      String reply = postern.mail("billing@shop.test", "you@corp.test", MESSAGE);
      String id = reply.substring(reply.length() - 12);
      SlackMessages.Message card = await(slack, id, m -> m.text().contains("Release"));

      hand.press(SlackRoom.STRANGER, card, "pn.release");
      assertThat(String.valueOf(slack.whispered.poll(30, TimeUnit.SECONDS)))
          .contains("does not know you");

      hand.press(SlackRoom.KIM, card, "pn.release");
      JsonNode form = slack.opened.poll(30, TimeUnit.SECONDS);
      assertThat(form).as("a form that says what will happen").isNotNull();
      hand.submit(SlackRoom.KIM, form, reason("I know them"));

      SlackMessages.Message done =
          await(slack, id, m -> m.blocks().toString().contains("queued as"));
      assertThat(done.text()).startsWith("Released");
      assertThat(done.ts()).as("the same message, edited").isEqualTo(card.ts());
      assertThat(done.blocks().toString()).doesNotContain("pn.release");
    }
  }

  private static Map<String, JsonNode> reason(String words) {
    JsonNode value =
        JsonNodeFactory.instance.objectNode().put("type", "plain_text_input").put("value", words);
    return Map.of("pn.m.reason/pn.reason", value);
  }

  private static SlackMessages.Message await(
      FakeSlack slack, String caseId, Predicate<SlackMessages.Message> wanted) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() < end) {
      for (SlackMessages.Message message : slack.messages.all()) {
        if (message.blocks().toString().contains(caseId) && wanted.test(message)) {
          return message;
        }
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("no such card of " + caseId + " in " + slack.messages.all());
  }

  private static Map<String, String> settings(FakeSlack slack) {
    return Map.of(
        "POSTERN_SLACK_BOT_TOKEN", FakeSlack.BOT_TOKEN,
        "POSTERN_SLACK_SIGNING_SECRET", FakeSlack.SECRET,
        "POSTERN_SLACK_API_URL", slack.url(),
        "POSTERN_SLACK_CHANNELS_DEFAULT", FakeSlack.CHANNEL,
        "POSTERN_PEOPLE_OPERATOR_SLACK", SlackRoom.KIM,
        "POSTERN_DNS_SERVERS", "127.0.0.1:9");
  }
}
