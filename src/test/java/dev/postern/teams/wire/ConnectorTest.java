package dev.postern.teams.wire;

import static dev.postern.teams.wire.ConnectorRoom.CHANNEL;
import static dev.postern.teams.wire.ConnectorRoom.HOME;
import static dev.postern.teams.wire.ConnectorRoom.KIM;
import static dev.postern.teams.wire.ConnectorRoom.KIM_OBJECT;
import static dev.postern.teams.wire.ConnectorRoom.TEAM;
import static dev.postern.teams.wire.ConnectorRoom.text;
import static dev.postern.teams.wire.ConnectorRoom.trouble;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.fake.FakeHttp.Ask;
import dev.postern.teams.TeamsPlaces.Message;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorTest {
  private final ConnectorRoom room = new ConnectorRoom();
  private final Connector connector = room.connector;

  @AfterEach
  void nothingWasAskedThatTeamsDoesNotKnow() {
    room.close();
    assertThat(room.teams.faults).isEmpty();
  }

  @Test
  void aMessageIsPostedChangedAndRemoved() throws SurfaceTrouble {
    String id = connector.send(room.channel, text("one"));
    connector.update(room.channel, id, text("two"));

    assertThat(room.teams.places.messages())
        .singleElement()
        .satisfies(
            m -> {
              assertThat(m.id()).isEqualTo(id);
              assertThat(m.activity().path("text").asText()).isEqualTo("two");
              assertThat(m.edits()).isEqualTo(1);
            });
    connector.delete(room.channel, id);
    assertThat(room.teams.places.messages()).isEmpty();
    assertThat(room.entra.http.asks).hasSize(1);
  }

  @Test
  void aThreadBeginsInAChannelAndIsAnsweredInIt() throws SurfaceTrouble {
    Opened thread = connector.thread(room.teams.url(), CHANNEL, HOME, text("first"));
    String first = thread.activityId().orElseThrow();
    Conversation at = new Conversation(room.teams.url(), thread.id());

    String second = connector.send(at, text("second"));
    connector.update(at, first, text("first, changed"));

    assertThat(thread.id()).isEqualTo(CHANNEL + ";messageid=" + first);
    assertThat(room.teams.places.messages())
        .extracting(Message::id, Message::replyTo, m -> m.activity().path("text").asText())
        .containsExactly(
            tuple(first, Optional.empty(), "first, changed"),
            tuple(second, Optional.empty(), "second"));
  }

  @Test
  void aPersonalChatIsFoundAgain() throws SurfaceTrouble {
    Opened once = connector.chat(room.teams.url(), KIM, HOME);
    Opened twice = connector.chat(room.teams.url(), KIM, HOME);

    assertThat(twice).isEqualTo(once).isEqualTo(new Opened("a:KimPark", Optional.empty()));
    connector.send(new Conversation(room.teams.url(), once.id()), text("hello"));
    assertThat(room.teams.places.messages()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {KIM, KIM_OBJECT, "kimpark@corp.example"})
  void aMemberIsFoundByAnyName(String name) throws SurfaceTrouble {
    Member kim = connector.member(room.channel, name);

    assertThat(kim.id()).isEqualTo(KIM);
    assertThat(kim.objectId()).isEqualTo(KIM_OBJECT);
    assertThat(kim.tenant()).isEqualTo(HOME.tenant());
    assertThat(kim.full()).isTrue();
  }

  @Test
  void whoIsNotInTheTeamIsGone() {
    assertThat(trouble(() -> connector.member(room.channel, "29:Nobody")).kind())
        .isEqualTo(Kind.GONE);
    assertThat(connector.trouble()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"guest", "anonymous", "", "bot"})
  void onlyAFullMemberIsOne(String role) throws SurfaceTrouble {
    room.teams.places.member(TEAM, "29:Visitor", "00000000-0000-0000-0000-00000000000a", role);

    assertThat(connector.member(room.channel, "29:Visitor").full()).isFalse();
  }

  @Test
  void membersComeInPages() throws SurfaceTrouble {
    for (int i = 1; i < 1200; i++) {
      room.teams.places.member(TEAM, "29:member" + i, "", "user");
    }
    List<String> all = new ArrayList<>();
    Optional<String> from = Optional.empty();
    int pages = 0;
    do {
      MemberPage page = connector.members(room.channel, from);
      page.members().forEach(m -> all.add(m.id()));
      from = page.next();
      pages++;
    } while (from.isPresent());

    assertThat(all).hasSize(1200).doesNotHaveDuplicates();
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void aTeamAndItsChannelsAreTold() throws SurfaceTrouble {
    assertThat(connector.team(room.teams.url(), TEAM))
        .isEqualTo(new Team(TEAM, "Mail operations", "02ce3874-dd86-41ba-bddc-013f34019978"));
    assertThat(connector.channels(room.teams.url(), TEAM))
        .containsExactly(new Channel(TEAM, ""), new Channel(CHANNEL, "Held mail"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "19:x@thread.tacv2;messageid=17",
        "a/../../v3/teams/b",
        "a?b=c#d",
        "a%2Fb",
        "a b+ü…\u0000\r\nX: y",
        "...",
        "\ud83d"
      })
  void anIdStaysOneSegmentOfThePath(String id) {
    trouble(() -> connector.update(new Conversation(room.teams.url(), id), id, text("x")));

    Ask ask = room.teams.http.asks.getLast();
    assertThat(ask.errand()).isEqualTo("update");
    assertThat(ask.path()).hasSize(6);
    assertThat(ask.path().get(3)).isEqualTo(id.replace('\ud83d', '?'));
    assertThat(ask.path().get(5)).isEqualTo(ask.path().get(3));
    assertThat(ask.query()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void anIdThatCannotBeASegmentIsNotSent(String id) {
    SurfaceTrouble trouble =
        trouble(() -> connector.send(new Conversation(room.teams.url(), id), text("x")));

    assertThat(trouble.kind()).isEqualTo(Kind.UNFIT);
    assertThat(room.teams.http.asks).isEmpty();
  }

  /** Our token would go there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://smba.trafficmanager.net.evil.example/emea/",
        "https://smba.trafficmanager.net/emea.evil/",
        "https://smba.trafficmanager.net:8443/emea/",
        "https://smba.trafficmanager.net/",
        "http://smba.trafficmanager.net/emea/",
        "https://user@smba.trafficmanager.net/emea/",
        "https://smba.trafficmanager.net/emea/../evil/",
        "https://smba.trafficmanager.net/emea/%2e%2e/evil/",
        "https://smba.trafficmanager.net/emea/?x=",
        "https://smba.trafficmanager.net/emea/#",
        "https://smba.trafficmanager.net/emea//evil.example/",
        "ftp://127.0.0.1/",
        "http://127.0.0.1.evil.example/",
        "//evil.example/",
        "evil.example",
        "https://",
        "not an address",
        ""
      })
  void anAddressThatNobodyAllowedGetsNothing(String service) {
    Connector careful =
        room.connector(
            room.entra.loginUrl(),
            List.of(
                URI.create("https://smba.trafficmanager.net/emea"),
                URI.create("http://127.0.0.1/")));

    SurfaceTrouble trouble =
        trouble(() -> careful.send(new Conversation(service, CHANNEL), text("x")));

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("teams.service-urls");
    assertThat(careful.trouble()).contains(String.valueOf(trouble.getMessage()));
    assertThat(room.entra.http.asks).isEmpty();
  }

  @Test
  void anAddressBelowAnAllowedOneIsCalledInAnyCaseAndWithoutASlash() throws SurfaceTrouble {
    String service = room.teams.url().replaceFirst("/$", "");
    Connector wide = room.connector(room.entra.loginUrl(), List.of(URI.create(service)));

    assertThat(wide.send(new Conversation(service, CHANNEL), text("x"))).isNotEmpty();
    assertThat(wide.send(new Conversation("HTTP" + service.substring(4), CHANNEL), text("x")))
        .isNotEmpty();
  }

  @Test
  void aCardIsCheckedByTheFakeAsTeamsChecksIt() throws SurfaceTrouble {
    ObjectNode card = JsonNodeFactory.instance.objectNode().put("type", "AdaptiveCard");
    card.put("version", "1.5").putArray("body");
    connector.send(room.channel, ConnectorRoom.card(card));

    card.put("version", "2.0");
    assertThat(trouble(() -> connector.send(room.channel, ConnectorRoom.card(card))).kind())
        .isEqualTo(Kind.UNFIT);
    assertThat(trouble(() -> connector.send(room.channel, text("x").put("markup", "y"))).kind())
        .isEqualTo(Kind.UNFIT);
    assertThat(trouble(() -> connector.send(room.channel, text("x".repeat(28 * 1024)))))
        .hasMessageContaining("413 MessageSizeTooBig");
    assertThat(room.teams.faults).hasSize(3);
    room.teams.faults.clear();
  }
}
