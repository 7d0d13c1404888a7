package dev.postern.app.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.postern.app.settings.Settings.Mode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A working folder with settings in it. */
final class AHome {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  AHome(Path folder) {
    this.folder = folder;
  }

  AHome conf(String hocon) {
    return file("postern.conf", hocon, "rw-------");
  }

  AHome dotEnv(String lines) {
    return file(".env", lines, "rw-------");
  }

  AHome file(String name, String text, String permissions) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AHome environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Places places() {
    return Places.usual(folder, Optional.empty(), environment);
  }

  Settings forTry() throws SettingsProblem {
    return SettingsReader.read(places(), Mode.TRY);
  }

  Settings forServe() throws SettingsProblem {
    return SettingsReader.read(places(), Mode.SERVE);
  }

  /** Everything that is wrong with what {@code try} would start from. */
  String complaint() {
    return complaint(Mode.TRY);
  }

  String complaint(Mode mode) {
    return String.valueOf(
        catchThrowableOfType(SettingsProblem.class, () -> SettingsReader.read(places(), mode))
            .getMessage());
  }
}
