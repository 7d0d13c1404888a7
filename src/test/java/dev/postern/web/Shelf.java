package dev.postern.web;

import dev.postern.approval.AStage;
import dev.postern.approval.Answer;
import dev.postern.approval.Backstory;
import dev.postern.approval.Ballot;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseBook.Deadline;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Choice;
import dev.postern.approval.Click;
import dev.postern.approval.Decision;
import dev.postern.approval.Mention;
import dev.postern.approval.Outcome;
import dev.postern.approval.Person;
import dev.postern.approval.Refusal;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.mail.RawMessage;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** Stands in for store and desk in memory: one stage, no expiry. */
final class Shelf implements CaseBook {
  private final Map<String, CaseFile> cases = new ConcurrentSkipListMap<>();
  private final Map<String, Answer> answers = new HashMap<>();
  final Map<CaseId, Instant> removed = new HashMap<>();
  final List<Click> clicks = new ArrayList<>();

  void put(CaseFile file) {
    cases.put(file.id().text(), file);
  }

  private List<CaseFile> newestFirst() {
    return cases.values().stream()
        .sorted((a, b) -> b.receivedAt().compareTo(a.receivedAt()))
        .toList();
  }

  @Override
  public Optional<CaseFile> find(CaseId id) {
    return Optional.ofNullable(cases.get(id.text()));
  }

  @Override
  public List<CaseFile> list(Query query) {
    List<CaseFile> all = newestFirst();
    int from =
        query.after().map(a -> all.stream().map(CaseFile::id).toList().indexOf(a) + 1).orElse(0);
    return all.subList(from, all.size()).stream()
        .filter(c -> query.states().isEmpty() || query.states().contains(c.state()))
        .filter(c -> (c.message().subject() + c.id()).contains(query.text()))
        .limit(query.limit())
        .toList();
  }

  @Override
  public List<CaseFile> mentioning(Mention what, Optional<CaseId> after, int limit) {
    return List.of(); // the console searches otherwise
  }

  @Override
  public List<CaseFile> awaiting(String personId, Optional<Deadline> after, int limit) {
    return List.of(); // the console has no such list
  }

  @Override
  public List<Missed> missed(String personId, Instant since, Instant until, int limit) {
    return List.of();
  }

  @Override
  public List<Share> shares(String personId, Instant since, int limit) {
    return List.of(); // nor that one
  }

  @Override
  public long count(Set<CaseState> states) {
    return cases.values().stream().filter(c -> states.contains(c.state())).count();
  }

  @Override
  public long joined() {
    return 0;
  }

  @Override
  public Optional<CaseId> leaderOf(CaseId member) {
    return Optional.empty();
  }

  @Override
  public Optional<Instant> removed(CaseId id) {
    return Optional.ofNullable(removed.get(id));
  }

  @Override
  public List<HistoryLine> history(CaseId id) {
    return List.of(
        new HistoryLine(48_196, SampleCase.NOW, "postern", "case.received", "source=smtp"),
        new HistoryLine(0, SampleCase.NOW, "mara", "vote.cast", "choice=release"));
  }

  @Override
  public Optional<RawMessage> raw(CaseId id) {
    return Optional.of(RawMessage.of(new byte[] {'F', 'r', 'o', 'm', ':', ' ', (byte) 0xff}));
  }

  @Override
  public Backstory backstory(CaseId id) {
    return Backstory.none();
  }

  @Override
  public List<CardRow> cards(CaseId id) {
    return List.of();
  }

  synchronized Answer click(Click click) {
    return answers.computeIfAbsent(click.eventId(), _ -> judged(click));
  }

  private Answer judged(Click click) {
    clicks.add(click);
    CaseFile file =
        cases.values().stream()
            .filter(c -> token(c).equals(click.token()))
            .findFirst()
            .orElse(null);
    if (file == null) {
      return new Answer.Refused(Refusal.FORGED, "");
    }
    if (file.openStage().isEmpty()) {
      return new Answer.Refused(Refusal.TOKEN_USED, "");
    }
    Stage stage = file.openStage().get();
    if (!stage.approvers().contains(click.who().user())) {
      return new Answer.Refused(Refusal.NOT_ALLOWED, stage.name());
    }
    if (stage.reason() == ReasonRule.ALWAYS && click.reason().isEmpty()) {
      return new Answer.Refused(Refusal.REASON_NEEDED, "");
    }
    return voted(file, stage, click, (Choice) click.act());
  }

  private Answer voted(CaseFile file, Stage stage, Click click, Choice choice) {
    List<Vote> votes = new ArrayList<>(file.votes());
    votes.add(
        new Vote(
            stage.id(),
            click.who().user(),
            click.who().user(),
            choice,
            click.reason(),
            file.digest().orElseThrow(),
            click.surface(),
            SampleCase.NOW));
    boolean carried = votes.size() >= stage.quorum();
    put(with(file, votes, carried ? Optional.of(choice) : Optional.empty(), false));
    return carried
        ? new Answer.Decided(file.id(), choice)
        : new Answer.Counted(file.id(), stage.quorum() - votes.size());
  }

  /** The mail system did it. */
  void prove(String id) {
    CaseFile file = find(new CaseId(id)).orElseThrow();
    put(with(file, file.votes(), file.decision().map(Decision::choice), true));
  }

  private static CaseFile with(
      CaseFile f, List<Vote> votes, Optional<Choice> choice, boolean proved) {
    Stage s = f.stage().orElseThrow();
    Stage.State state = choice.isPresent() ? Stage.State.CARRIED : s.state();
    Stage stage = AStage.of(s, state);
    Outcome.Kind kind =
        choice.filter(Choice.Discard.class::isInstance).isPresent()
            ? Outcome.Kind.DISCARDED
            : Outcome.Kind.DELIVERED_TO_NEXT_HOP;
    return new CaseFile(
        f.id(),
        proved ? CaseState.DONE : choice.isPresent() ? CaseState.DECIDED : f.state(),
        f.version() + 1,
        f.hold(),
        f.gateway(),
        f.receivedAt(),
        f.envelope(),
        f.message(),
        f.rawKept(),
        f.evidence(),
        f.digest(),
        f.ruling(),
        Optional.of(stage),
        votes,
        choice.map(c -> new Decision(c, Decision.By.PEOPLE, "mara", SampleCase.NOW)),
        proved
            ? Optional.of(
                Outcome.forAll(
                    f.envelope().recipients(), kind, "250 2.0.0 Ok: queued as 4XyZ1k3vQ9z2"))
            : Optional.empty(),
        "",
        "",
        SampleCase.NOW,
        Optional.empty(),
        Optional.empty());
  }

  Optional<Ballot> ballot(CaseId id, Person person) {
    return find(id)
        .filter(f -> f.openStage().isPresent())
        .filter(f -> f.openStage().get().approvers().contains(person.id()))
        .filter(f -> f.votes().stream().noneMatch(v -> v.personId().equals(person.id())))
        .map(
            f ->
                new Ballot(
                    token(f),
                    List.of("release", "discard"),
                    f.openStage().orElseThrow(),
                    List.of()));
  }

  Optional<CaseId> caseOf(String token) {
    return cases.values().stream()
        .filter(f -> token(f).equals(token))
        .map(CaseFile::id)
        .findFirst();
  }

  static String token(CaseFile file) {
    return "pn1.token-of-" + file.id();
  }
}
