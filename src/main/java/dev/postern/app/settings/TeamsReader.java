package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.teams.TeamsSettings;
import java.util.List;
import java.util.Optional;

/** Reads what is set for Teams. */
final class TeamsReader {
  private final Values values;
  private final List<Fault> faults;

  TeamsReader(Values values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  /** What is set; empty when Teams is off, or after a complaint. */
  Optional<TeamsSettings> read() {
    int before = faults.size();
    TeamsSettings.App app =
        new TeamsSettings.App(
            values.get(TeamsKeys.APP_ID).orElse(""),
            values.secret(TeamsKeys.APP_SECRET, "").map(Secret::text).orElse(""),
            values.get(TeamsKeys.TENANT_ID).orElse(List.of()));
    TeamsSettings.Outside outside =
        new TeamsSettings.Outside(
            values.get(TeamsKeys.LOGIN_URL).orElseThrow(),
            values.get(TeamsKeys.METADATA_URL).orElseThrow(),
            values.get(TeamsKeys.SERVICE_URLS).orElseThrow(),
            values.get(TeamsKeys.EMULATOR_ISSUERS).orElse(List.of()));
    String channel = values.get(TeamsKeys.DEFAULT_CHANNEL).orElse("");
    // What is mistyped would be called absent as well.
    return faults.size() > before ? Optional.empty() : together(app, outside, channel);
  }

  private Optional<TeamsSettings> together(
      TeamsSettings.App app, TeamsSettings.Outside outside, String channel) {
    try {
      return Optional.of(new TeamsSettings(app, outside, channel))
          .filter(TeamsSettings::configured);
    } catch (IllegalArgumentException unfit) {
      String sentence = String.valueOf(unfit.getMessage());
      String where = values.where(sentence.replaceFirst(" .*", ""));
      faults.add(new Fault(where.isEmpty() ? values.whereBelow("teams.") : where, sentence));
      return Optional.empty();
    }
  }
}
