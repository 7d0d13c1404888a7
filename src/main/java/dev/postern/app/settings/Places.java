package dev.postern.app.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from.
 *
 * @param workingFolder what relative paths start from
 * @param confFile the HOCON file; empty without
 * @param dotEnv the file {@code .env}; empty without
 * @param environment variables of the process
 */
public record Places(
    Path workingFolder,
    Optional<Path> confFile,
    Optional<Path> dotEnv,
    Map<String, String> environment) {

  /**
   * The usual places: {@code .env} in the folder if there is one, and the file that was named, by
   * option or by POSTERN_CONFIG, or else {@code postern.conf} in the folder if there is one.
   */
  public static Places usual(
      Path workingFolder, Optional<Path> named, Map<String, String> environment) {
    Path folder = workingFolder.toAbsolutePath();
    Optional<Path> byVariable =
        Optional.ofNullable(environment.get("POSTERN_CONFIG"))
            .filter(name -> !name.isBlank())
            .map(Path::of);
    Optional<Path> conf =
        named.or(() -> byVariable).map(folder::resolve).or(() -> existing(folder, "postern.conf"));
    return new Places(folder, conf, existing(folder, ".env"), environment);
  }

  private static Optional<Path> existing(Path folder, String name) {
    return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
  }
}
