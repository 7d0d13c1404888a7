package dev.postern.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Answer;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Choice;
import dev.postern.approval.Grant;
import dev.postern.approval.Identity;
import dev.postern.approval.People;
import dev.postern.approval.Person;
import dev.postern.approval.Petitions;
import dev.postern.approval.Refusal;
import dev.postern.approval.Wish;
import dev.postern.card.CardView.CardAction;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cards say of a request for a grant, from the question to its end. */
class GrantCardsTest {
  private static final String TOKEN = "pn1.X8Qm3ZOlCltH8tHpnC3M14l7KgyGiOkh";

  private final People people = new People().and("kim").and("noor");
  private final World world = Worlds.inMemory(people);
  private final CardWriter writer = new CardWriter(people);

  @AfterEach
  void close() {
    world.close();
  }

  private Person person(String id) {
    return people.person(Identity.ofPostern(id)).orElseThrow();
  }

  private Grant asked(Kind kind, String from, String reason) {
    Wish wish =
        new Wish(
            kind,
            from,
            "corp.example",
            Optional.empty(),
            Optional.of(5),
            kind == Kind.ALLOW,
            reason,
            Optional.of(new CaseId("PN-7F3K-2QXD")));
    return ((Petitions.Asked) world.petitions.ask(person("kim"), wish)).grant();
  }

  @Test
  void theFormNamesTheTermsThatThePolicyLeaves() {
    CaseFile it = world.find(world.held("m1"));
    GrantLaw strict = new GrantLaw("", Duration.ofMinutes(90), 1, false);

    assertThat(GrantForm.consequence(Kind.ALLOW, it, GrantLaw.USUAL))
        .contains("let through for 24 hours, 100 messages at most, while");
    assertThat(GrantForm.consequence(Kind.BLOCK, it, GrantLaw.USUAL))
        .contains("deleted for 30 days, 100 messages at most, proved or not");
    assertThat(GrantForm.consequence(Kind.ALLOW, it, strict))
        .contains("let through for 90 minutes, 1 message at most, while");
  }

  private CardView card(CaseId id) {
    CaseFile it = world.find(id);
    var row = world.records.cards(id).getFirst();
    Optional<String> token = it.openStage().map(_ -> TOKEN);
    CardView card = writer.write(it, row, token, world.now);
    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(card))).isEmpty();
    return card;
  }

  @Test
  void theTermsStandOnTheCardAndItsButtonsSayWhatTheyDo() {
    CardView card = card(asked(Kind.ALLOW, "brightwater.example", "a tender").caseId());

    assertThat(card.kind()).isEqualTo(CardView.Kind.REQUEST);
    assertThat(card.title()).isEqualTo("Allow mail from brightwater[.]example?");
    assertThat(card.actions()).extracting(CardAction::label).containsExactly("Approve", "Refuse…");
    assertThat(card.actions())
        .extracting(CardAction::id)
        .containsExactly("pn.release", "pn.discard");
    assertThat(card.groups().toString())
        .contains("The kim", "a tender", "brightwater[.]example", "corp[.]example")
        .contains("5 messages", "whoever forges this sender", "PN-7F3K-2QXD")
        .doesNotContain("grant.invalid", "SPF");
    assertThat(card.overflow()).extracting(CardView.Rare::id).containsExactly("pn.handover");
    assertThat(card.fallback()).startsWith("Allow mail from brightwater[.]example?");
  }

  @Test
  void aKindIsShownInWordsAndNeverAsAHash() {
    CaseId sample = world.held("m1");
    Wish wish =
        new Wish(
            Kind.BLOCK,
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            false,
            "spam",
            Optional.of(sample),
            true);
    Grant grant = ((Petitions.Asked) world.petitions.ask(person("kim"), wish)).grant();

    CardView card = card(grant.caseId());

    assertThat(card.title()).isEqualTo("Block mail from evil[.]example like case " + sample + "?");
    String shown = CardViewJson.tree(card).toString();
    assertThat(shown)
        .contains("same kind as case " + sample, "Subject m1", "the same text, links and files")
        .doesNotContain(grant.terms().like().orElseThrow().says().substring(7));
    CardView list = new GrantLists(world.petitions).open(person("noor"));
    assertThat(CardViewJson.tree(list).toString()).contains("like case " + sample, "Subject m1");
  }

  @Test
  void P8_allowedIsSaidOnceItIsInForceAndNoLonger() {
    Grant grant = asked(Kind.ALLOW, "brightwater.example", "a tender");
    world.release(grant.caseId(), "noor");
    assertThat(card(grant.caseId()).title()).isEqualTo("Approving…");
    world.settle(1);
    assertThat(card(grant.caseId()).title()).startsWith("Allowed until 2026-11-25 07:00 UTC");

    world.petitions.revoke(person("kim"), grant.id());
    world.petitions.look(grant.id());
    CardView ended = card(grant.caseId());
    assertThat(ended.title()).isEqualTo("Was allowed");
    assertThat(ended.groups().toString()).contains("Ended early by kim.");
    assertThat(ended.actions()).isEmpty();
  }

  @Test
  void aBlockSaysWhatIsDeletedAndARefusalThatNothingBegins() {
    Grant grant = asked(Kind.BLOCK, "eve@evil.example", "an account that was taken over");
    CardView card = card(grant.caseId());
    assertThat(card.title()).isEqualTo("Block mail from one sender at evil[.]example?");
    assertThat(card.groups().toString()).contains("proved mail is discarded as well");
    assertThat(card.actions().getFirst().stake().orElseThrow().consequence()).contains("deleted");

    world.act(grant.caseId(), "noor", new Choice.Discard());
    world.settle(1);
    assertThat(card(grant.caseId()).title()).isEqualTo("Refused");
    assertThat(card(grant.caseId()).lead().toString()).contains("No such grant begins");
  }

  @Test
  void P13_whatPeopleTypeIsForeign() {
    CardView card =
        card(
            asked(
                    Kind.ALLOW,
                    "xn--pypal-4ve.example",
                    "<!channel> [*bold*](https://evil.example) \u202e")
                .caseId());

    String own = card.title() + card.fallback() + card.footer();
    assertThat(own).doesNotContain("https", "channel", "bold").contains("xn--pypal-4ve[.]example");
    assertThat(card.groups().toString()).doesNotContain("https://evil.example", "\u202e");
  }

  @Test
  void answersToClicksSpeakOfARequest() {
    Grant grant = asked(Kind.ALLOW, "brightwater.example", "a tender");
    Optional<CaseFile> it = Optional.of(world.find(grant.caseId()));

    assertThat(Notices.of(world.release(grant.caseId(), "kim"), it).title())
        .isEqualTo("You may not decide about your own request");
    assertThat(Notices.of(world.release(grant.caseId(), "noor"), it).title())
        .isEqualTo("Decided: approved");
    assertThat(Notices.of(new Answer.Refused(Refusal.OWN_MESSAGE, ""), Optional.empty()).title())
        .contains("your own mail");
  }

  @Test
  void grantsAreListedForThoseWhoMaySeeThem() {
    Grant grant = asked(Kind.ALLOW, "brightwater.example", "a tender");
    GrantLists lists = new GrantLists(world.petitions);

    CardView list = lists.open(person("noor"));

    assertThat(SchemaCheck.ofCards().problems(CardViewJson.tree(list))).isEmpty();
    assertThat(list.title()).isEqualTo("1 grant");
    assertThat(list.groups().toString())
        .contains(grant.id().text(), "brightwater[.]example", "a tender");
    assertThat(list.groups().toString()).contains("5 of 5", " left, asked by ");
    world.petitions.revoke(person("noor"), grant.id());
    assertThat(lists.open(person("noor")).title()).isEqualTo("No grants");
    assertThat(world.records.cards(grant.caseId()))
        .extracting(row -> row.place())
        .contains(CardPlace.WEB, World.SLACK);
  }
}
