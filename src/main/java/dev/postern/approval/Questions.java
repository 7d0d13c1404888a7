package dev.postern.approval;

import java.time.Instant;

/** What becomes of questions and notices that do not get to whom they are for. */
public final class Questions {
  private final Records records;

  /** Takes its part. */
  public Questions(Records records) {
    this.records = records;
  }

  /**
   * Nobody can be asked, or told, at a place: said on every card, once. An answer that came
   * nevertheless stands.
   */
  public void unreached(CaseId id, CardPlace at, Testimony.Absence why, Instant now) {
    records.change(
        id,
        (tx, _) -> {
          tx.handOvers().stream()
              .filter(over -> over.told().filter(at::equals).isPresent())
              .filter(over -> over.untold().isEmpty())
              .forEach(
                  over -> {
                    tx.untold(over.untold(why));
                    tx.log(
                        "postern",
                        "approver.untold",
                        "person=" + over.to().id() + " why=" + why.word());
                  });
          tx.testimonies().stream()
              .filter(asked -> asked.place().equals(at))
              .filter(asked -> asked.reply().isEmpty() && asked.unreached().isEmpty())
              .findFirst()
              .ifPresent(
                  asked -> {
                    tx.testify(asked.unreached(new Testimony.Unreached(why, now)));
                    tx.log(
                        "postern",
                        "witness.unreached",
                        "person=" + asked.personId() + " why=" + why.word());
                  });
          return null;
        });
  }
}
