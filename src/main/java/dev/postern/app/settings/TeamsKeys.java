package dev.postern.app.settings;

import dev.postern.card.DigestPlan;
import dev.postern.card.pace.Pacing;
import dev.postern.teams.TeamsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The settings of Teams. */
final class TeamsKeys {
  static final Key<String> APP_ID =
      new Key<>(
          "teams.app-id",
          Form.matching(
              "a GUID: copy \"Microsoft App ID\" from the Azure bot's \"Configuration\"",
              TeamsSettings.GUID),
          false,
          "",
          "Switches Teams on.");
  static final Key<String> APP_SECRET =
      new Key<>(
          "teams.app-secret",
          Form.matching(
              "at least 8 characters without spaces: copy the column \"Value\" of \"Certificates &"
                  + " secrets\" → \"Client secrets\"",
              "[\\x21-\\x7e]{8,400}"),
          true,
          "",
          "Proves to Microsoft that Postern is the app; or use a certificate or a federated"
              + " token.");
  static final Key<String> APP_CERTIFICATE =
      new Key<>(
          "teams.app-certificate",
          Form.matching(
              "a certificate in PEM, as it was uploaded under \"Certificates & secrets\" →"
                  + " \"Certificates\"",
              "[^-]*-----BEGIN CERTIFICATE-----[\\x00-\\x7f]{1,16000}"),
          true,
          "",
          "Proves it instead of app-secret, together with app-key.");
  static final Key<String> APP_KEY =
      new Key<>(
          "teams.app-key",
          Form.matching(
              "an unencrypted RSA key in PEM that begins with BEGIN PRIVATE KEY (PKCS #8)",
              "[^-]*-----BEGIN PRIVATE KEY-----[\\x00-\\x7f]{1,16000}"),
          true,
          "",
          "The key of app-certificate.");
  static final Key<Path> FEDERATED_TOKEN_FILE =
      new Key<>(
          "teams.federated-token-file",
          Form.PATH,
          false,
          "",
          "Proves it instead of app-secret by a token of another identity provider, such as"
              + " Kubernetes projects; read anew each time.");
  static final Key<List<String>> TENANT_ID =
      new Key<>(
          "teams.tenant-id",
          Form.listOf(
              "a GUID, or a list of GUIDs: copy \"Directory (tenant) ID\" from the app"
                  + " registration's \"Overview\"",
              TeamsSettings.GUID),
          false,
          "",
          "The app's own tenant; any after it are further ones that requests are taken from.");
  static final Key<URI> LOGIN_URL =
      new Key<>(
          "teams.login-url",
          Form.WEB_ADDRESS,
          false,
          TeamsSettings.LOGIN.toString(),
          "Where Postern signs in; another cloud, or an emulator on this machine.");
  static final Key<URI> METADATA_URL =
      new Key<>(
          "teams.metadata-url",
          Form.WEB_ADDRESS,
          false,
          TeamsSettings.METADATA.toString(),
          "Where the keys are that requests are signed with.");
  static final Key<List<URI>> SERVICE_URLS =
      new Key<>(
          "teams.service-urls",
          Form.WEB_ADDRESSES,
          false,
          TeamsSettings.SERVICE.toString(),
          "Addresses below which Teams may tell Postern to answer; others are never called.");
  static final Key<String> DEFAULT_CHANNEL =
      new Key<>(
          "teams.channels.default",
          Form.matching(
              "the id of a channel or chat such as 19:abc@thread.tacv2, not its name: it is in"
                  + " \"Get link to channel\" between /channel/ and the next slash, with %3A for :"
                  + " and %40 for @",
              TeamsSettings.CONVERSATION),
          false,
          "",
          "Channel that cards go to.");
  static final Key<List<String>> EMULATOR_ISSUERS =
      new Key<>(
          "teams.emulator-issuers",
          Form.listOf(
              "a list of issuers such as https://sts.windows.net/TENANT/, or the word unsigned",
              "unsigned|https?://[\\x21-\\x2b\\x2d-\\x7e]{1,300}"),
          false,
          "",
          "For trials on this machine only: emulators that are believed besides Microsoft; unsigned"
              + " takes requests without a token (docs/teams.md).");

  static final Key<String> MESSAGE_TEXT =
      new Key<>(
          "teams.message-text",
          Form.oneOf("on", "off"),
          false,
          "on",
          "off keeps headers, links and text of messages out of what Teams shows as evidence"
              + " (docs/teams.md).");

  static final Key<DigestPlan> DIGEST =
      new Key<>(
          "teams.digest",
          Form.digest("19:abc@thread.tacv2", TeamsSettings.CONVERSATION),
          false,
          "",
          "Where and when to tell each day what became of mail (docs/teams.md).");

  static final Key<Pacing> PACE =
      new Key<>(
          "teams.pace",
          Form.PACING,
          false,
          "on",
          "on keeps messages below the rates that Teams publishes, so that it refuses none; off for"
              + " an emulator (docs/teams.md).");
  static final Key<String> GRAPH =
      new Key<>(
          "teams.graph",
          Form.oneOf("on", "off"),
          false,
          "off",
          "on reads groups of Entra (entra-group:ID) by Microsoft Graph, for which an administrator"
              + " grants a permission (docs/teams.md).");

  static final Key<URI> GRAPH_URL =
      new Key<>(
          "teams.graph-url",
          Form.WEB_ADDRESS,
          false,
          TeamsSettings.GRAPH.toString(),
          "Where Microsoft Graph is; another cloud, or a stand-in on this machine.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL =
      List.of(
          APP_ID,
          APP_SECRET,
          APP_CERTIFICATE,
          APP_KEY,
          FEDERATED_TOKEN_FILE,
          TENANT_ID,
          LOGIN_URL,
          METADATA_URL,
          SERVICE_URLS,
          DEFAULT_CHANNEL,
          DIGEST,
          MESSAGE_TEXT,
          PACE,
          GRAPH,
          GRAPH_URL,
          EMULATOR_ISSUERS);

  private TeamsKeys() {}
}
