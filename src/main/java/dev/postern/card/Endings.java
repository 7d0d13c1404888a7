package dev.postern.card;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Choice;
import dev.postern.approval.Decision;
import dev.postern.approval.Stage;
import dev.postern.card.CardView.Group;
import dev.postern.card.CardView.Row;
import dev.postern.card.CardWriter.Story;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.Ruling.ByGrant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What became of a case that people were asked about, never said before it was proved. */
final class Endings {
  private final CaseFile file;
  private final Ballots ballots;
  private final Proof proof;
  private final int recipients;

  Endings(CaseFile file, Ballots ballots) {
    this.file = file;
    this.ballots = ballots;
    this.proof = new Proof(file);
    this.recipients = file.envelope().recipients().size();
  }

  /** Decided; the mail system has not proved it yet. */
  Story underWay() {
    boolean discard = discards();
    Line lead = decidedBy().say(" decided. ");
    lead.say(
        discard
            ? "Waiting for the mail system to delete it. Nothing to do."
            : "Waiting for the mail server to accept it. Nothing to do.");
    String state = discard ? "discarding" : "releasing";
    String title = discard ? "Discarding…" : "Releasing…";
    if (file.trouble().isBlank()) {
      return Story.of(state, title, lead.runs());
    }
    List<Row> rows = new ArrayList<>(proof.rows());
    rows.add(new Row("Next", Line.own(file.trouble())));
    return Story.of(state, title, lead.runs(), news(rows));
  }

  /** Proved. A proof that is missing is not made up: then it is still under way. */
  Story done() {
    if (discards()) {
      return proof.discarded() ? discarded() : underWay();
    }
    return proof.released().isEmpty() ? underWay() : released();
  }

  private Story discarded() {
    Line lead = decidedBy();
    lead.say(
        " discarded it for "
            + (recipients == 1 ? "its recipient" : "all " + recipients + " recipients")
            + ". The sender was not told.");
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Discarded at", Line.of().dateTime(file.changedAt()).runs()));
    rows.addAll(proof.rows());
    rows.addAll(why());
    String gone = file.rawKept() ? "." : ". The message itself is gone.";
    rows.add(new Row("Kept", Line.own("evidence and log" + gone)));
    return Story.of("discarded", "Discarded", lead.runs(), news(rows));
  }

  private Story released() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Released at", Line.of().dateTime(file.changedAt()).runs()));
    rows.addAll(proof.rows());
    List<EmailAddress> leftOut = leftOut();
    if (!leftOut.isEmpty()) {
      rows.add(new Row("Not chosen", Facts.addresses(leftOut).runs()));
    }
    if (proof.permanent()) {
      rows.add(new Row("Next", Line.own("Permanent refusal: not retried.")));
    }
    rows.addAll(why());
    rows.add(new Row("Took", Line.own(took())));
    String title = "Released to " + Wording.some(proof.released().size(), recipients);
    return Story.of("released", title, releasedLead(), news(rows));
  }

  private List<Run> releasedLead() {
    int refused = proof.refused().size();
    Line lead = Line.of();
    Optional<Decision> decision = file.decision();
    if (decision.filter(Endings::unasked).isPresent()) {
      lead.addAll(decidedBy().runs()).say(" released it, nobody was asked. ");
    } else {
      lead.say("Approved by ").addAll(decidedBy().runs()).say(". ");
    }
    return lead.say(
            switch (refused) {
              case 0 -> "The mail server took it.";
              case 1 -> "One recipient was refused: that copy was not delivered.";
              default -> refused + " recipients were refused: their copies were not delivered.";
            })
        .runs();
  }

  /** The reasons that people gave, or the one that the policy file gives. */
  private List<Row> why() {
    Optional<Decision> decision = file.decision();
    Optional<ByGrant> grant = file.ruling().flatMap(it -> it.notes().granted());
    if (decision.filter(d -> d.by() == Decision.By.GRANT).isPresent() && grant.isPresent()) {
      return List.of(new Row("Because", GrantCards.sentence(grant.get())));
    }
    if (decision.filter(Endings::unasked).isPresent()) {
      return file
          .ruling()
          .filter(r -> !r.reason().isBlank())
          .map(r -> new Row("Because", Line.of().reason("", r.reason()).runs()))
          .stream()
          .toList();
    }
    return decision.map(d -> ballots.reasons(file, d)).orElse(List.of());
  }

  private static boolean unasked(Decision it) {
    return it.by() == Decision.By.RULE || it.by() == Decision.By.GRANT;
  }

  private List<EmailAddress> leftOut() {
    return file.decision()
        .map(Decision::choice)
        .filter(Choice.ReleaseTo.class::isInstance)
        .map(Choice.ReleaseTo.class::cast)
        .map(
            chosen ->
                file.envelope().recipients().stream()
                    .filter(r -> !chosen.recipients().contains(r))
                    .toList())
        .orElse(List.of());
  }

  private String took() {
    Duration held = Duration.between(file.receivedAt(), file.changedAt());
    String votes = file.votes().isEmpty() ? "" : ", " + Wording.count(file.votes().size(), "vote");
    return Wording.length(held) + " held" + votes;
  }

  /** Nobody decided in time. */
  Story expired() {
    List<Row> rows = new ArrayList<>();
    file.stage().ifPresent(stage -> rows.addAll(timeEnded(stage)));
    rows.addAll(proof.rows());
    rows.add(new Row("Next", Line.own("It stays held. Postern deletes nothing by itself.")));
    String lead =
        CardWriter.sentences(
            file.warning(), nothingDelivered(), "Buttons on older cards no longer work.");
    return Story.of("expired", "No decision in time: still held", Line.own(lead), news(rows));
  }

  private List<Row> timeEnded(Stage stage) {
    Line votes = Line.of().say(Ballots.ahead(file.votes()) + " of " + stage.quorum());
    for (int i = 0; i < file.votes().size(); i++) {
      votes.say(i == 0 ? ", by " : ", ").add(ballots.person(file.votes().get(i)));
    }
    votes.say(
        switch (file.votes().size()) {
          case 0 -> "";
          case 1 -> ". It counts no longer.";
          default -> ". They count no longer.";
        });
    return List.of(
        new Row("Time ended", Line.of().dateTime(stage.closes()).runs()),
        new Row("Votes", votes.runs()));
  }

  /** The mail system did not do it; people are asked again where a stage is open. */
  Story failed() {
    int released = proof.released().size();
    String title =
        discards()
            ? "Discard failed: still held"
            : proof.uncertain()
                ? "Release not proved"
                : released == 0
                    ? "Release failed: still held"
                    : "Released to " + Wording.some(released, recipients);
    String lead =
        CardWriter.sentences(
            file.warning().isBlank() ? "The mail server did not take it." : file.warning(),
            nothingDelivered(),
            file.openStage().isPresent() ? "It stays held. Please decide again." : "It stays held.",
            ballots.untold(file));
    List<Group> groups = new ArrayList<>();
    groups.add(news(proof.rows()));
    if (file.openStage().isPresent() && !file.votes().isEmpty()) {
      groups.add(ballots.group(file));
    }
    return new Story("failed", title, List.of(Line.own(lead)), groups);
  }

  /** Somebody else took it out of the mail system. */
  Story withdrawn() {
    List<Row> rows = proof.rows();
    String lead = "The mail system no longer has this message. Postern can do nothing more.";
    return rows.isEmpty()
        ? Story.of("withdrawn", "No longer held", Line.own(lead))
        : Story.of("withdrawn", "No longer held", Line.own(lead), news(rows));
  }

  /** Said only where it is known. */
  private String nothingDelivered() {
    boolean doubtful = proof.uncertain() || file.warning().contains("may have been delivered");
    return proof.released().isEmpty() && !doubtful ? "Nothing was delivered." : "";
  }

  private boolean discards() {
    return file.decision().filter(d -> d.choice() instanceof Choice.Discard).isPresent();
  }

  private Line decidedBy() {
    return file.decision()
        .map(d -> ballots.deciders(file, d))
        .orElseGet(() -> Line.of().say("Somebody"));
  }

  private static Group news(List<Row> rows) {
    return new Group("proof", "", rows);
  }
}
