package dev.postern.card;

import static dev.postern.approval.CaseBuilder.HELD;
import static dev.postern.approval.CaseBuilder.address;
import static dev.postern.approval.CaseBuilder.discard;
import static dev.postern.approval.CaseBuilder.release;

import dev.postern.approval.Answer;
import dev.postern.approval.Backstory;
import dev.postern.approval.Brake;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook.HistoryLine;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.DayBook;
import dev.postern.approval.Decision;
import dev.postern.approval.HandOver;
import dev.postern.approval.Mention;
import dev.postern.approval.OwnChat;
import dev.postern.approval.People;
import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import dev.postern.approval.Vote;
import dev.postern.approval.Wish;
import dev.postern.evidence.Digest;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.EvidenceBuilder;
import dev.postern.evidence.posture.ADomain;
import dev.postern.evidence.posture.Posture;
import dev.postern.policy.Freeze;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.store.World;
import dev.postern.store.Worlds;
import java.net.URI;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Every card that our writers can make, with one text in each place that is written to from
 * outside. For tests of renderers.
 */
public final class EveryCard {
  private static final String TOKEN = "pn1.XCFxz5VfiHGMNo2EXKp3NooxHCjdfJvU";
  private static final CardPlace HERE = CardWriterTest.row().place();
  private static final CardPlace ANNA = new CardPlace("slack", "U0ANNA0001");

  private final Map<String, CardView> cards = new LinkedHashMap<>();
  private final String raw;

  private EveryCard(String raw) {
    this.raw = raw;
  }

  /** The card of one case, as those see it who decide. */
  public static CardView of(CaseFile it) {
    EveryCard one = new EveryCard("");
    one.put("it", it, Backstory.none(), HERE);
    return Objects.requireNonNull(one.cards.get("it"));
  }

  /** Those of ordinary cases, by name. */
  public static Map<String, CardView> ofSamples() {
    EveryCard all = new EveryCard("");
    SampleCases.all().forEach((name, it) -> all.put(name, it, Backstory.none(), HERE));
    SampleCases.all().forEach((name, it) -> all.put("set-" + name, it, ASet.of(it, 500), HERE));
    return all.cards;
  }

  /** One of those that quote. */
  public static CardView named(String name, String raw) {
    return Objects.requireNonNull(with(raw).get(name), name);
  }

  /** All that quote, by name. */
  public static Map<String, CardView> with(String raw) {
    EveryCard all = new EveryCard(raw);
    List<CaseFile> hostile = HostileCases.of(raw);
    for (int i = 0; i < hostile.size(); i++) {
      all.put("hostile-" + i, hostile.get(i), Backstory.none(), HERE);
    }
    all.backstories(hostile.getFirst());
    all.lookups(hostile);
    all.others();
    return all.cards;
  }

  private void put(String name, CaseFile it, Backstory before, CardPlace place) {
    CardRow row = new CardRow("card-1", it.id(), place, Optional.empty(), Optional.empty(), 3, 0);
    cards.put(
        name,
        CardWriterTest.writer().write(it, before, row, Optional.of(TOKEN), HELD.plusSeconds(1800)));
  }

  private void backstories(CaseFile it) {
    Digest digest = Digest.of("{}");
    Stage stage = it.stage().orElseThrow();
    Vote vote = new Vote(1, "eve", raw, release(), raw, digest, "web", HELD);
    var past = List.of(new Backstory.Past(stage, List.of(vote), Set.of(HERE)));
    CardPlace leads = new CardPlace("slack", "C0LEADS");
    URI card = URI.create("https://teams.microsoft.com/l/message/19:a/1");
    Backstory passed = new Backstory(Set.of(leads), past, Optional.empty());
    put("passed-on", it, passed, HERE);
    put("set", it, ASet.of(it, 500), HERE);
    put("passed-to", it, passed.linked(Optional.of(card)), leads);
    var was = EvidenceBuilder.aSpoof().dmarc(DmarcResult.TEMPERROR).build();
    var before = Optional.of(new Backstory.Before(was, digest, 1));
    put("changed", it, new Backstory(Set.of(HERE), List.of(), before), HERE);
    for (Testimony.Word word : Testimony.Word.values()) {
      Testimony said = testimony(Optional.of(new Testimony.Reply(word, HELD)));
      put("heard-" + word, it, Backstory.none().with(List.of(said), Optional.of(HELD)), HERE);
      put("said-" + word, it, Backstory.none().with(List.of(said), Optional.empty()), ANNA);
    }
    for (Testimony.Absence why : Testimony.Absence.values()) {
      OwnChat chat =
          new OwnChat(
              stage.id(),
              new HandOver.Party("eve", raw),
              Optional.of(CardPlace.ownChat("teams", "eve"))
                  .filter(_ -> why != Testimony.Absence.NO_ACCOUNT),
              Optional.of(why));
      put("unasked-" + why, it, Backstory.none().askedAlone(List.of(chat)), HERE);
    }
    Testimony asked = testimony(Optional.empty());
    put("asked", it, Backstory.none().with(List.of(asked), Optional.empty()), HERE);
    put("question", it, Backstory.none().with(List.of(asked), Optional.empty()), ANNA);
  }

  private Testimony testimony(Optional<Testimony.Reply> reply) {
    return new Testimony(
        new TokenId("0".repeat(32)),
        address("anna.kovacs@corp.example"),
        "anna",
        raw,
        ANNA,
        new Testimony.Asking("kim", raw, HELD),
        reply,
        Optional.empty());
  }

  private void lookups(List<CaseFile> hostile) {
    ManyCases book = new ManyCases();
    for (int i = 0; i < 11; i++) {
      CaseId id = new CaseId("PN-7F3K-2Q" + (char) ('A' + i / 10) + i % 10);
      HostileCases.of(raw, id).forEach(book::put);
    }
    CaseFile one = hostile.getFirst();
    book.put(one);
    book.told(one.id(), new HistoryLine(1, HELD, raw, "vote.cast", raw));
    Reading reading = new Reading(book, (_, _) -> Optional.empty());
    Person kim = new Person("kim", raw, Optional.empty(), Optional.empty(), Set.of("admins"));
    LookupWriter writer = new LookupWriter(book, reading, new CardWriterTest.OnlyKim());
    cards.put("lookup-case", writer.of(one, kim));
    cards.put("lookup-none", writer.find(raw, kim));
    cards.put("lookup-open", writer.open(kim));
    cards.put("lookup-mine", writer.mine(kim));
    Mention of = Mention.of(address("anna.kovacs@corp.example"));
    cards.put("lookup-about", writer.about(raw, of, kim));
    cards.put("not-understood", LookupWriter.notUnderstood(raw, Optional.of("mine"), Prompt.SLACK));
    cards.put("help", LookupWriter.help(Prompt.SLACK));
    CardWriter words = CardWriterTest.writer();
    Freeze freeze = new Freeze("eve", raw, HELD, raw);
    Map<String, String> health = Map.of("store", "ok", "slack", raw);
    ManyCases together =
        new ManyCases() {
          @Override
          public Backstory backstory(CaseId id) {
            return ASet.of(one, 12);
          }
        };
    cards.put(
        "set-list",
        new SetLists(together, reading, (_, _) -> new Answer.Noted(one.id()))
            .page(new Look.Members(one.id(), Optional.empty()), kim));
    try (World asked = Worlds.inMemory(new People().and("kim").and("noor"))) {
      asked.petitions.ask(kim, wish());
      cards.put("grants", new GrantLists(asked.petitions).open(kim));
      cards.put(
          "home",
          new HomeWriter(book, reading, asked.petitions, words)
              .of(kim, Optional.of(freeze), health, HELD));
    }
    Posture posture = new ADomain().spf(raw, raw).dmarc(raw).check();
    cards.put("check", PostureWriter.of(posture, HELD, List.of()));
    cards.put(
        "senders",
        new SenderWriter(book, reading, words)
            .of(List.of(address("anna.kovacs@corp.example")), List.of(posture), 3, kim));
  }

  private Wish wish() {
    return new Wish(
        Kind.ALLOW,
        "xn--pypal-4ve.example",
        "anna.kovacs@corp.example",
        Optional.empty(),
        Optional.empty(),
        false,
        raw,
        Optional.empty());
  }

  private void others() {
    Freeze freeze = new Freeze("eve", raw, HELD, raw);
    for (Brake.Answer answer : Brake.Answer.values()) {
      cards.put("frozen-" + answer, FreezeWriter.frozen(answer, Optional.of(freeze), Prompt.SLACK));
      cards.put("unfrozen-" + answer, FreezeWriter.unfrozen(answer, Optional.of(freeze)));
    }
    var ended =
        List.of(
            new DayBook.Ended(new Decision(discard(), Decision.By.RULE, raw, HELD), HELD),
            new DayBook.Ended(new Decision(release(), Decision.By.PEOPLE, raw, HELD), HELD));
    var waiting = List.of(new DayBook.Waiting(new CaseId("PN-7F3K-2QXD"), HELD));
    cards.put(
        "digest",
        DigestWriter.of(new DayBook.Day(9, ended, 1, 1, 1, waiting), LocalDate.of(2026, 11, 24)));
  }
}
