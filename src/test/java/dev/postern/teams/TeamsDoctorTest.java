package dev.postern.teams;

import static dev.postern.card.Findings.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.Finding;
import dev.postern.card.Finding.Grade;
import dev.postern.fake.Mishap;
import dev.postern.teams.card.TeamsCardRules;
import dev.postern.teams.door.Emulators;
import dev.postern.teams.wire.Credential;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TeamsDoctorTest {
  private static final String TEAM = "19:general@thread.tacv2";
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";
  private static final String CHAT = "19:treasury@thread.v2";
  private static final String KIM = "7faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d1";
  private static final String PARTNER = "0d1c2b3a-4958-4766-8574-839201a0b1c2";
  private static final String ENTRA = "02bd9fd6-8f93-4758-87c3-1fb73740a315";
  private static final String LEE = "8faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d2";

  private final FakeEntra entra = new FakeEntra(InstantSource.system());
  private final FakeConnector teams = new FakeConnector(entra);
  private final FakeMetadata metadata = new FakeMetadata();
  private final FakeGraph graph = new FakeGraph(entra);
  private Watched watched = new Watched(List.of(CHANNEL), Map.of("kim", KIM));
  private List<String> emulatorIssuers = List.of();
  private String channel = CHANNEL;
  private String secret = FakeEntra.SECRET;
  private Duration off = Duration.ZERO;

  @BeforeEach
  void aTeamWithAChannel() {
    metadata.publish(BotKey.named("doctor"));
    teams.places.team(TEAM, "Security", "00000000-0000-4000-8000-0000000000aa");
    teams.places.channel(TEAM, CHANNEL, "Mail");
    teams.places.member(TEAM, "29:Kim", KIM, "user");
    teams.places.chat(CHAT);
    teams.places.member(CHAT, "29:Lee", LEE, "user");
  }

  @AfterEach
  void close() {
    metadata.close();
    graph.close();
    teams.close();
    entra.close();
  }

  private List<Finding> look() {
    try (TeamsDoctor doctor = doctor()) {
      return doctor.look();
    }
  }

  private TeamsDoctor doctor() {
    TeamsSettings settings =
        new TeamsSettings(
            new TeamsSettings.App(
                FakeEntra.APP,
                Optional.of(new Credential.Secret(secret)),
                List.of(FakeEntra.TENANT)),
            new TeamsSettings.Outside(
                entra.loginUrl(),
                metadata.configuration(),
                List.of(URI.create(teams.url())),
                emulatorIssuers,
                Optional.of(graph.url())),
            channel);
    return new TeamsDoctor(
        settings,
        watched,
        new Emulators(emulatorIssuers, "127.0.0.1", Optional.empty()),
        () -> Instant.now().plus(off));
  }

  @Test
  void whereAllIsWellItSaysSoOfEachThingAndPostsNothing() {
    List<Finding> findings = look();

    assertThat(findings).allMatch(f -> f.grade() == Grade.WELL).hasSize(5);
    only(findings, Grade.WELL, "Entra lets app " + FakeEntra.APP + " of tenant");
    only(findings, Grade.WELL, "clock agrees with Entra's");
    only(findings, Grade.WELL, "The app is in channel " + CHANNEL + "; members there: 1.");
    only(findings, Grade.WELL, "are full members where cards stand: 1");
    only(findings, Grade.WELL, "The keys that Teams signs its requests with are there");
    assertThat(findings.toString()).doesNotContain(FakeEntra.SECRET);
    assertThat(teams.places.messages()).isEmpty();
    assertThat(teams.faults).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"700016, teams.app-id", "7000222, has expired", "90002, no such tenant"})
  void whatEntraSaysIsTold(int code, String words) {
    entra.refuse(code);

    List<Finding> findings = look();

    assertThat(only(findings, Grade.WRONG, "AADSTS" + code).what()).contains(words);
    assertThat(teams.http.asks).as("nothing else is asked without a token").isEmpty();
    only(findings, Grade.WELL, "The keys");
  }

  @Test
  void aWrongSecretIsToldAndNotShown() {
    secret = "another~secret-that-is-not-right";

    assertThat(only(look(), Grade.WRONG, "AADSTS7000215").toString()).doesNotContain(secret);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVER_ERROR", "RESET", "RATE_LIMITED"})
  void anEntraThatDoesNotAnswerIsNoDefectOfTheSettings(Mishap mishap) {
    entra.http.always(FakeEntra.TOKEN, mishap);

    only(look(), Grade.UNKNOWN, "Entra");
  }

  @Test
  void aClockThatIsWrong() {
    off = Duration.ofSeconds(400);
    assertThat(only(look(), Grade.WRONG, "clock").mend()).contains("NTP");

    off = Duration.ofSeconds(-100);
    only(look(), Grade.ADVICE, "clock");
  }

  @ParameterizedTest
  @CsvSource({
    "REMOVED, BotNotInConversationRoster",
    "DISABLED, BotDisabledByAdmin",
    "DELETED, ConversationNotFound"
  })
  void aChannelThatTakesNoCards(TeamsPlaces.Mood mood, String words) {
    watched = new Watched(List.of(CHAT, CHANNEL), Map.of("kim", KIM));
    teams.places.mood(CHAT, mood);

    List<Finding> findings = look();

    Finding finding = only(findings, Grade.WRONG, "Channel " + CHAT + ": ");
    assertThat(finding.what()).contains(words);
    assertThat(finding.mend()).contains("add Postern");
    only(findings, Grade.WELL, "The app is in channel " + CHANNEL);
    only(findings, Grade.WELL, "are full members");
  }

  @Test
  void aTeamsThatDoesNotAnswerIsUnknownAndNobodyIsAskedAfter() {
    teams.http.always("members", Mishap.UNAVAILABLE);

    List<Finding> findings = look();

    only(findings, Grade.UNKNOWN, "Channel " + CHANNEL);
    assertThat(teams.http.errands()).containsOnly("members");
  }

  @Test
  void peopleWhoWouldNotCountAreNamedByTheirSetting() {
    teams.places.member(TEAM, "29:Guest", LEE, "guest");
    watched =
        new Watched(
            List.of(CHANNEL),
            Map.of("kim", KIM, "lee", LEE, "max", "9faf8bac-cf7c-4d2b-a4a4-d8b0b1d1f1d3"));

    List<Finding> findings = look();

    only(findings, Grade.WRONG, "people.lee.teams: the account is a guest");
    only(findings, Grade.WRONG, "people.max.teams: nobody of this account");
    assertThat(findings.toString()).doesNotContain("people.kim");
  }

  @Test
  void P6_anAccountOfAnotherTenantIsNamedUnlessItsSettingNamesThatTenant() {
    teams.places.member(TEAM, "29:Lee", LEE, "user").put("tenantId", PARTNER);
    watched = new Watched(List.of(CHANNEL), Map.of("lee", LEE));
    assertThat(only(look(), Grade.WRONG, "people.lee.teams").mend()).contains("TENANT/OBJECT-ID");

    watched = new Watched(List.of(CHANNEL), Map.of("lee", PARTNER + "/" + LEE));
    only(look(), Grade.WELL, "are full members where cards stand: 1");
  }

  @Test
  void groupsThatCanBeReadAreCounted() {
    graph.group(ENTRA);
    graph.member(ENTRA, KIM);
    watched = new Watched(List.of(CHANNEL), Map.of("kim", KIM), List.of(TEAM, ENTRA));

    List<Finding> findings = look();

    only(findings, Grade.WELL, "teams-group:" + TEAM + " can be read: 1 full members");
    only(findings, Grade.WELL, "entra-group:" + ENTRA + " can be read: 1 accounts");
    assertThat(graph.faults).isEmpty();
  }

  @Test
  void groupsThatCannotBeReadAreToldWithWhatToDo() {
    graph.permissions.clear();
    watched =
        new Watched(List.of(CHANNEL), Map.of("kim", KIM), List.of("19:gone@thread.tacv2", ENTRA));

    List<Finding> findings = look();

    assertThat(only(findings, Grade.WRONG, "teams-group:19:gone@thread.tacv2: ").mend())
        .contains("add Postern");
    assertThat(only(findings, Grade.WRONG, "entra-group:" + ENTRA + ": ").what())
        .contains("403", "GroupMember.Read.All", "Grant admin consent");
  }

  @Test
  void groupsWithoutAnybodyWhoCountsAreNamed() {
    teams.places.team("19:guests@thread.tacv2", "Guests", "00000000-0000-4000-8000-0000000000bb");
    teams.places.member("19:guests@thread.tacv2", "29:Lee", LEE, "guest");
    graph.group(ENTRA);
    graph.permissions.add("User.Read.All");
    graph.member(ENTRA, LEE).put("userType", "Guest");
    watched =
        new Watched(List.of(CHANNEL), Map.of("kim", KIM), List.of("19:guests@thread.tacv2", ENTRA));

    List<Finding> findings = look();

    only(findings, Grade.WRONG, "teams-group:19:guests@thread.tacv2 has nobody who counts");
    only(findings, Grade.WRONG, "entra-group:" + ENTRA + " has nobody who counts");
  }

  @Test
  void whoIsInOneOfTheChannelsCounts() {
    watched = new Watched(List.of(CHANNEL, CHAT), Map.of("kim", KIM, "lee", LEE));

    only(look(), Grade.WELL, "are full members where cards stand: 2");
  }

  @Test
  void whereTeamsFallsSilentTheOthersAreNotAskedAbout() {
    watched = new Watched(List.of(CHANNEL), Map.of("kim", KIM, "lee", LEE));
    teams.http.always("member", Mishap.UNAVAILABLE);

    only(look(), Grade.UNKNOWN, "people.kim.teams: ");
    assertThat(teams.http.errands()).containsExactly("members", "member");
  }

  @Test
  void withoutAnyPersonOfTeamsThereIsAdvice() {
    watched = new Watched(List.of(CHANNEL), Map.of());

    assertThat(only(look(), Grade.ADVICE, "No person").mend()).contains("people.NAME.teams");
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR", "GARBAGE", "NO_KEYS", "REDIRECT"})
  void keysThatAreNotToBeHad(FakeMetadata.Trouble trouble) {
    metadata.order(trouble);

    assertThat(only(look(), Grade.WRONG, "The keys of Teams' requests").mend())
        .contains("teams.metadata-url");
  }

  @Test
  void emulatorsAreNotForgotten() {
    emulatorIssuers = List.of("unsigned");

    only(
        look(), Grade.ADVICE, "teams.emulator-issuers is set: besides Teams are believed unsigned");
  }

  @Test
  void aTestCardBeginsAThreadInAChannel() {
    try (TeamsDoctor doctor = doctor()) {
      assertThat(doctor.testCard().grade()).isEqualTo(Grade.WELL);
    }

    TeamsPlaces.Message card = teams.places.messages().getFirst();
    assertThat(card.conversation()).isEqualTo(CHANNEL);
    JsonNode button = TeamsHand.action(card.card(), "verb", "pn.probe");
    assertThat(button.path("type").asText()).isEqualTo("Action.Execute");
    assertThat(button.at("/fallback/data/verb").asText()).isEqualTo("pn.probe");
    assertThat(card.activity().path("summary").asText()).contains("postern doctor teams");
    assertThat(TeamsCardRules.problems(card.card()))
        .as("but for the token, which it has none of")
        .allMatch(problem -> problem.contains("token is not right"))
        .hasSizeLessThan(2);
    assertThat(teams.faults).isEmpty();
  }

  @Test
  void aTestCardStandsInAGroupChat() {
    channel = CHAT;

    try (TeamsDoctor doctor = doctor()) {
      assertThat(doctor.testCard().grade()).isEqualTo(Grade.WELL);
    }

    assertThat(teams.places.messages()).extracting("conversation").containsExactly(CHAT);
  }

  @Test
  void aTestCardThatIsNotTaken() {
    teams.places.mood(TEAM, TeamsPlaces.Mood.REMOVED);

    try (TeamsDoctor doctor = doctor()) {
      only(List.of(doctor.testCard()), Grade.WRONG, "The test card: Teams answers 403");
    }
  }

  @Test
  void aTestCardOfWhichNobodyKnowsIsNotCalledRefused() {
    teams.http.order("open", Mishap.LOST_ANSWER);

    try (TeamsDoctor doctor = doctor()) {
      only(List.of(doctor.testCard()), Grade.UNKNOWN, "The test card: ");
    }
  }
}
