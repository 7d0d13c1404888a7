package dev.postern.teams.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.CaseFile;
import dev.postern.card.CardSample;
import dev.postern.card.CardView;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.Cleaner;
import dev.postern.card.EveryCard;
import dev.postern.card.Foreign;
import dev.postern.card.HostileCases;
import dev.postern.card.HostileVector;
import dev.postern.card.InsideGroups;
import dev.postern.card.Run;
import dev.postern.mail.RawMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a message, a server or a person says, it stays a quotation. */
class HostileTeamsTest {
  /** Stands in every hostile text, so that a leak is seen wherever it comes out. */
  private static final String MARK = "Zqxj";

  private static final Viewers VIEWERS = new Viewers(List.of("29:1a"), "pn1." + "x".repeat(32));

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_hostileTextIsOneRunInCodeStyle(HostileVector attack) {
    Foreign shown = Cleaner.clean(attack.raw(), attack.kind());

    JsonNode card = AdaptiveCards.of(withEverywhere(shown));

    assertThat(TeamsCardRules.problems(card)).isEmpty();
    List<String> code = new ArrayList<>();
    for (JsonNode run : card.findParents("fontType")) {
      code.add(run.path("text").asText());
    }
    if (shown.text().isEmpty()) {
      assertThat(code).isEmpty();
    } else {
      assertThat(code).hasSize(5).containsOnly(attack.shown());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_nothingFromOutsideStandsOutsideQuotationsOnAnyCard(HostileVector attack) {
    EveryCard.with(MARK + attack.raw())
        .forEach(
            (name, view) -> {
              JsonNode card = AdaptiveCards.of(view, VIEWERS);

              assertThat(TeamsCardRules.problems(card)).as(name).isEmpty();
              assertThat(leaks(card)).as(name).isEmpty();
              assertThat(leaks(Attachments.result(view).path("preview"))).as(name).isEmpty();
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("dev.postern.card.HostileVector#all")
  void P13_evidenceAndWhatTheMessageSaysAreQuotations(HostileVector attack) {
    String raw = MARK + attack.raw().replaceAll("[\r\n]", " ");
    String mail =
        "From: %s <a@b.example>\r\nSubject: %s\r\nReceived: from %s by mx\r\n\r\n%s https://%s\r\n"
            .formatted(raw, raw, raw, raw, raw);
    RawMessage message = RawMessage.of(mail.getBytes(StandardCharsets.UTF_8));
    CaseFile file = HostileCases.of(MARK + attack.raw()).getFirst();
    List<Group> groups = new ArrayList<>(EveryCard.of(file).evidence());
    groups.addAll(InsideGroups.of(message));

    EvidencePages pages = new EvidencePages(file.id().text(), "pn1." + "x".repeat(32), groups, "");

    for (int page = 1; page <= pages.count(); page++) {
      JsonNode card = Dialogs.evidence(pages, page).at("/task/value/card/content");
      assertThat(TeamsCardRules.problems(card)).isEmpty();
      assertThat(leaks(card)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{{DATE(x)}}}", "$${{x}}", "{{{{", "$ {x} ${x}", "{\u200b{x}}", "$\u200b{x}"})
  void noExpressionIsLeftInOurOwnWordsEither(String words) {
    assertThat(Words.inert(words)).doesNotContain("{{", "${");
    assertThat(Words.noMarkdown(words)).doesNotContain("{{", "${");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "**bold** _italic_",
        "[x](https://evil.example)",
        "![x](https://evil.example/p.png)",
        "[x]: https://evil.example",
        "- item",
        "1. item",
        "2) item",
        "# head",
        "> quote",
        "<at>Kim</at>",
        "a\n- item",
        "`code`"
      })
  void noMarkdownIsLeftWhereTeamsReadsIt(String words) {
    JsonNode card =
        AdaptiveCards.of(new dev.postern.card.Notice(words, "Nothing changed: " + words));

    assertThat(TeamsCardRules.problems(card)).isEmpty();
  }

  @Test
  void aDomainInATitleStaysAsItIs() {
    assertThat(Words.noMarkdown("3 cases for paypal[.]com, 1.2.3 and a - b"))
        .isEqualTo("3 cases for paypal[.]com, 1.2.3 and a - b");
  }

  /** Where foreign text stands that is not in a run of its own in code style or a name. */
  private static List<String> leaks(JsonNode node) {
    List<String> leaks = new ArrayList<>();
    if (node.isTextual() && node.textValue().toLowerCase(Locale.ROOT).contains("zqxj")) {
      leaks.add(node.textValue());
    }
    String text = node.path("text").asText();
    boolean name =
        node.path("weight").asText().equals("Bolder") && text.matches("(?s)\\u2068?" + MARK + ".*");
    boolean quotation =
        node.path("type").asText().equals("TextRun")
            && (node.path("fontType").asText().equals("Monospace") || name);
    if (!quotation) {
      node.forEach(child -> leaks.addAll(leaks(child)));
    }
    return leaks;
  }

  private static CardView withEverywhere(Foreign text) {
    List<Run> line = List.of(Run.own("said "), text, Run.own("."));
    Group group = new Group("who", "", List.of(new Row("Subject", line)), List.of(line));
    CardView c = CardSample.named("pending-high");
    return new CardView(
        c.kind(),
        c.state(),
        c.caseId(),
        c.rev(),
        c.title(),
        c.verdict().map(v -> new CardView.Verdict(v.level(), List.of(Run.own("It asks.")))),
        List.of(line),
        List.of(group),
        c.actions(),
        c.overflow(),
        List.of(text),
        List.of(new Group("e", "", List.of(new Row("Text", line)))),
        c.footer(),
        c.fallback());
  }
}
