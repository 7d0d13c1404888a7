package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnDiscard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Puts the question of a stage on cards, where the people of the stage look. */
final class Placement {
  private final Electorate electorate;
  private final List<CardPlace> usual;
  private final RandomGenerator random;

  /**
   * Takes its parts.
   *
   * @param usual where people are asked, unless their stage has channels of its own
   * @param random a cryptographic source, for token ids
   */
  Placement(Electorate electorate, List<CardPlace> usual, RandomGenerator random) {
    this.electorate = electorate;
    this.usual = List.copyOf(usual);
    this.random = random;
  }

  /** Where cases stand that ask nobody any more. */
  List<CardPlace> usual() {
    return usual;
  }

  /** Where a stage is shown before it is known whom it asks. */
  List<CardPlace> beforeAsking(StagePlan plan) {
    return plan.asked().inOwnChats() ? withWeb(named(plan).toList()) : of(plan, List.of());
  }

  /** The web page shows every case; people look for the card where the policy puts it. */
  private List<CardPlace> of(StagePlan plan, List<CardPlace> chats) {
    List<CardPlace> there = Stream.concat(named(plan), chats.stream()).toList();
    return there.isEmpty() ? usual : withWeb(there);
  }

  private static Stream<CardPlace> named(StagePlan plan) {
    return plan.asked().channels().stream()
        .filter(channel -> !channel.equals(StagePlan.OWN_CHATS))
        .map(CardPlace::parse);
  }

  private static List<CardPlace> withWeb(List<CardPlace> places) {
    return Stream.concat(Stream.of(CardPlace.WEB), places.stream()).toList();
  }

  /** Asks. Where somebody is to be asked alone, it is noted who, and who cannot be. */
  void ask(Tx tx, Stage stage, StagePlan plan, Digest digest) {
    List<CardPlace> chats = new ArrayList<>();
    if (plan.asked().inOwnChats()) {
      for (String approver : stage.approvers()) {
        electorate
            .person(Identity.ofPostern(approver))
            .ifPresent(person -> chats.addAll(chats(tx, stage, person)));
      }
    }
    mint(tx, stage, digest, of(plan, chats));
  }

  /** Asks somebody, too, who took a place in a stage that asks everybody alone. */
  void askToo(Tx tx, Stage stage, Digest digest, Person person) {
    mint(tx, stage, digest, chats(tx, stage, person));
    elsewhere(tx, stage, digest);
  }

  private static List<CardPlace> chats(Tx tx, Stage stage, Person person) {
    List<CardPlace> chats = person.ownChats();
    HandOver.Party who = HandOver.Party.of(person);
    for (CardPlace chat : chats) {
      tx.askAlone(new OwnChat(stage.id(), who, Optional.of(chat), Optional.empty()));
    }
    if (chats.isEmpty()) {
      Testimony.Absence why = Testimony.Absence.NO_ACCOUNT;
      tx.askAlone(new OwnChat(stage.id(), who, Optional.empty(), Optional.of(why)));
      tx.log("postern", "approver.unasked", "person=" + person.id() + " why=" + why.word());
    }
    return chats;
  }

  /** Asks an open stage in the usual places, where no chat is left that anybody can be asked in. */
  void elsewhere(Tx tx, Stage stage, Digest digest) {
    List<OwnChat> asked =
        tx.ownChats().stream().filter(chat -> chat.stageId() == stage.id()).toList();
    // Whoever left the stage may still have a card of it, which asks them no longer.
    boolean alone =
        asked.stream()
            .filter(chat -> stage.approvers().contains(chat.person().id()))
            .anyMatch(chat -> chat.missing().isEmpty());
    Set<CardPlace> there = tx.asking(stage.id());
    boolean together =
        there.stream().anyMatch(place -> !place.isOwnChat() && !place.equals(CardPlace.WEB));
    if (!asked.isEmpty() && !alone && !together) {
      tx.log("postern", "stage.elsewhere", "stage=" + stage.ordinal());
      mint(tx, stage, digest, usual.stream().filter(place -> !there.contains(place)).toList());
    }
  }

  /** Puts a token of a stage on the card at each place. */
  void mint(Tx tx, Stage stage, Digest digest, List<CardPlace> at) {
    for (CardPlace place : at) {
      tx.mint(token(tx.card(place), stage, digest));
    }
  }

  TokenId newToken() {
    return TokenId.random(random);
  }

  private TokenRow token(CardRow card, Stage stage, Digest digest) {
    // Split votes need as many uses as there are people; a stage of one vote is decided by the
    // first.
    boolean first = stage.quorum() == 1 && stage.terms().onDiscard() == OnDiscard.STOP;
    int uses = first ? 1 : Math.max(1, stage.approvers().size());
    return new TokenRow(
        newToken(),
        card.caseId(),
        stage.id(),
        card.id(),
        card.place(),
        digest,
        stage.closes(),
        uses);
  }
}
