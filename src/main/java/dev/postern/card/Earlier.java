package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.REASON;

import dev.postern.approval.Backstory;
import dev.postern.approval.Backstory.Past;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Stage;
import dev.postern.approval.Vote;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardWriter.Story;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What cards say of stages that are over while people of another one are asked. */
final class Earlier {
  private static final int MOST_VOTES = 10;

  private final CaseFile file;
  private final Backstory story;
  private final Ballots ballots;

  Earlier(CaseFile file, Backstory story, Ballots ballots) {
    this.file = file;
    this.story = story;
    this.ballots = ballots;
  }

  /** What a card says whose stage is over; empty where the card asks, or never did. */
  Optional<Story> passedOn(CardPlace at) {
    if (story.asking().contains(at)) {
      return Optional.empty();
    }
    return file.openStage()
        .flatMap(
            now ->
                story.past().reversed().stream()
                    .filter(p -> p.asked().contains(at))
                    .findFirst()
                    .map(here -> passedOn(here, now)));
  }

  private Story passedOn(Past here, Stage now) {
    Line lead = Line.of().say("Stage " + here.stage().ordinal() + " " + came(here) + ". ");
    lead.name(now.name()).say(agreed(here) ? " must agree too" : " now decide");
    boolean alone = story.asking().stream().anyMatch(CardPlace::isOwnChat);
    lead.say(alone ? ", each in a chat of their own." : ", in their own channel.");
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(ended(here), Line.of().dateTime(end(here, now)).runs()));
    rows.add(new Row("Votes", votes(here, now)));
    rows.add(
        new Row(
            "Decide by",
            Line.of().dateTime(now.closes()).say(", then it " + Facts.afterwards(now)).runs()));
    return Story.of(
        "escalated",
        "Passed to stage " + now.ordinal() + ": still held",
        lead.runs(),
        new Group("proof", "", rows));
  }

  private List<Run> votes(Past here, Stage now) {
    Line line = Line.of().say("stage " + now.ordinal() + " starts at 0 of " + now.quorum());
    List<Vote> votes = here.votes().subList(0, Math.min(MOST_VOTES, here.votes().size()));
    for (int i = 0; i < votes.size(); i++) {
      line.say(i == 0 ? "; the vote" + (votes.size() == 1 ? " of " : "s of ") : ", ");
      line.add(ballots.person(votes.get(i)));
    }
    return line.say(
            switch (votes.size()) {
              case 0 -> "";
              case 1 -> " is shown there, not counted";
              default -> " are shown there, not counted";
            })
        .runs();
  }

  /** What earlier stages came to, on the card that asks now; empty where there were none. */
  Optional<Group> group() {
    Optional<Stage> now = file.openStage();
    if (now.isEmpty() || story.past().isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = new ArrayList<>();
    int left = MOST_VOTES;
    for (Past past : story.past()) {
      Line end = Line.of().dateTime(end(past, now.get())).say(", it " + came(past));
      rows.add(new Row(ended(past), end.runs()));
      List<Vote> shown = past.votes().subList(0, Math.min(left, past.votes().size()));
      shown.forEach(vote -> rows.addAll(vote(vote)));
      left -= shown.size();
    }
    return Optional.of(new Group("earlier", "", rows));
  }

  private List<Row> vote(Vote vote) {
    String choice = Wording.votedFor(vote.choice(), file.envelope().recipients().size());
    Line line = Line.of().add(ballots.person(vote)).say(" voted " + choice + ", not counted here");
    List<Row> rows = new ArrayList<>(List.of(new Row("Earlier vote", line.runs())));
    if (!vote.reason().isBlank()) {
      rows.add(new Row("Reason given", Line.quoted(vote.reason(), REASON)));
    }
    return rows;
  }

  private static boolean agreed(Past past) {
    return past.stage().state() == Stage.State.CARRIED;
  }

  private static String ended(Past past) {
    return "Stage " + past.stage().ordinal() + (agreed(past) ? " agreed" : " ended");
  }

  private static String came(Past past) {
    return agreed(past)
        ? "agreed to release"
        : "ended with "
            + Ballots.ahead(past.votes())
            + " of "
            + Wording.count(past.stage().quorum(), "vote");
  }

  /** A stage is over when the next one opens. */
  private Instant end(Past past, Stage now) {
    int next = story.past().indexOf(past) + 1;
    return next < story.past().size() ? story.past().get(next).stage().opens() : now.opens();
  }
}
