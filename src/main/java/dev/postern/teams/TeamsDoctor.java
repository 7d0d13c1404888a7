package dev.postern.teams;

import dev.postern.card.ClockCheck;
import dev.postern.card.Doctor;
import dev.postern.card.Finding;
import dev.postern.card.SurfaceTrouble;
import dev.postern.teams.card.ProbeCard;
import dev.postern.teams.door.DoorCheck;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Courier;
import dev.postern.teams.wire.Login;
import dev.postern.teams.wire.MemberPage;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks Teams over for whoever sets it up: what is wrong, why that matters, what to click. Reads
 * only, but for the test card; needs no running Postern, and so asks at the usual address what a
 * running one asks at those that Teams gave.
 */
public final class TeamsDoctor implements Doctor {
  private static final ClockCheck CLOCKS = new ClockCheck("Entra's", DoorCheck.TOLERANCE);

  private final TeamsSettings settings;
  private final Watched watched;
  private final Emulators emulators;
  private final InstantSource clock;
  private final Courier courier = new Courier();
  private final Login login;
  private final Connector connector;

  /** Asks nothing yet. */
  public TeamsDoctor(
      TeamsSettings settings, Watched watched, Emulators emulators, InstantSource clock) {
    this.settings = settings;
    this.watched = watched;
    this.emulators = emulators;
    this.clock = clock;
    this.login = new Login(settings.registration(), courier, clock);
    this.connector = new Connector(login, courier, settings.outside().serviceUrls(), clock);
  }

  @Override
  public List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    if (signedIn(findings)) {
      List<Conversation> open = channels(findings);
      if (!open.isEmpty()) {
        findings.addAll(new PeopleCheck(connector, open, tenant()).of(watched.people()));
      }
      findings.addAll(
          new GroupCheck(connector, this::at, settings.graph(courier, clock), tenant())
              .of(watched.groups()));
    }
    findings.add(keys());
    emulators().ifPresent(findings::add);
    return findings;
  }

  private String tenant() {
    return settings.app().homeTenant();
  }

  private boolean signedIn(List<Finding> findings) {
    try {
      Optional<Finding> time = login.check().map(sent -> CLOCKS.compare(sent, clock.instant()));
      findings.add(
          Finding.well(
              "Entra lets app "
                  + settings.app().id()
                  + " of tenant "
                  + settings.app().homeTenant()
                  + " in."));
      time.ifPresent(findings::add);
      return true;
    } catch (SurfaceTrouble trouble) {
      findings.add(
          Finding.told(
              "",
              trouble,
              "Without a token Postern can neither post cards nor ask who somebody is.",
              "entra.microsoft.com → App registrations → your app: Overview has the two ids,"
                  + " Certificates & secrets what proves that Postern is the app (docs/teams.md,"
                  + " \"Signing in\")."));
      return false;
    }
  }

  /** The channels and chats that the app is in. */
  private List<Conversation> channels(List<Finding> findings) {
    List<Conversation> open = new ArrayList<>();
    for (String id : watched.channels()) {
      Conversation at = at(id);
      try {
        MemberPage members = connector.members(at, Optional.empty());
        open.add(at);
        findings.add(
            Finding.well(
                "The app is in channel " + id + "; members there: " + size(members) + "."));
      } catch (SurfaceTrouble trouble) {
        findings.add(
            teamsSays(
                "Channel " + id + ": ",
                trouble,
                "Cards for this channel reach nobody there; they can be decided on the web page."));
      }
    }
    return open;
  }

  private static String size(MemberPage members) {
    return (members.next().isPresent() ? "at least " : "") + members.members().size();
  }

  private Conversation at(String id) {
    return new Conversation(settings.outside().usualService().toString(), id);
  }

  private static Finding teamsSays(String about, SurfaceTrouble trouble, String why) {
    return Finding.told(
        about,
        trouble,
        why,
        "In Teams: the team → Manage team → Apps: add Postern. Where the channel is gone, put"
            + " another one's id into teams.channels.default or the policy: the channel's ⋯ → Get"
            + " link to channel.");
  }

  private Finding keys() {
    try (DoorCheck door = new DoorCheck(settings, emulators, clock)) {
      return door.look()
          .map(
              trouble ->
                  Finding.wrong(
                      "The keys of Teams' requests are not to be had: " + trouble + ".",
                      "Without them no press and no command is believed.",
                      "Let this machine reach teams.metadata-url by HTTPS; behind a proxy, look"
                          + " whether it answers in Microsoft's place."))
          .orElseGet(() -> Finding.well("The keys that Teams signs its requests with are there."));
    }
  }

  private Optional<Finding> emulators() {
    List<String> named = settings.outside().emulatorIssuers();
    return named.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.advice(
                "teams.emulator-issuers is set: besides Teams are believed "
                    + String.join(", ", named)
                    + ".",
                "Whoever reaches Postern here could be anybody; it is for trials on one machine.",
                "Take teams.emulator-issuers out of the settings when the trial is over."));
  }

  /** Whoever presses its button is told by a running Postern how long that took. */
  @Override
  public Finding testCard() {
    String channel = settings.defaultChannel();
    Conversation at = at(channel);
    try {
      if (Places.isChannel(channel)) {
        connector.thread(at.service(), channel, settings.home(), ProbeCard.message());
      } else {
        connector.send(at, ProbeCard.message());
      }
      return Finding.well(
          "A test card stands in channel "
              + channel
              + ": press its button. A running Postern answers you alone with the time it took. A"
              + " warning instead: Teams does not reach it.");
    } catch (SurfaceTrouble trouble) {
      return teamsSays("The test card: ", trouble, "No card reaches this channel.");
    }
  }

  @Override
  public void close() {
    courier.close();
  }
}
