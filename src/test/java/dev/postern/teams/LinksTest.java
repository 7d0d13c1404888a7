package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.People;
import dev.postern.fake.Mishap;
import dev.postern.teams.wire.Channel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links to cards, in the form of learn.microsoft.com, "Deep link to Teams chat". */
class LinksTest {
  private static final String CARD = SurfaceRoom.CHANNEL + ";messageid=1648741500652 1648741500652";

  @TempDir Path folder;
  private SurfaceRoom room;

  @BeforeEach
  void open() {
    room = new SurfaceRoom(folder, new People().and("kim"));
  }

  @AfterEach
  void close() {
    room.close();
  }

  private void installed() {
    room.places.learn(
        SurfaceRoom.TEAM, room.teams.url(), List.of(new Channel(SurfaceRoom.CHANNEL, "Mail")));
  }

  @Test
  void aCardInAChannelHasALinkThatNamesTheTeamsGroup_whichIsAskedForOnce() {
    installed();

    for (int i = 0; i < 3; i++) {
      assertThat(room.surface.link(CARD))
          .hasValueSatisfying(
              link ->
                  assertThat(link.toString())
                      .isEqualTo(
                          "https://teams.microsoft.com/l/message/19%3Amail-ops%40thread.tacv2/"
                              + "1648741500652?tenantId="
                              + FakeEntra.TENANT
                              + "&groupId="
                              + SurfaceRoom.GROUP
                              + "&parentMessageId=1648741500652"));
    }
    assertThat(room.teams.http.errands()).containsExactly("team");
  }

  @Test
  void whereTeamsDoesNotSayThereIsNone_andItIsAskedAgainAfterAWhile() {
    installed();
    room.teams.http.order("team", Mishap.SERVER_ERROR);

    assertThat(room.surface.link(CARD)).isEmpty();
    assertThat(room.surface.link(CARD)).isEmpty();
    assertThat(room.teams.http.errands()).hasSize(1);
    room.world.now = room.world.now.plusSeconds(301);
    assertThat(room.surface.link(CARD)).isPresent();
  }

  @Test
  void aChannelOfWhichTeamsHasToldNothingHasNone() {
    assertThat(room.surface.link(CARD)).isEmpty();
    assertThat(room.teams.http.errands()).isEmpty();
  }

  @Test
  void aGroupChatHasOne_theChatOfOnePersonWithTheBotHasNone() {
    assertThat(room.surface.link("19:abc@thread.v2 1563480968434"))
        .hasValueSatisfying(
            link ->
                assertThat(link.toString())
                    .isEqualTo(
                        "https://teams.microsoft.com/l/message/19%3Aabc%40thread.v2/1563480968434"
                            + "?tenantId="
                            + FakeEntra.TENANT
                            + "&context=%7B%22contextType%22%3A%22chat%22%7D"));
    assertThat(room.surface.link("a:1xyz 1563480968434")).isEmpty();
  }
}
