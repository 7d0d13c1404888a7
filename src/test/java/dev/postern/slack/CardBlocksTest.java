package dev.postern.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.Cleaner;
import dev.postern.card.Foreign;
import dev.postern.card.HostileVector;
import dev.postern.card.Notice;
import dev.postern.card.Run;
import dev.postern.card.SampleCases;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardBlocksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pending-high", "pending-lookalike", "pending-low", "voted-1-of-2", "releasing", "released",
        "released-partial", "discarded", "expired", "escalated", "release-failed", "superseded",
        "hostile", "lookup-case", "lookup-list", "check-domain", "home", "help"
      })
  void showsTheDesignsCardExactly(String name) {
    ArrayNode blocks = CardBlocks.of(Samples.card(name));

    // Read again: a number built in code is of another class than the same number read.
    assertThat(Samples.parse(blocks.toString()))
        .isEqualTo(ofOurs(name, Samples.slack(name).path("blocks")));
    assertThat(BlockKitRules.ofMessage(blocks)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileTextIsOneRunInCodeStyle(HostileVector attack) {
    Foreign shown = Cleaner.clean(attack.raw(), attack.kind());
    CardView card = withEverywhere(shown);

    ArrayNode blocks = CardBlocks.of(card);

    assertThat(BlockKitRules.ofMessage(blocks)).isEmpty();
    List<JsonNode> code = new ArrayList<>();
    Set<String> types = new HashSet<>();
    collect(blocks, code, types);
    assertThat(types)
        .isSubsetOf("header", "rich_text", "rich_text_section", "text", "plain_text", "context");
    if (shown.text().isEmpty()) {
      assertThat(code).isEmpty();
    } else {
      assertThat(code).hasSize(3).allMatch(e -> e.path("text").asText().equals(shown.text()));
    }
  }

  @Test
  void everythingThatACaseCanComeToFitsSlacksLimits() {
    Directory nobody = new NobodyKnown();
    SampleCases.all()
        .forEach(
            (name, it) -> {
              CardRow row =
                  new CardRow(
                      "card-1",
                      it.id(),
                      new CardPlace("slack", FakeSlack.CHANNEL),
                      Optional.empty(),
                      Optional.empty(),
                      3,
                      0);
              CardView card =
                  new CardWriter(nobody)
                      .write(it, row, Optional.of("pn1." + "x".repeat(32)), SlackRoom.NOW);

              assertThat(BlockKitRules.ofMessage(CardBlocks.of(card))).as(name).isEmpty();
              assertThat(BlockKitRules.ofView(Modals.evidence(card, it, List.of(), "")))
                  .as(name)
                  .isEmpty();
            });
  }

  @Test
  void aPersonWithoutASlackAccountIsNamedInCodeStyle() {
    Run.Person person =
        new Run.Person("kim", Cleaner.clean("<!here> Kim", Cleaner.Kind.NAME), "not-an-id");
    ObjectNode block = new Section().line(List.of(person)).block("pn.x");

    JsonNode element = block.at("/elements/0/elements/0");
    assertThat(element.path("type").asText()).isEqualTo("text");
    assertThat(element.at("/style/code").asBoolean()).isTrue();
  }

  @Test
  void whatAllAreToldDoesNotSayThatOnlyOneSeesIt() {
    ArrayNode blocks = CardBlocks.toAll(new Notice("Still held", "Case PN-7F3K-2QXD waits."));

    assertThat(BlockKitRules.ofMessage(blocks)).isEmpty();
    assertThat(blocks.toString()).contains("Still held", "waits.").doesNotContain("Only you");
  }

  @Test
  void aPrivateAnswerSaysThatNobodyElseSeesIt() {
    ArrayNode blocks = CardBlocks.of(new Notice("Too late", "The message is still held."));

    assertThat(BlockKitRules.ofMessage(blocks)).isEmpty();
    assertThat(blocks.toString()).contains("Too late", "still held", "Only you see this.");
  }

  /** The sample without what our cards do not have: bold in our words. */
  private static JsonNode ofOurs(String name, JsonNode sample) {
    JsonNode blocks = sample.deepCopy();
    Set<String> boldWords = new HashSet<>();
    for (JsonNode run : Samples.worded(name).findParents("bold")) {
      boldWords.add(run.path("text").asText());
    }
    for (JsonNode block : blocks) {
      if (block.path("elements") instanceof ArrayNode elements) {
        elements.forEach(CardBlocksTest::named);
        if (block.path("type").asText().equals("rich_text")) {
          ObjectNode section = (ObjectNode) elements.path(0);
          section.set("elements", merged(section.path("elements"), boldWords));
        }
      }
    }
    return blocks;
  }

  /** Our cards have one token for all buttons, so that an entry also says what it stands for. */
  private static void named(JsonNode element) {
    for (JsonNode option : element.path("options")) {
      String label = option.at("/text/text").asText();
      String id =
          label.startsWith("Block")
              ? "pn.block "
              : label.startsWith("Allow")
                  ? "pn.allow "
                  : label.startsWith("Ask") ? "pn.ask " : "pn.handover ";
      ((ObjectNode) option).put("value", id + option.path("value").asText());
    }
  }

  private static ArrayNode merged(JsonNode elements, Set<String> boldWords) {
    Section section = new Section();
    ArrayNode merged = Kit.array();
    for (JsonNode element : elements) {
      boolean text = element.path("type").asText().equals("text");
      String words = element.path("text").asText();
      boolean bold = element.at("/style/bold").asBoolean();
      if (text && (!element.has("style") || (bold && boldWords.contains(words)))) {
        section.plain(words);
      } else {
        section.block("x").at("/elements/0/elements").forEach(merged::add);
        section = new Section();
        merged.add(element);
      }
    }
    section.block("x").at("/elements/0/elements").forEach(merged::add);
    return merged;
  }

  private static CardView withEverywhere(Foreign text) {
    List<Run> line = List.of(Run.own("said "), text, Run.own("."));
    CardView.Group group =
        new CardView.Group("who", "", List.of(new CardView.Row("Subject", line)), List.of(line));
    CardView plain = Samples.card("releasing");
    return new CardView(
        plain.kind(),
        plain.state(),
        plain.caseId(),
        plain.rev(),
        plain.title(),
        plain.verdict(),
        List.of(line),
        List.of(group),
        List.of(),
        List.of(text),
        List.of(),
        plain.footer(),
        plain.fallback());
  }

  /** A directory of nobody. */
  private static final class NobodyKnown implements Directory {
    @Override
    public Optional<Person> person(Identity who) {
      return Optional.empty();
    }

    @Override
    public List<Person> named(String approver) {
      return List.of();
    }
  }

  private static void collect(JsonNode node, List<JsonNode> code, Set<String> types) {
    if (node.isObject()) {
      types.add(node.path("type").asText());
      if (node.at("/style/code").asBoolean()) {
        code.add(node);
      }
      types.remove("");
    }
    node.forEach(child -> collect(child, code, types));
  }
}
