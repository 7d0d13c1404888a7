package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.card.Unreachable;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Channels that are shared with other firms: whose account is of which tenant. */
class SharedChannelsTest {
  private static final String PARTNER = "0d1c2b3a-4958-4766-8574-839201a0b1c2";
  private static final String THIRD = "1d1c2b3a-4958-4766-8574-839201a0b1c3";
  private static final Membership STRANGER = new Membership.Barred(Refusal.STRANGER);

  private final TeamsRoom room = new TeamsRoom();

  @AfterEach
  void close() {
    room.close();
  }

  private ObjectNode inTheChannel(String tenant) {
    return room.teams
        .places
        .member(TeamsRoom.TEAM, "29:Kim", TeamsRoom.KIM, "user")
        .put("tenantId", tenant);
  }

  private Membership pressing(String tenant) {
    Identity who = new Identity("teams", tenant, TeamsRoom.KIM);
    assertThat(room.members.refresh(who)).isEmpty();
    return room.members.membership(who);
  }

  @Test
  void P6_anAccountOfAnotherTenantIsAnOutsiderWhicheverTenantThePressNames() {
    inTheChannel(PARTNER);

    assertThat(pressing(FakeEntra.TENANT)).isEqualTo(new Membership.Outsider(PARTNER));
    assertThat(pressing(PARTNER)).isEqualTo(new Membership.Outsider(PARTNER));
    assertThat(pressing(THIRD)).isEqualTo(STRANGER);
  }

  @Test
  void P6_oneOfOursIsNobodyByAPressOfAnotherTenant() {
    inTheChannel(FakeEntra.TENANT.toUpperCase(Locale.ROOT));

    assertThat(pressing(FakeEntra.TENANT)).isEqualTo(new Membership.Insider(Optional.empty()));
    assertThat(pressing(PARTNER)).isEqualTo(STRANGER);
  }

  @Test
  void P6_anAccountWhoseTenantTeamsDoesNotTellIsNotOurs() {
    inTheChannel("").remove("tenantId");

    assertThat(pressing(FakeEntra.TENANT)).isEqualTo(STRANGER);
  }

  @Test
  void P6_aGuestOfAnotherTenantIsAGuest() {
    inTheChannel(PARTNER).put("userRole", "guest");

    assertThat(pressing(PARTNER)).isEqualTo(new Membership.Barred(Refusal.GUEST));
  }

  @Test
  void whoIsOfAnotherTenantGetsNoPrivateMessage() {
    inTheChannel(PARTNER);

    assertThatThrownBy(() -> room.members.seat(TeamsRoom.KIM)).isInstanceOf(Unreachable.class);
  }
}
