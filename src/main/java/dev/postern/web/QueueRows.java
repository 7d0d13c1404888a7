package dev.postern.web;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.SUBJECT;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Petition;
import dev.postern.approval.Stage;
import dev.postern.card.CardView;
import dev.postern.card.Cleaner;
import dev.postern.card.Wording;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes one line of the queue from one case. */
final class QueueRows {
  private final CaseCards cards;

  QueueRows(CaseCards cards) {
    this.cards = cards;
  }

  QueueScreen.Row row(CaseFile file, Instant now) {
    CardView card = cards.toRead(file);
    Optional<Stage> open = file.openStage();
    Optional<GrantTerms> petition = file.petition().map(Petition::terms);
    // A request bears who asks where a message bears what its sender claims to be called.
    String name = petition.isPresent() ? "" : file.message().fromName();
    String from = petition.map(it -> it.from().text()).orElse(file.message().from());
    String to =
        petition
            .map(it -> it.to().map(Party::text).orElse("everybody"))
            .orElseGet(() -> file.envelope().recipients().getFirst().toString());
    return new QueueScreen.Row(
        file.id().text(),
        card,
        Mark.of(card),
        petition.isPresent() ? List.of() : Chip.of(file.evidence()),
        Piece.of(Cleaner.clean(file.message().subject(), SUBJECT)),
        Piece.of(Cleaner.clean(from, ADDRESS)),
        name.isEmpty() ? Optional.empty() : Optional.of(Piece.of(Cleaner.clean(name, NAME))),
        Piece.of(Cleaner.clean(to, ADDRESS)),
        file.envelope().recipients().size() - 1,
        open.map(s -> Due.at(s.closes(), now)),
        file.receivedAt(),
        Due.span(Duration.between(file.receivedAt(), now)),
        open.map(Stage::name).orElse(""),
        open.map(s -> "Stage " + s.ordinal() + " of " + s.of()).orElse(""),
        open.isPresent() ? voted(file) : List.of());
  }

  private static List<QueueScreen.Voted> voted(CaseFile file) {
    int recipients = file.envelope().recipients().size();
    return file.votes().stream()
        .map(
            v ->
                new QueueScreen.Voted(
                    Piece.of(Cleaner.clean(v.personName(), NAME)),
                    Wording.votedFor(v.choice(), recipients)))
        .toList();
  }
}
