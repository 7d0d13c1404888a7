package dev.postern.card;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.Accounts;
import dev.postern.approval.Directory;
import dev.postern.approval.Reading;
import dev.postern.fake.Mishap;
import dev.postern.store.World;
import io.javalin.config.RoutesConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A strict fake of a chat platform with its people, and their hands: what they see, press and are
 * told. People go by the names of the test; {@code guest} is a guest's account, {@code stranger} a
 * full member whom the settings do not name.
 */
public interface Chat extends AutoCloseable {

  /** What Postern starts for the platform. */
  interface Room extends AutoCloseable {
    Surface surface();

    Accounts accounts();

    /** Adds the way in. */
    void register(RoutesConfig routes);

    /** What readiness says is wrong. */
    Optional<String> trouble();

    @Override
    void close();
  }

  /**
   * What that needs of the rest.
   *
   * @param world the desk, the store and the clock
   * @param directory who is who
   */
  record Parts(World world, Directory directory) {
    /** Looks cases up, and no domains. */
    public LookupParts lookups() {
      return new LookupParts(
          new Reading(world.records, world.desk::ballot),
          domain -> {
            throw new AssertionError("nobody looks up " + domain);
          },
          world.brake,
          world.petitions,
          Map::of);
    }
  }

  /**
   * A message as people see it.
   *
   * @param place the channel, chat or thread where it stands
   * @param id what the platform calls it there
   * @param content blocks, or an Adaptive Card
   */
  record Seen(String place, String id, JsonNode content) {
    /** Whether it shows these words. */
    public boolean says(String words) {
      return content.toString().contains(words);
    }

    /** Whether somebody can decide on it. */
    public boolean asks() {
      return says("\"pn.release\"") && says("\"pn.discard\"");
    }
  }

  /** The platform as card rows name it. */
  String name();

  /** The channel that cards go to. */
  String channel();

  /** Another one. */
  String leads();

  /** The account of somebody. */
  String account(String person);

  /** Takes the platform up, again after a restart. */
  Room room(Parts parts) throws Exception;

  /** Postern listens there from now on. */
  void reach(String url) throws Exception;

  /** The settings of a whole Postern that lead here, where these people are administrators. */
  Map<String, String> settings(String... people);

  /** All messages to all and to single persons, oldest first; private answers are none. */
  List<Seen> messages();

  /** Whether a message is this view, word for word. */
  boolean shows(Seen message, CardView view);

  /**
   * Somebody presses Release and fills in what is asked; returns when the platform has its answer.
   *
   * @param to numbers of recipients from 1; none for all of them
   */
  void release(String person, Seen card, List<Integer> to, String reason);

  /** Somebody presses Discard, and fills in what is asked. */
  void discard(String person, Seen card, String reason);

  /** The same, with the box ticked that says it of later messages, too. */
  void discardAndLater(String person, Seen card, String reason);

  /** Somebody who was asked in private says whether they expected the mail. */
  void testify(String person, Seen question, boolean expected);

  /** What was sent last is delivered once more. */
  void again();

  /** Somebody opens all the evidence; what they see. */
  String evidence(String person, Seen card);

  /** Somebody leaves the decision to the others, by the form behind the card's other actions. */
  void stepAside(String person, Seen card);

  /** The next thing that somebody alone was told; empty while there is none. */
  Optional<String> told(String person);

  /** How a full member is turned away whom the settings do not name. */
  String refusalOfStrangers();

  /** The next posts go wrong like this. */
  void spoilPosts(Mishap... mishaps);

  /** From now on everything goes wrong like this. */
  void weather(Supplier<Optional<Mishap>> weather);

  /** Why the platform refused something that no correct client asks. */
  List<String> faults();

  @Override
  void close();
}
