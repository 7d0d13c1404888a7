package dev.postern.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.teams.card.TeamsPayloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The app as it is uploaded: what Teams wants of a package and what the code answers to. */
class AppPackageTest {
  private static final String APP = "3f9c1a20-5b7d-4c1e-9a41-0d6f1f2a7b11";
  private static final URI PUBLIC = URI.create("https://postern.corp.example/");

  private static Map<String, byte[]> unzipped(byte[] octets) throws IOException {
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(octets))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void manifestAndIconsStandAtTheTop() throws IOException {
    Map<String, byte[]> files = unzipped(AppPackage.of(APP, PUBLIC, "1.2.3"));

    assertThat(files.keySet())
        .containsExactlyInAnyOrder("manifest.json", "color.png", "outline.png");
    JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
    TeamsPayloads.keepManifest(manifest);
    assertThat(manifest.path("id").asText()).isEqualTo(APP);
    assertThat(manifest.at("/bots/0/botId").asText()).isEqualTo(APP);
    assertThat(manifest.at("/composeExtensions/0/botId").asText()).isEqualTo(APP);
    assertThat(manifest.at("/validDomains/0").asText()).isEqualTo("postern.corp.example");
    assertThat(manifest.at("/developer/websiteUrl").asText()).startsWith("https://");
  }

  @Test
  void theSameSettingsGiveTheSameOctets() {
    assertThat(AppPackage.of(APP, PUBLIC, "1.2.3")).isEqualTo(AppPackage.of(APP, PUBLIC, "1.2.3"));
  }

  @ParameterizedTest
  @CsvSource({"0.1.0-SNAPSHOT, 0.1.0", "2.10.3, 2.10.3", "1.4.0-rc.1+7, 1.4.0", "unknown, 1.0.0"})
  void theVersionIsThatOfTheBuildInTheDigitsThatTeamsTakes(String build, String shown) {
    JsonNode manifest = AppPackage.manifest(APP, PUBLIC, build);

    assertThat(manifest.path("version").asText()).isEqualTo(shown);
    TeamsPayloads.keepManifest(manifest);
  }

  @Test
  void theSearchIsTheOneThatTheCodeAnswers() {
    JsonNode command =
        AppPackage.manifest(APP, PUBLIC, "1.2.3").at("/composeExtensions/0/commands/0");

    assertThat(command.path("id").asText()).isEqualTo(Search.COMMAND);
    assertThat(command.at("/parameters/0/name").asText()).isEqualTo(Search.PARAMETER);
  }

  /** learn.microsoft.com, "App manifest schema": longest texts, and how many commands. */
  @Test
  void nothingIsLongerThanTeamsTakes() {
    JsonNode manifest = AppPackage.manifest(APP, PUBLIC, "1.2.3");

    assertThat(manifest.at("/name/short").asText()).hasSizeLessThanOrEqualTo(30);
    assertThat(manifest.at("/name/full").asText()).hasSizeLessThanOrEqualTo(100);
    assertThat(manifest.at("/description/short").asText()).hasSizeLessThanOrEqualTo(80);
    assertThat(manifest.at("/description/full").asText()).hasSizeLessThanOrEqualTo(4000);
    for (JsonNode list : manifest.at("/bots/0/commandLists")) {
      assertThat(list.path("commands").size()).isLessThanOrEqualTo(10);
      for (JsonNode command : list.path("commands")) {
        assertThat(command.path("title").asText()).hasSizeLessThanOrEqualTo(32);
        assertThat(command.path("description").asText()).hasSizeLessThanOrEqualTo(128);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://postern.corp.example/", "postern.corp.example", "https:/x"})
  void anAddressThatTeamsCannotReachIsRefused(String address) {
    assertThatThrownBy(() -> AppPackage.of(APP, URI.create(address), "1.2.3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("http.public-url must begin with https://");
  }

  @Test
  void everyWordOfTheManifestIsOneThatIsAnswered() throws IOException {
    String talk = Files.readString(Path.of("src/main/java/dev/postern/teams/Talk.java"));
    String lookups = Files.readString(Path.of("src/main/java/dev/postern/card/Lookups.java"));
    for (JsonNode list : AppPackage.manifest(APP, PUBLIC, "1.2.3").at("/bots/0/commandLists")) {
      List<String> words = list.path("commands").findValuesAsText("title");
      assertThat(words).allMatch(word -> (talk + lookups).contains(word));
    }
  }
}
