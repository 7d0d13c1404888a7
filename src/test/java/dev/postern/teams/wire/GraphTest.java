package dev.postern.teams.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.fake.FakeHttp.Ask;
import dev.postern.fake.Mishap;
import dev.postern.teams.FakeEntra;
import dev.postern.teams.FakeGraph;
import dev.postern.teams.wire.GraphUser.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphTest {
  private static final String OPS = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String LEE = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";

  private volatile Instant now = Instant.parse("2026-11-24T07:03:20Z");
  private final FakeEntra entra = new FakeEntra(() -> now);
  private final FakeGraph fake = new FakeGraph(entra);
  private final Courier courier = new Courier();
  private final Graph graph =
      new Graph(
          new Registration(
              FakeEntra.APP,
              FakeEntra.TENANT,
              entra.loginUrl(),
              new Credential.Secret(FakeEntra.SECRET)),
          courier,
          fake.url(),
          () -> now);

  @BeforeEach
  void aGroup() {
    fake.permissions.add("User.Read.All");
    fake.group(OPS);
    fake.member(OPS, KIM);
  }

  @AfterEach
  void close() {
    courier.close();
    fake.close();
    entra.close();
  }

  private List<GraphUser> members() throws SurfaceTrouble {
    return graph.members(OPS, 1000);
  }

  private SurfaceTrouble trouble() {
    SurfaceTrouble trouble = catchThrowableOfType(SurfaceTrouble.class, this::members);
    assertThat(trouble).isNotNull();
    assertThat(trouble)
        .hasMessageNotContaining("Bearer")
        .hasMessageNotContaining("What Graph says");
    return trouble;
  }

  @Test
  void aTokenOfGraphsOwnReadsWhoIsInAGroup() throws SurfaceTrouble {
    assertThat(members()).containsExactly(new GraphUser(KIM, Standing.MEMBER));
    assertThat(fake.faults).isEmpty();
    assertThat(entra.http.asks).hasSize(1);
    members();
    assertThat(entra.http.asks).as("the token is kept").hasSize(1);
  }

  @Test
  void everyPageIsRead() throws SurfaceTrouble {
    fake.page = 2;
    for (int i = 10; i < 15; i++) {
      fake.member(OPS, "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f0" + i);
    }

    assertThat(members()).hasSize(6).doesNotHaveDuplicates();
    assertThat(fake.http.errands()).hasSize(3);
    assertThat(fake.faults).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://graph.microsoft.com.evil.example/v1.0/groups/x",
        "http://127.0.0.1:9/v1.0/groups/x",
        "/v1.0/groups/x",
        "no address at all"
      })
  void theTokenIsSentToNoOtherAddressThatAnAnswerNames(String link) {
    fake.page = 1;
    fake.member(OPS, LEE);
    fake.elsewhere = link;

    assertThat(trouble()).hasMessageContaining("not Microsoft Graph's");
    assertThat(fake.http.asks).hasSize(1);
  }

  @Test
  void P6_guestsAndAccountsOfOtherTenantsAndThoseSwitchedOffAreToldApart() throws SurfaceTrouble {
    fake.member(OPS, LEE).put("userType", "Guest");
    fake.member(OPS, LEE).put("userPrincipalName", "lee_partner.example#EXT#@corp.example");
    fake.member(OPS, LEE).put("accountEnabled", false);
    fake.member(OPS, LEE).put("userType", "AWordOfTomorrow");

    assertThat(members())
        .extracting(GraphUser::standing)
        .containsExactly(
            Standing.MEMBER, Standing.GUEST, Standing.GUEST, Standing.DISABLED, Standing.UNTOLD);
  }

  @Test
  void P6_withTheLeastPermissionNobodyIsCalledAMember() throws SurfaceTrouble {
    fake.permissions.remove("User.Read.All");

    assertThat(members()).containsExactly(new GraphUser(KIM, Standing.UNTOLD));
  }

  @Test
  void missingConsentIsToldWithWhatToGrant() throws SurfaceTrouble {
    fake.permissions.clear();

    SurfaceTrouble trouble = trouble();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble)
        .hasMessageContaining("403 Authorization_RequestDenied")
        .hasMessageContaining("GroupMember.Read.All")
        .hasMessageContaining("Grant admin consent");
    assertThat(graph.trouble()).contains(String.valueOf(trouble.getMessage()));

    fake.permissions.add("GroupMember.Read.All");
    members();
    assertThat(graph.trouble()).isEmpty();
  }

  @Test
  void aGroupThatIsNotThereIsGone() {
    fake.deleted(OPS);

    assertThat(trouble().kind()).isEqualTo(Kind.GONE);
    assertThat(graph.trouble()).as("its reader knows more").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "NotFound", "ResourceNotFound"})
  void P6_aPageThatIsNotThereIsNoGroupThatIsNotThere(String code) {
    fake.http.always(FakeGraph.MEMBERS, 404, code);

    SurfaceTrouble trouble = trouble();

    assertThat(trouble.kind()).isEqualTo(Kind.CLOSED);
    assertThat(trouble).hasMessageContaining("teams.graph-url");
    assertThat(graph.trouble()).contains(String.valueOf(trouble.getMessage()));
  }

  @Test
  void graphIsLeftAloneAsLongAsItAsks() {
    fake.http.order(FakeGraph.MEMBERS, Mishap.RATE_LIMITED);

    SurfaceTrouble trouble = trouble();

    assertThat(trouble.kind()).isEqualTo(Kind.AWAY);
    assertThat(trouble.asked()).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SERVER_ERROR",
        "UNAVAILABLE",
        "GATEWAY_TIMEOUT",
        "SILENCE",
        "STUCK",
        "FLOOD",
        "GIBBERISH"
      })
  void aGraphThatDoesNotAnswerIsAwayAndSaidToBeForAWhileOnly(Mishap mishap) throws SurfaceTrouble {
    fake.http.order(FakeGraph.MEMBERS, mishap);

    assertThat(trouble().kind()).isEqualTo(Kind.AWAY);
    assertThat(graph.trouble()).isPresent();
    members();
    assertThat(graph.trouble()).isEmpty();
  }

  @Test
  void aRedirectIsNotFollowed() {
    fake.http.order(FakeGraph.MEMBERS, Mishap.REDIRECT);

    assertThat(trouble()).hasMessageContaining("teams.graph-url");
  }

  @Test
  void aTokenThatIsNotTakenAnyMoreIsRenewedOnce() throws SurfaceTrouble {
    members();
    entra.revokeAll();

    assertThat(members()).hasSize(1);
    assertThat(fake.http.asks).hasSize(3);

    fake.http.always(FakeGraph.MEMBERS, 401, "InvalidAuthenticationToken");
    assertThat(trouble().kind()).isEqualTo(Kind.CLOSED);
  }

  @ParameterizedTest
  @CsvSource({"65001, consent is missing", "7000222, has expired"})
  void whatEntraSaysOfTheSignInIsTold(int code, String words) {
    entra.refuse(code);

    assertThat(trouble()).hasMessageContaining(words);
    assertThat(graph.trouble()).hasValueSatisfying(it -> assertThat(it).contains(words));
    assertThat(fake.http.asks).extracting(Ask::errand).isEmpty();
  }

  @Test
  void aGroupOfTooManyIsReadNotInPart() {
    fake.page = 2;
    fake.member(OPS, LEE);
    fake.member(OPS, LEE);

    SurfaceTrouble trouble =
        catchThrowableOfType(SurfaceTrouble.class, () -> graph.members(OPS, 2));

    assertThat(trouble.kind()).isEqualTo(Kind.UNFIT);
    assertThat(trouble).hasMessageContaining("more than 2 members");
  }
}
