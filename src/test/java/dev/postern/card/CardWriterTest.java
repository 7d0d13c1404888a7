package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.aCase;
import static dev.postern.evidence.EvidenceBuilder.anEvidence;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.evidence.Answer;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.GatewayReport.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CardWriterTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/postern/card/golden");
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";

  static Set<String> samples() {
    return SampleCases.all().keySet();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void aCardSaysExactlyTheAgreedWords(String name) throws IOException {
    String text = CardViewJson.text(write(sample(name)));
    Path golden = GOLDEN.resolve(name + ".json");
    if ("write".equals(System.getProperty("postern.golden"))) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }

    assertThat(text).isEqualTo(Files.readString(golden));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void aCardFitsTheSchema(String name) {
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(write(sample(name))))).isEmpty();
  }

  @Test
  void theSchemaCheckRefusesWhatIsWrong() {
    var card = CardViewJson.tree(write(sample("pending-high")));
    card.put("rev", 0).put("colour", "red").put("state", "PENDING");

    assertThat(SchemaCheck.ofCards().problems(card))
        .hasSize(3)
        .anyMatch(p -> p.contains("colour"))
        .anyMatch(p -> p.contains("$.rev"))
        .anyMatch(p -> p.contains("$.state"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void buttonsStandOnlyWhereAStageIsOpenAndATokenExists(String name) {
    CaseFile file = sample(name);

    assertThat(write(file).actions().isEmpty()).isEqualTo(file.openStage().isEmpty());
    assertThat(writer().write(file, row(), Optional.empty(), HELD).actions()).isEmpty();
  }

  @Test
  void oneClickReleasesOnlyAtLowRiskAndAfterAQuestion() {
    var low = write(sample("pending-low")).actions().getFirst();
    var high = write(sample("pending-high")).actions().getFirst();
    var reason = write(sample("pending-low-reason")).actions().getFirst();

    assertThat(low.label()).isEqualTo("Release to all 2");
    assertThat(low.confirm()).isPresent();
    assertThat(high.label()).isEqualTo("Release…");
    assertThat(high.style()).isEqualTo(CardView.Style.PLAIN);
    assertThat(reason.label()).isEqualTo("Release…");
  }

  @Test
  void oneRecipientIsNoChoice() {
    var actions = write(aCase().to("lee@corp.example").build()).actions();

    assertThat(actions).extracting("label").containsExactly("Release", "Discard", "More evidence");
  }

  @Test
  void theMenuOfRareActionsHoldsNoMoreThanSlackTakes() {
    CardView card = write(sample("pending-low"));

    assertThat(card.actions()).extracting("id").contains("pn.release_some");
    assertThat(card.overflow()).hasSizeBetween(1, 5);
    assertThat(card.overflow())
        .allSatisfy(
            rare -> {
              assertThat(rare.label()).hasSizeLessThanOrEqualTo(30);
              assertThat(rare.id() + " " + rare.token()).hasSizeLessThanOrEqualTo(150);
            });
    assertThat(writer().write(sample("pending-low"), row(), Optional.empty(), HELD).overflow())
        .isEmpty();
  }

  @Test
  void moreRecipientsThanAFormCanHoldMeansNoChoice() {
    String[] many = new String[26];
    for (int i = 0; i < many.length; i++) {
      many[i] = "r" + i + "@corp.example";
    }

    assertThat(write(aCase().to(many).build()).recipients()).isEmpty();
    assertThat(CardViewJson.text(write(aCase().to(many).build()))).contains(" and 24 more");
  }

  @Test
  void P13_whatMayBeDoneByHandIsAQuotationAndShownWhole() {
    String command =
        "New-TenantAllowBlockListItems -ListType Sender -Block -Entries \"marta@supplier.example\"";

    CardView card =
        new CardWriter(new OnlyKim(), _ -> Set.of(), _ -> Optional.of(command))
            .write(aCase().build(), row(), Optional.empty(), HELD.plusSeconds(60));

    CardView.Group group = card.evidence().getLast();
    assertThat(group.id()).isEqualTo("own-lists");
    assertThat(group.rows().getFirst().value().getFirst())
        .isInstanceOfSatisfying(
            Foreign.class,
            it -> assertThat(it.text()).isEqualTo(command.replace("r.example", "r[.]example")));
  }

  @Test
  void whatAMailSystemCannotDoIsNotOffered() {
    CaseFile many = aCase().to("anna@corp.example", "bo@corp.example").build();

    CardView all = write(many);
    CardView none =
        new CardWriter(new OnlyKim(), _ -> Set.of(), _ -> Optional.empty())
            .write(many, row(), Optional.of(TOKEN), HELD.plusSeconds(60));

    assertThat(all.recipients()).hasSize(2);
    assertThat(all.actions()).extracting(CardView.CardAction::id).contains("pn.discard");
    assertThat(none.recipients()).isEmpty();
    assertThat(none.actions())
        .extracting(CardView.CardAction::id)
        .doesNotContain("pn.discard", "pn.release_some")
        .contains("pn.release");
  }

  @Test
  void P13_theScoreOfAGatewayStandsInTheEvidenceWithItsHeaviestReasons() {
    GatewayReport report =
        new GatewayReport(
            "edge-2",
            "quarantine",
            14.2,
            List.of(
                new Finding("MIME_GOOD", -0.1, List.of("text/plain")),
                new Finding("BRAND_SPOOF", 4, List.of()),
                new Finding("RCVD_COUNT_ONE", 0, List.of("1")),
                new Finding("PHISHING", 7.25, List.of("<@U1> https://evil.example"))));

    String card = CardViewJson.text(write(aCase().reported(report).build()));

    assertThat(card)
        .contains(
            "\"Score\"", "\"edge-2\"", "\"14.2, \"", "PHISHING 7.25, BRAND_SPOOF 4, MIME_GOOD -0.1")
        .doesNotContain("RCVD_COUNT_ONE", "<@U1>");
    assertThat(CardViewJson.text(write(aCase().build()))).doesNotContain("\"Score\"");
  }

  @Test
  void theSameDeadlineOnAnotherDayIsSaidWithItsDate() {
    CardView tomorrow =
        writer().write(aCase().build(), row(), Optional.of(TOKEN), HELD.plusSeconds(86_400));

    assertThat(tomorrow.fallback()).contains("Decide by 2026-11-24 08:46 UTC");
  }

  @Test
  void aQuestionWithoutAnAnswerSaysHowItFailed() {
    var evidence = anEvidence().dns("b.example", DnsType.MX, Answer.failure("SERVFAIL"));

    assertThat(CardViewJson.text(write(aCase().evidence(evidence).build())))
        .contains("\"DNS did not answer\"", "\"SERVFAIL\"");
  }

  static CaseFile sample(String name) {
    return java.util.Objects.requireNonNull(SampleCases.all().get(name));
  }

  static CardView write(CaseFile file) {
    return writer().write(file, row(), Optional.of(TOKEN), HELD.plusSeconds(60));
  }

  static CardWriter writer() {
    return new CardWriter(new OnlyKim());
  }

  static CardRow row() {
    return new CardRow(
        "card-1",
        aCase().build().id(),
        new CardPlace("slack", "C0MAILOPS"),
        Optional.empty(),
        Optional.empty(),
        1,
        0);
  }

  /** Kim, who has a Slack account, and nobody else. */
  record OnlyKim() implements Directory {
    @Override
    public Optional<Person> person(Identity who) {
      return who.user().equals("kim")
          ? Optional.of(
              new Person("kim", "Kim Park", Optional.empty(), Optional.of("U04KIMPARK1"), Set.of()))
          : Optional.empty();
    }

    @Override
    public List<Person> named(String approver) {
      return List.of();
    }
  }
}
