package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.card.pace.Pacing;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.wire.Credential;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what is set for Teams. */
final class TeamsReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  TeamsReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set; empty when Teams is off, or after a complaint. */
  Optional<TeamsSettings> read() {
    int before = faults.size();
    Optional<Credential> credential = credential();
    TeamsSettings.App app =
        new TeamsSettings.App(
            values.get(TeamsKeys.APP_ID).orElse(""),
            credential,
            values.get(TeamsKeys.TENANT_ID).orElse(List.of()));
    TeamsSettings.Outside outside =
        new TeamsSettings.Outside(
            values.get(TeamsKeys.LOGIN_URL).orElseThrow(),
            values.get(TeamsKeys.METADATA_URL).orElseThrow(),
            values.get(TeamsKeys.SERVICE_URLS).orElseThrow(),
            values.get(TeamsKeys.EMULATOR_ISSUERS).orElse(List.of()),
            values
                .get(TeamsKeys.GRAPH_URL)
                .filter(_ -> values.get(TeamsKeys.GRAPH).orElse("off").equals("on")));
    String channel = values.get(TeamsKeys.DEFAULT_CHANNEL).orElse("");
    boolean text = values.get(TeamsKeys.MESSAGE_TEXT).orElse("on").equals("on");
    TeamsSettings.Manner manner =
        new TeamsSettings.Manner(
            text, values.get(TeamsKeys.PACE).orElse(Pacing.ON), values.get(TeamsKeys.DIGEST));
    // What is mistyped would be called absent as well.
    return faults.size() > before
        ? Optional.empty()
        : unlessUnfit(
            () ->
                Optional.of(new TeamsSettings(app, outside, channel, manner))
                    .filter(TeamsSettings::configured));
  }

  private Optional<Credential> credential() {
    int before = faults.size();
    String secret = secret(TeamsKeys.APP_SECRET);
    String certificate = secret(TeamsKeys.APP_CERTIFICATE);
    String key = secret(TeamsKeys.APP_KEY);
    Optional<Path> token = values.get(TeamsKeys.FEDERATED_TOKEN_FILE).map(folder::resolve);
    return faults.size() > before
        ? Optional.empty()
        : unlessUnfit(() -> Credential.of(secret, certificate, key, token));
  }

  private String secret(Key<String> key) {
    return values.secret(key, "").map(Secret::text).orElse("");
  }

  /** A complaint begins with the name of the setting. */
  private <T> Optional<T> unlessUnfit(Supplier<Optional<T>> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException unfit) {
      String sentence = String.valueOf(unfit.getMessage());
      String where = values.where(sentence.replaceFirst(" .*", ""));
      faults.add(new Fault(where.isEmpty() ? values.whereBelow("teams.") : where, sentence));
      return Optional.empty();
    }
  }
}
