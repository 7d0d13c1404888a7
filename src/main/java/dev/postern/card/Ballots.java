package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.REASON;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.policy.GroupKind;
import java.util.ArrayList;
import java.util.List;

/** Who voted for what, in words. */
final class Ballots {
  private static final int MOST_SHOWN = 10;

  private final Directory directory;

  Ballots(Directory directory) {
    this.directory = directory;
  }

  /** What keeps people from being asked; empty where nothing does. */
  String untold(CaseFile file) {
    return file.waitingStage()
        .map(stage -> groups(stage.terms().asked()))
        .map(
            groups ->
                "Waiting for "
                    + GroupKind.tellers(groups)
                    + " to say who is in "
                    + Wording.list(groups)
                    + ": nobody is asked yet.")
        .orElse("");
  }

  /** Those that are not known yet; all, where one became known just now. */
  private List<String> groups(List<String> asked) {
    List<String> all = asked.stream().filter(it -> GroupKind.of(it).isPresent()).toList();
    List<String> unread = all.stream().filter(it -> !directory.hasRead(it)).toList();
    return unread.isEmpty() ? all : unread;
  }

  /** How many votes the choice that is ahead has. */
  static int ahead(List<Vote> votes) {
    return votes.stream().mapToInt(v -> agreeing(votes, v.choice()).size()).max().orElse(0);
  }

  /** Votes count together only for the same choice. */
  static List<Vote> agreeing(List<Vote> votes, Choice choice) {
    return votes.stream().filter(v -> v.choice().alone().equals(choice.alone())).toList();
  }

  /** What the choice that is ahead is called: {@code to release}. */
  static String leading(CaseFile file) {
    int ahead = ahead(file.votes());
    return file.votes().stream()
        .map(Vote::choice)
        .filter(c -> agreeing(file.votes(), c).size() == ahead)
        .findFirst()
        .map(c -> Wording.votedFor(c.alone(), file.envelope().recipients().size()))
        .orElse("to release");
  }

  /** "Kim Park voted to release. One more approver must agree." */
  List<Run> lead(CaseFile file, Stage stage) {
    Line line = Line.of();
    List<Vote> shown = file.votes().subList(0, Math.min(MOST_SHOWN, file.votes().size()));
    for (Vote vote : shown) {
      String choice = Wording.votedFor(vote.choice(), file.envelope().recipients().size());
      line.add(person(vote)).say(" voted " + choice + ". ");
    }
    int missing = Math.max(1, stage.quorum() - ahead(file.votes()));
    return line.say(
            missing == 1
                ? "One more approver must agree."
                : missing + " more approvers must agree.")
        .runs();
  }

  /** When each vote was cast, and the reasons given. */
  Group group(CaseFile file) {
    List<Row> rows = new ArrayList<>();
    List<Vote> votes = file.votes();
    for (Vote vote : votes.subList(0, Math.min(MOST_SHOWN, votes.size()))) {
      Line at = Line.of().dateTime(vote.at());
      rows.add(
          new Row(
              "Voted at", votes.size() > 1 ? at.say(", ").add(person(vote)).runs() : at.runs()));
      if (!vote.reason().isBlank()) {
        rows.add(new Row("Reason given", Line.quoted(vote.reason(), REASON)));
      }
    }
    return new Group("vote", "", rows);
  }

  /** Names of those whose votes decided; the rule where nobody was asked. */
  Line deciders(CaseFile file, Decision decision) {
    List<Vote> votes = agreeing(file.votes(), decision.choice());
    Line line = Line.of();
    switch (decision.by()) {
      case RULE -> {
        return line.say("Rule ").name(decision.because());
      }
      case GRANT -> {
        return line.say("Grant ").name(decision.because());
      }
      case SILENCE -> {
        return line.say("the silence of ").name(decision.because());
      }
      case PEOPLE -> {}
    }
    if (votes.isEmpty()) {
      return line.quote(decision.because(), NAME);
    }
    for (int i = 0; i < votes.size(); i++) {
      line.say(i == 0 ? "" : i == votes.size() - 1 ? " and " : ", ").add(person(votes.get(i)));
    }
    return line;
  }

  /** One row for each reason of those who decided. */
  List<Row> reasons(CaseFile file, Decision decision) {
    List<Vote> votes = agreeing(file.votes(), decision.choice());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_SHOWN, votes.size()); i++) {
      if (!votes.get(i).reason().isBlank()) {
        String label = votes.size() == 1 ? "Reason" : Wording.ordinal(i + 1) + " reason";
        rows.add(
            new Row(
                label,
                Line.of()
                    .add(person(votes.get(i)))
                    .say(": ")
                    .quote(votes.get(i).reason(), REASON)
                    .runs()));
      }
    }
    return rows;
  }

  Run.Person person(Vote vote) {
    return person(vote.personId(), vote.personName());
  }

  /** Somebody by id; the name as it was when the vote was cast. */
  Run.Person person(String id, String name) {
    String slackUser =
        directory.person(Identity.ofPostern(id)).flatMap(p -> p.slackUser()).orElse("");
    return new Run.Person(id, Cleaner.clean(name, NAME), slackUser);
  }
}
