package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.teams.TeamsSettings.App;
import dev.postern.teams.TeamsSettings.Outside;
import dev.postern.teams.wire.Credential;
import dev.postern.teams.wire.Registration;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TeamsSettingsTest {
  private static final String APP = "8c3e0d4b-1f7a-4f0e-9d53-2b6a7c9e1f20";
  private static final String TENANT = "0d1c2b3a-4958-4766-8574-839201a0b1c2";
  private static final String SECRET = "s3cr3t~value";
  private static final Optional<Credential> PROOF = Optional.of(new Credential.Secret(SECRET));
  private static final String CHANNEL = "19:mail-ops@thread.tacv2";

  private static TeamsSettings with(Outside outside) {
    return new TeamsSettings(new App(APP, PROOF, List.of(TENANT)), outside, CHANNEL);
  }

  @Test
  void nothingSetMeansNoTeams() {
    assertThat(TeamsSettings.off().configured()).isFalse();
  }

  @Test
  void thePublicCloudIsTheDefault() {
    Outside outside =
        new Outside(TeamsSettings.LOGIN, TeamsSettings.METADATA, List.of(), List.of());

    assertThat(with(outside).outside()).isEqualTo(Outside.publicCloud());
    assertThat(with(outside).configured()).isTrue();
  }

  @Test
  void theFirstTenantIsTheAppsOwnAndLettersMeanTheSameInEitherCase() {
    App app =
        new App(
            APP.toUpperCase(Locale.ROOT),
            PROOF,
            List.of(TENANT.toUpperCase(Locale.ROOT), APP, TENANT));

    assertThat(app.id()).isEqualTo(APP);
    assertThat(app.homeTenant()).isEqualTo(TENANT);
    assertThat(app.tenants()).containsExactly(TENANT, APP);
  }

  @Test
  void anEmulatorOnThisMachineNeedsNoEncryption() {
    Outside outside =
        new Outside(
            URI.create("http://localhost:1"),
            URI.create("http://127.0.0.1:1/x"),
            List.of(URI.create("http://[::1]:1/connector")),
            List.of());

    assertThat(with(outside).outside().loginUrl()).hasToString("http://localhost:1/");
  }

  @ParameterizedTest
  @CsvSource({
    "'',       s3cr3t~value, tenant,  19:a@thread.tacv2, half configured: not set: teams.app-id ",
    "app,      '',           tenant,  19:a@thread.tacv2, half configured: not set: teams.app-secret"
        + " ",
    "app,      s3cr3t~value, '',      19:a@thread.tacv2, half configured: not set: teams.tenant-id"
        + " ",
    "app,      s3cr3t~value, tenant,  '',                half configured: not set:"
        + " teams.channels.default ",
    "postern,  s3cr3t~value, tenant,  19:a@thread.tacv2, teams.app-id must be a GUID",
    "app,      app,          tenant,  19:a@thread.tacv2, teams.app-secret is the secret's ID",
    "app,      s3cr3t~value, x.onmicrosoft.com, 19:a@thread.tacv2, teams.tenant-id must be a GUID",
    "app,      s3cr3t~value, tenant,  mail-oncall,       teams.channels.default must be an id",
    "app,      s3cr3t~value, tenant,  19:a/../b@thread.tacv2, teams.channels.default must be an id"
  })
  void whatIsWrongIsNamedWithItsMend(
      String id, String secret, String tenant, String channel, String named) {
    List<String> tenants = tenant.isEmpty() ? List.of() : List.of(real(tenant));

    assertThatThrownBy(
            () ->
                new TeamsSettings(
                    new App(real(id), proof(real(secret)), tenants),
                    Outside.publicCloud(),
                    channel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named.strip());
  }

  private static Optional<Credential> proof(String secret) {
    return Credential.of(secret, "", "", Optional.empty());
  }

  private static String real(String word) {
    return word.equals("app") ? APP : word.equals("tenant") ? TENANT : word;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example/",
        "http://127.0.0.1.evil.example/",
        "file:///etc/passwd",
        "https://user@login.example/",
        "https://login.example/?x",
        "https://login.example/#x"
      })
  void whereSecretsPassIsAnAddressThatCanKeepThem(String address) {
    URI bad = URI.create(address);

    assertThatThrownBy(() -> with(new Outside(bad, TeamsSettings.METADATA, List.of(), List.of())))
        .hasMessageStartingWith("teams.login-url must be");
    assertThatThrownBy(() -> with(new Outside(TeamsSettings.LOGIN, bad, List.of(), List.of())))
        .hasMessageStartingWith("teams.metadata-url must be");
    assertThatThrownBy(
            () ->
                with(
                    new Outside(
                        TeamsSettings.LOGIN, TeamsSettings.METADATA, List.of(bad), List.of())))
        .hasMessageStartingWith("teams.service-urls must be");
    assertThatThrownBy(
            () ->
                with(
                    new Outside(
                        TeamsSettings.LOGIN,
                        TeamsSettings.METADATA,
                        List.of(),
                        List.of(),
                        Optional.of(bad))))
        .hasMessageStartingWith("teams.graph-url must be");
  }

  @Test
  void theAppSignsInAtItsOwnTenant() {
    TeamsSettings settings =
        new TeamsSettings(
            new App(APP, PROOF, List.of(TENANT, APP)), Outside.publicCloud(), CHANNEL);

    assertThat(settings.registration())
        .isEqualTo(
            new Registration(APP, TENANT, TeamsSettings.LOGIN, new Credential.Secret(SECRET)));
  }

  @Test
  void P14_settingsNeverPrintTheirSecrets() {
    assertThat(with(Outside.publicCloud()).toString())
        .doesNotContain(SECRET)
        .contains(APP, CHANNEL, TENANT);
  }
}
