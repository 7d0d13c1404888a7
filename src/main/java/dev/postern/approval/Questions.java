package dev.postern.approval;

import java.time.Instant;

/** What becomes of cards for one person that do not get to whom they are for. */
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
          tx.ownChats().stream()
              .filter(chat -> chat.place().filter(at::equals).isPresent())
              .filter(chat -> chat.missing().isEmpty())
              .forEach(chat -> unasked(tx, chat.missing(why), now));
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

  /** Whether others are left to be asked is looked at in a transaction of its own. */
  private static void unasked(Tx tx, OwnChat chat, Instant now) {
    String surface = chat.place().orElseThrow().surface();
    tx.unasked(chat);
    tx.log(
        "postern",
        "approver.unasked",
        "person="
            + chat.person().id()
            + " surface="
            + surface
            + " why="
            + chat.missing().orElseThrow().word());
    tx.wake(Work.ELSEWHERE, chat.stageId() + "#" + chat.person().id() + " " + surface, now);
  }
}
