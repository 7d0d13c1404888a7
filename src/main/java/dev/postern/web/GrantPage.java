package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Grant;
import dev.postern.approval.Petitions;
import dev.postern.approval.Reading;
import dev.postern.approval.Wish;
import dev.postern.card.Cleaner;
import dev.postern.card.GrantForm;
import dev.postern.card.Notice;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Party;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exceptions from the rules: what there is, asking for one, ending one. */
final class GrantPage {
  private static final int SHOWN = 200;
  private static final int LONGEST_FIELD = 2000;
  private static final String MANY = "100";
  private static final Notice ENDED = new Notice("Ended", "It decides about no message any more.");
  private static final Notice OVER = new Notice("Over already", "Nothing changed.");

  private final Petitions petitions;
  private final Reading reading;
  private final Navigation navigation;
  private final Pages pages;
  private final InstantSource clock;

  GrantPage(
      Petitions petitions,
      Reading reading,
      Navigation navigation,
      Pages pages,
      InstantSource clock) {
    this.petitions = petitions;
    this.reading = reading;
    this.navigation = navigation;
    this.pages = pages;
    this.clock = clock;
  }

  /** All that the reader may see, and an empty form, or one about the sender of a case. */
  void show(Context ctx, Reader reader) {
    Optional<CaseFile> about =
        Optional.ofNullable(ctx.queryParam("about"))
            .flatMap(id -> reading.find(id, reader.person()))
            .filter(it -> it.petition().isEmpty());
    boolean ofKind = "true".equals(ctx.queryParam("kind"));
    GrantScreen.Draft draft = about.map(it -> proposed(it, ofKind)).orElseGet(GrantPage::empty);
    show(ctx, 200, reader, draft, Optional.empty());
  }

  private record Said(Notice notice, boolean ok) {}

  private static GrantScreen.Draft empty() {
    return new GrantScreen.Draft("allow", "", false, "", "24", MANY, false, "", "");
  }

  private static GrantScreen.Draft proposed(CaseFile it, boolean ofKind) {
    String from = GrantTerms.named(it.message()).stream().map(Party::text).findFirst().orElse("");
    List<EmailAddress> all = it.envelope().recipients();
    String to = all.size() == 1 ? Party.of(all.getFirst()).text() : "";
    return new GrantScreen.Draft(
        "allow", from, ofKind, ofKind ? "" : to, "24", MANY, false, "", it.id().text());
  }

  /** Asks for one. */
  void ask(Context ctx, Reader reader) {
    GrantScreen.Draft draft =
        new GrantScreen.Draft(
            field(ctx, "kind"),
            field(ctx, "from"),
            field(ctx, "ofKind").equals("true"),
            field(ctx, "to"),
            field(ctx, "hours"),
            field(ctx, "most"),
            field(ctx, "unproved").equals("true"),
            field(ctx, "reason"),
            field(ctx, "about"));
    Optional<Integer> hours = number(draft.hours());
    Optional<Integer> most = number(draft.most());
    if (hours.isEmpty() || most.isEmpty()) {
      String what = hours.isEmpty() ? "hours" : "messages";
      Notice wrong = new Notice("Not asked for", "How many " + what + ": a number from 1.");
      show(ctx, 422, reader, draft, Optional.of(new Said(wrong, false)));
      return;
    }
    Wish wish =
        new Wish(
            draft.kind().equals("block") ? Kind.BLOCK : Kind.ALLOW,
            draft.ofKind() ? "" : draft.from(),
            draft.to(),
            Optional.of(clock.instant().plus(Duration.ofHours(hours.get()))),
            most,
            draft.unproved(),
            draft.reason(),
            CaseId.parse(draft.about()),
            draft.ofKind());
    Petitions.Answer answer = petitions.ask(reader.person(), wish);
    boolean done = answer instanceof Petitions.Asked;
    Said said = new Said(GrantForm.told(answer), done);
    show(ctx, done ? 200 : 422, reader, done ? empty() : draft, Optional.of(said));
  }

  private static String field(Context ctx, String name) {
    String typed = Optional.ofNullable(ctx.formParam(name)).orElse("").strip();
    return typed.length() > LONGEST_FIELD ? typed.substring(0, LONGEST_FIELD) : typed;
  }

  private static Optional<Integer> number(String typed) {
    return typed.matches("[1-9][0-9]{0,4}")
        ? Optional.of(Integer.parseInt(typed))
        : Optional.empty();
  }

  /** Ends one. */
  void revoke(Context ctx, Reader reader) {
    Petitions.Ending ending =
        GrantId.parse(ctx.pathParam("id"))
            .map(id -> petitions.revoke(reader.person(), id))
            .orElse(Petitions.Ending.UNKNOWN);
    switch (ending) {
      case DONE -> show(ctx, 200, reader, empty(), Optional.of(new Said(ENDED, true)));
      case ALREADY -> show(ctx, 200, reader, empty(), Optional.of(new Said(OVER, false)));
      case NOT_ALLOWED, UNKNOWN -> pages.problem(ctx, Problem.NOT_FOUND);
    }
  }

  private void show(
      Context ctx, int status, Reader reader, GrantScreen.Draft draft, Optional<Said> said) {
    GrantLaw law = petitions.law();
    GrantScreen screen =
        new GrantScreen(
            petitions.list(reader.person(), false, Optional.empty(), SHOWN).stream()
                .map(GrantPage::row)
                .toList(),
            draft,
            Math.max(1, law.longest().toHours()),
            law.most(),
            said.map(Said::notice),
            said.filter(Said::ok).isPresent(),
            reader.formToken());
    Frame frame = pages.framed("Grants", navigation.at("grants", reader));
    pages.show(ctx, status, "grants.jte", Map.of("frame", frame, "screen", screen));
  }

  private static GrantScreen.Row row(Grant grant) {
    GrantTerms terms = grant.terms();
    boolean allow = terms.kind() == Kind.ALLOW;
    return new GrantScreen.Row(
        grant.id().text(),
        grant.caseId().text(),
        grant.state().word(),
        grant.state().open(),
        terms.kind().word(),
        piece(terms.from()),
        terms.like().map(GrantPage::like),
        terms.to().map(GrantPage::piece),
        terms.until(),
        grant.used() + " of " + terms.most(),
        allow ? (terms.unproved() ? "even unproved" : "DMARC pass") : "",
        Piece.of(Cleaner.clean(grant.petition().name(), NAME)),
        Piece.of(Cleaner.clean(grant.petition().reason(), REASON)));
  }

  private static GrantScreen.Like like(GrantTerms.Like like) {
    return new GrantScreen.Like(like.caseId(), Piece.of(Cleaner.clean(like.subject(), SUBJECT)));
  }

  private static Piece piece(Party party) {
    return Piece.of(Cleaner.clean(party.text(), party.address() ? ADDRESS : HOST));
  }
}
