package dev.postern.teams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.door.Activity;
import dev.postern.teams.door.Reply;
import dev.postern.teams.wire.Connector;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The app comes into teams and chats and leaves them; channels come and go. */
final class Installs {
  private static final Logger log = LoggerFactory.getLogger(Installs.class);

  private final Places places;
  private final Connector connector;
  private final Members members;
  private final Executor afterwards;

  /**
   * Takes its parts.
   *
   * @param afterwards asks Teams for channels, so that its request is not kept waiting
   */
  Installs(Places places, Connector connector, Members members, Executor afterwards) {
    this.places = places;
    this.connector = connector;
    this.members = members;
    this.afterwards = afterwards;
  }

  /** Something changed there. What could not be written down Teams is to say again. */
  Reply changed(Activity heard) {
    JsonNode json = heard.json();
    String event = Claim.text(json, "channelData", "eventType");
    try {
      if (event.equals("channelDeleted")) {
        places.gone(Claim.text(json, "channelData", "channel", "id"));
      } else if (left(heard, event)) {
        places.left(heard);
        log.info("teams.left place={}", heard.conversation());
      } else {
        places.learn(heard);
        String team = Places.team(heard);
        if (!team.isEmpty() && arrived(heard)) {
          afterwards.execute(() -> channels(team, heard.serviceUrl().toString()));
        }
      }
      return Reply.ok();
    } catch (RuntimeException storeTrouble) {
      log.warn("A change in Teams could not be written down: {}", storeTrouble.toString());
      return Reply.problem(503, "Not now", "Postern cannot write this down at the moment.");
    }
  }

  private static boolean arrived(Activity heard) {
    return Claim.text(heard.json(), "action").startsWith("add")
        || names(heard, "membersAdded", Claim.text(heard.json(), "recipient", "id"));
  }

  private static boolean names(Activity heard, String field, String bot) {
    for (JsonNode member : heard.json().path(field)) {
      if (!bot.isEmpty() && Claim.text(member, "id").equals(bot)) {
        return true;
      }
    }
    return false;
  }

  private static boolean left(Activity heard, String event) {
    JsonNode json = heard.json();
    boolean uninstalled =
        heard.type().equals("installationUpdate")
            && Claim.text(json, "action").startsWith("remove");
    boolean deleted = event.equals("teamDeleted") || event.equals("teamHardDeleted");
    return uninstalled
        || deleted
        || names(heard, "membersRemoved", Claim.text(json, "recipient", "id"));
  }

  private void channels(String team, String service) {
    try {
      places.learn(team, service, connector.channels(service, team));
      members.meet();
    } catch (SurfaceTrouble trouble) {
      log.warn("The channels of a team could not be read: {}", trouble.getMessage());
    } catch (RuntimeException storeTrouble) {
      log.warn("The channels of a team could not be kept: {}", storeTrouble.toString());
    }
  }
}
