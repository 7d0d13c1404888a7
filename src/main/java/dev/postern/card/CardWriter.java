package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;

import dev.postern.approval.Ability;
import dev.postern.approval.Backstory;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Directory;
import dev.postern.approval.HandOver;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Petition;
import dev.postern.approval.Stage;
import dev.postern.approval.Testimony;
import dev.postern.approval.Together;
import dev.postern.card.CardView.CardAction;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Words a case into a card. The same case gives the same card on every surface; a card never says
 * more than was proved.
 */
public final class CardWriter {
  /** Slack's and Teams' choice lists get unwieldy beyond; so does the person in front of one. */
  static final int MOST_CHOICES = 25;

  private final Ballots ballots;
  private final Function<HoldRef, Set<Ability>> abilities;
  private final Function<CaseFile, Optional<String>> suggestions;

  /** A writer for mail systems that can do everything. */
  public CardWriter(Directory directory) {
    this(directory, _ -> EnumSet.allOf(Ability.class), _ -> Optional.empty());
  }

  /**
   * Takes its parts.
   *
   * @param directory for the accounts of those who voted
   * @param abilities what can be done with a hold: nothing else is offered
   * @param suggestions what may be done by hand in the mail system after a decision; hostile
   */
  public CardWriter(
      Directory directory,
      Function<HoldRef, Set<Ability>> abilities,
      Function<CaseFile, Optional<String>> suggestions) {
    this.ballots = new Ballots(directory);
    this.abilities = abilities;
    this.suggestions = suggestions;
  }

  /** What a case has come to: what a card says beside the standing facts. */
  record Story(String state, String title, List<List<Run>> lead, List<Group> news) {
    static Story of(String state, String title, List<Run> lead, Group... news) {
      return new Story(state, title, List.of(lead), List.of(news));
    }
  }

  /**
   * The card of a case.
   *
   * @param row where the card stands, and its revision
   * @param sealedToken what buttons carry; without it the card has no buttons
   * @param now the present, for wording of dates only
   */
  public CardView write(CaseFile file, CardRow row, Optional<String> sealedToken, Instant now) {
    return write(file, Backstory.none(), row, sealedToken, now);
  }

  /**
   * The card of a case that something came before.
   *
   * @param before what that was
   * @param row where the card stands, and its revision
   * @param sealedToken what buttons carry; without it the card has no buttons
   * @param now the present, for wording of dates only
   */
  public CardView write(
      CaseFile file, Backstory before, CardRow row, Optional<String> sealedToken, Instant now) {
    Optional<Testimony> question = before.questionAt(row.place());
    if (question.isPresent()) {
      return new Witnesses(file, ballots).question(question.get(), row, sealedToken);
    }
    Optional<HandOver> notice = before.noticeAt(row.place());
    if (notice.isPresent()) {
      return new HandOvers(file, ballots).notice(notice.get(), row, before.first());
    }
    Optional<Story> passedOn = new Earlier(file, before, ballots).passedOn(row.place());
    if (file.petition().isPresent()) {
      GrantCards words = new GrantCards(file, file.petition().get(), ballots);
      return request(words, file, before, passedOn, row, sealedToken, now);
    }
    Story story = passedOn.orElseGet(() -> story(file, before));
    Optional<Stage> asks = passedOn.isPresent() ? Optional.empty() : file.openStage();
    Risk risk = Risk.of(file);
    Optional<SetCard> set = SetCard.of(file, before);
    Set<Ability> able = abilities.apply(file.hold());
    List<CardAction> votes =
        asks.flatMap(
                stage ->
                    sealedToken.map(t -> new Buttons(file, stage, set).row(risk.level(), t, able)))
            .map(buttons -> Buttons.and(buttons, before.first()))
            .orElse(List.of());
    int revision = Math.max(1, row.desired());
    return new CardView(
        set.isPresent() ? CardView.Kind.CAMPAIGN : CardView.Kind.MESSAGE,
        story.state(),
        file.id().text(),
        revision,
        story.title(),
        asks.map(_ -> new Verdict(risk.level(), risk.reason())),
        story.lead(),
        groups(file, before, story, asks),
        passedOn.map(_ -> List.of(Buttons.evidence(file.id()))).orElse(votes),
        votes.isEmpty() ? List.of() : Buttons.rare(file, sealedToken.orElseThrow()),
        votes.isEmpty() || set.isPresent() || !able.contains(Ability.PARTIAL_RELEASE)
            ? List.of()
            : choices(file),
        evidence(file, set),
        footer(file, before, revision),
        fallback(file, asks, story, risk, now));
  }

  /** The card of a case in which somebody asks for a grant. */
  private static CardView request(
      GrantCards words,
      CaseFile file,
      Backstory before,
      Optional<Story> passedOn,
      CardRow row,
      Optional<String> sealedToken,
      Instant now) {
    Story story = passedOn.orElseGet(() -> words.story(before));
    Optional<Stage> asks = passedOn.isPresent() ? Optional.empty() : file.openStage();
    List<CardAction> buttons =
        asks.flatMap(_ -> sealedToken.map(words::buttons))
            .map(all -> Buttons.and(all, before.first()))
            .orElse(List.of());
    int revision = Math.max(1, row.desired());
    return new CardView(
        CardView.Kind.REQUEST,
        story.state(),
        file.id().text(),
        revision,
        story.title(),
        Optional.empty(),
        story.lead(),
        words.groups(story, before, asks),
        buttons,
        buttons.isEmpty() ? List.of() : GrantCards.rare(sealedToken.orElseThrow()),
        List.of(),
        List.of(words.terms("terms", "What is asked for")),
        footer(file, before, revision),
        words.fallback(asks, story, now));
  }

  /** What the case has come to. */
  Story story(CaseFile file) {
    return story(file, Backstory.none());
  }

  private Story story(CaseFile file, Backstory before) {
    Optional<Petition> petition = file.petition();
    if (petition.isPresent()) {
      return new GrantCards(file, petition.get(), ballots).story(before);
    }
    Endings endings = new Endings(file, ballots);
    return switch (file.state()) {
      case RECEIVED, EXAMINED ->
          Story.of("received", "Held: being checked", Line.own("Nothing to do yet."));
      case ASKING -> asking(file, before);
      case DECIDED -> endings.underWay();
      case DONE -> endings.done();
      case EXPIRED -> endings.expired();
      case FAILED -> endings.failed();
      case WITHDRAWN -> endings.withdrawn();
    };
  }

  private Story asking(CaseFile file, Backstory before) {
    if (file.waitingStage().isPresent()) {
      String why = sentences(file.warning(), ballots.untold(file));
      return Story.of("received", "Held: nobody asked yet", Line.own(why));
    }
    Optional<Stage> stage = file.openStage();
    List<Run> warning = file.warning().isBlank() ? List.of() : Line.own(file.warning() + " ");
    Optional<Changed> changed =
        before.before().flatMap(b -> file.evidence().map(e -> new Changed(b, e)));
    List<Group> news = new ArrayList<>(changed.map(Changed::group).stream().toList());
    new Earlier(file, before, ballots).group().ifPresent(news::add);
    if (changed.isPresent() && Changed.firstTime(file)) {
      Story again = changed.get().story();
      return new Story(again.state(), again.title(), again.lead(), news);
    }
    if (stage.isEmpty() || file.votes().isEmpty()) {
      List<List<Run>> lead = warning.isEmpty() ? List.of() : List.of(warning);
      Optional<Together> member = before.together().filter(_ -> stage.isEmpty());
      return member
          .filter(all -> !all.leader().equals(file.id()))
          .map(SetCard::ofMember)
          .orElseGet(() -> new Story("pending", question(file, before), lead, news));
    }
    String title =
        Ballots.ahead(file.votes())
            + " of "
            + stage.get().quorum()
            + " votes "
            + Ballots.leading(file);
    List<Run> lead = new ArrayList<>(warning);
    lead.addAll(ballots.lead(file, stage.get()));
    news.addFirst(ballots.group(file));
    return new Story("voted", title, List.of(lead), news);
  }

  private List<Group> evidence(CaseFile file, Optional<SetCard> set) {
    List<Group> groups = new ArrayList<>(set.map(SetCard::members).stream().toList());
    groups.addAll(EvidenceGroups.of(file, suggestions.apply(file)));
    return groups;
  }

  private static String question(CaseFile file, Backstory before) {
    return SetCard.of(file, before).map(SetCard::title).orElse("Release this held message?");
  }

  private List<Group> groups(CaseFile file, Backstory before, Story story, Optional<Stage> asks) {
    List<Group> groups = new ArrayList<>();
    boolean open =
        switch (file.state()) {
          case RECEIVED, EXAMINED -> true;
          case ASKING, DECIDED, DONE, EXPIRED, FAILED, WITHDRAWN ->
              asks.or(file::waitingStage).isPresent();
        };
    if (open) {
      groups.addAll(story.news());
      Optional<SetCard> set = SetCard.of(file, before);
      groups.add(set.map(SetCard::who).orElseGet(() -> Facts.who(file)));
      set.map(SetCard::checks).orElseGet(() -> Facts.checks(file)).ifPresent(groups::add);
      groups.add(set.map(SetCard::content).orElseGet(() -> Facts.content(file)));
      new Witnesses(file, ballots).group(before.testimonies()).ifPresent(groups::add);
      before.looked().map(Facts::looked).ifPresent(groups::add);
      new HandOvers(file, ballots).group(before.handOvers()).ifPresent(groups::add);
      asks.flatMap(stage -> OwnChats.group(before.ownChats(), stage, ballots))
          .ifPresent(groups::add);
      asks.ifPresent(stage -> groups.add(Facts.decision(file, stage, set.isPresent())));
    } else {
      groups.add(Facts.whoInBrief(file));
      groups.addAll(story.news());
      SetCard.past(file, before).ifPresent(groups::add);
      new Witnesses(file, ballots).group(before.testimonies()).ifPresent(groups::add);
      new HandOvers(file, ballots).group(before.handOvers()).ifPresent(groups::add);
    }
    return groups;
  }

  /** Every recipient or none: the position in the list is what a form sends back. */
  private static List<Foreign> choices(CaseFile file) {
    var recipients = file.envelope().recipients();
    return recipients.size() > MOST_CHOICES
        ? List.of()
        : recipients.stream().map(r -> Cleaner.clean(r.toString(), ADDRESS)).toList();
  }

  private static String footer(CaseFile file, Backstory before, int revision) {
    String evidence =
        file.digest()
            .map(
                d ->
                    ", evidence "
                        + d.brief()
                        + (!file.votes().isEmpty()
                                && file.votes().stream().allMatch(v -> v.digest().equals(d))
                            ? " unchanged"
                            : "")
                        + before.before().map(Changed::replaced).orElse(""))
            .orElse("");
    return "Case "
        + file.id()
        + ", card "
        + revision
        + SetCard.of(file, before).map(set -> ", set of " + set.messages()).orElse("")
        + evidence
        + ". Text in code style is not Postern’s own.";
  }

  /** For lock screens: no subject, no name, no word of the message but its domain. */
  private static String fallback(
      CaseFile file, Optional<Stage> asks, Story story, Risk risk, Instant now) {
    if (asks.isEmpty()) {
      return sentence(story.title()) + " Case " + file.id() + ".";
    }
    String domain = file.evidence().map(e -> e.dmarc().fromDomain()).orElse("");
    String from = domainWord(domain).map(d -> "From " + d).orElse("Sender unclear");
    String check = file.evidence().map(e -> ", " + Checks.of(e).get(2).label()).orElse("");
    return Wording.risk(risk.level())
        + ". "
        + sentence(story.title())
        + " "
        + from
        + check
        + ", "
        + Wording.count(file.envelope().recipients().size(), "recipient")
        + ". Decide by "
        + Wording.utc(asks.get().closes(), now)
        + ". Case "
        + file.id()
        + ".";
  }

  private static String sentence(String title) {
    return title.endsWith("?") || title.endsWith("…") ? title : title + ".";
  }

  /** The one text of a message that may stand in own text: a domain in A-labels, dots broken. */
  static Optional<String> domainWord(String domain) {
    String clean = Cleaner.clean(domain, HOST).text();
    return clean.matches("(?:[A-Za-z0-9-]|\\[\\.])+") ? Optional.of(clean) : Optional.empty();
  }

  static String sentences(String... parts) {
    return List.of(parts).stream().filter(p -> !p.isBlank()).collect(Collectors.joining(" "));
  }
}
