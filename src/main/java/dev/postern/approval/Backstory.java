package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.evidence.Evidence;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What came before the newest stage of a case, as far as a card tells it.
 *
 * @param asking where the newest stage asks; empty while there is no earlier one to tell it from
 * @param past stages of the same round that are over, oldest first
 * @param before what people were asked about in the round before, where that was something else
 * @param testimonies recipients who were asked, oldest first
 * @param looked when somebody last had the evidence looked for again, without anything new; empty
 *     when nobody had
 * @param handOvers places in its stages that were given to others, oldest first
 * @param ownChats those who are asked alone, or cannot be, by their stages
 * @param first the platform's link to the card that asked first, or for somebody who took a place
 *     to the one that asks; empty where that is not known, or where that card is the same
 * @param together the others that one card asks about with it; empty where it is alone
 */
public record Backstory(
    Set<CardPlace> asking,
    List<Past> past,
    Optional<Before> before,
    List<Testimony> testimonies,
    Optional<Instant> looked,
    List<HandOver> handOvers,
    List<OwnChat> ownChats,
    Optional<URI> first,
    Optional<Together> together) {
  private static final Backstory NONE = new Backstory(Set.of(), List.of(), Optional.empty());

  /** What earlier stages came to, and nothing else. */
  public Backstory(Set<CardPlace> asking, List<Past> past, Optional<Before> before) {
    this(
        asking,
        past,
        before,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Copies its lists, so that a story never changes. */
  public Backstory {
    asking = Set.copyOf(asking);
    past = List.copyOf(past);
    testimonies = List.copyOf(testimonies);
    handOvers = List.copyOf(handOvers);
    ownChats = List.copyOf(ownChats);
  }

  /** The same with what is known beside the stages. */
  public Backstory with(List<Testimony> heard, Optional<Instant> lookedAt) {
    return new Backstory(
        asking, past, before, heard, lookedAt, handOvers, ownChats, first, together);
  }

  /** The same with what was handed over. */
  public Backstory handed(List<HandOver> over) {
    return new Backstory(
        asking, past, before, testimonies, looked, over, ownChats, first, together);
  }

  /** The same with those who are asked alone. */
  public Backstory askedAlone(List<OwnChat> chats) {
    return new Backstory(
        asking, past, before, testimonies, looked, handOvers, chats, first, together);
  }

  /** The same with a link to the card that asked first. */
  public Backstory linked(Optional<URI> firstCard) {
    return new Backstory(
        asking, past, before, testimonies, looked, handOvers, ownChats, firstCard, together);
  }

  /** The same with the others that are decided with it. */
  public Backstory among(Optional<Together> others) {
    return new Backstory(
        asking, past, before, testimonies, looked, handOvers, ownChats, first, others);
  }

  /** Whether the card at a place asks people who have not seen the one that asked first. */
  public boolean elsewhere(CardPlace place) {
    return asking.contains(place) && !past.isEmpty() && !past.getFirst().asked().contains(place);
  }

  /** The question that stands at a place; empty where a card of the case itself stands. */
  public Optional<Testimony> questionAt(CardPlace place) {
    return testimonies.stream().filter(t -> t.place().equals(place)).findFirst();
  }

  /**
   * The newest notice of a place that was handed over, for whoever sees that place alone; empty
   * where a card of the case or a question stands.
   */
  public Optional<HandOver> noticeAt(CardPlace place) {
    return questionAt(place).isPresent()
        ? Optional.empty()
        : handOvers.stream()
            .filter(over -> over.told().filter(place::equals).isPresent())
            .reduce((_, newer) -> newer);
  }

  /**
   * A stage that is over.
   *
   * @param stage as it ended
   * @param votes those that stood then
   * @param asked where its cards stood
   */
  public record Past(Stage stage, List<Vote> votes, Set<CardPlace> asked) {
    /** Copies its lists, so that the past never changes. */
    public Past {
      votes = List.copyOf(votes);
      asked = Set.copyOf(asked);
    }
  }

  /**
   * The evidence that was superseded.
   *
   * @param evidence as it was
   * @param digest of it
   * @param votes how many votes stood for it, which count no longer
   */
  public record Before(Evidence evidence, Digest digest, int votes) {}

  /** Nothing came before. */
  public static Backstory none() {
    return NONE;
  }

  /** Stages that were over before the newest one opened, in the same round. */
  public static List<Stage> before(Stage newest, List<Stage> all) {
    return all.stream()
        .filter(s -> s.place().round() == newest.place().round())
        .filter(s -> !s.breakGlass() && s.id() < newest.id())
        .toList();
  }

  /** The stage of the round before that ended since something else was to be asked. */
  public static Optional<Stage> superseded(Stage newest, List<Stage> all) {
    return all.stream()
        .filter(s -> s.place().round() == newest.place().round() - 1 && !s.breakGlass())
        .reduce((_, last) -> last)
        .filter(s -> s.state() == Stage.State.SUPERSEDED);
  }
}
