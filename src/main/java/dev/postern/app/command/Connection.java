package dev.postern.app.command;

import dev.postern.app.settings.HostPort;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.Settings.Mode;
import dev.postern.app.settings.SettingsProblem;
import dev.postern.app.settings.SettingsReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the commands of {@code case} reach a running Postern. */
final class Connection {
  private static final String TOKEN_FILE = "operator.token";
  private static final int LARGEST_TOKEN_FILE = 4096;
  private static final int USUAL_PORT = 8080;

  @Mixin private Settled settled = new Settled();

  @Option(
      names = "--url",
      paramLabel = "URL",
      description =
          "Where Postern answers; otherwise http://127.0.0.1 at the port of the settings.")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with your access token; otherwise the variable POSTERN_TOKEN, otherwise"
              + " operator.token in the data folder.")
  private Optional<Path> tokenFile = Optional.empty();

  /** The settings file that was named. */
  Optional<Path> file() {
    return settled.file();
  }

  /** Whether a running Postern was named, be it here or elsewhere. */
  boolean named() {
    return url.isPresent();
  }

  /** Where a browser finds the console: a named address, or what the settings say. */
  URI console(Settings settings) {
    return url.or(() -> settings.http().publicUrl()).orElseGet(() -> here(Optional.of(settings)));
  }

  /** A client, before anything is sent. */
  CaseClient open(Terminal terminal) throws CommandFailure {
    Optional<Settings> settings = settings(terminal);
    URI address = url.orElseGet(() -> here(settings));
    if (address.getHost() == null || !String.valueOf(address.getScheme()).matches("https?")) {
      throw CommandFailure.usage(
          "--url \"" + address + "\" is no address such as https://postern.firm.example");
    }
    return new CaseClient(address, token(terminal, settings));
  }

  /** Settings only say where to look. A file meant for serve need not be complete for that. */
  private Optional<Settings> settings(Terminal terminal) {
    try {
      return Optional.of(
          SettingsReader.read(CommandLineTool.places(terminal, settled.file()), Mode.TRY));
    } catch (SettingsProblem problem) {
      return Optional.empty();
    }
  }

  private static URI here(Optional<Settings> settings) {
    int port = settings.map(s -> s.http().port()).filter(p -> p != 0).orElse(USUAL_PORT);
    return URI.create("http://" + new HostPort("127.0.0.1", port));
  }

  private String token(Terminal terminal, Optional<Settings> settings) throws CommandFailure {
    Optional<String> variable =
        Optional.ofNullable(terminal.environment().get("POSTERN_TOKEN")).filter(t -> !t.isBlank());
    if (tokenFile.isEmpty() && variable.isPresent()) {
      return usable(variable.get().strip(), "POSTERN_TOKEN");
    }
    Path data = settings.map(Settings::data).orElse(terminal.workingFolder().resolve("data"));
    Path file = tokenFile.map(terminal.workingFolder()::resolve).orElse(data.resolve(TOKEN_FILE));
    try {
      if (Files.size(file) > LARGEST_TOKEN_FILE) {
        throw CommandFailure.usage(file + " is too large to be a token");
      }
      return usable(Files.readString(file).strip(), file.toString());
    } catch (IOException unreadable) {
      throw CommandFailure.usage(
          "there is no access token: set --token-file or POSTERN_TOKEN ("
              + file
              + " cannot be read)");
    }
  }

  private static String usable(String token, String where) throws CommandFailure {
    if (!token.matches("[\\x21-\\x7e]{1,400}")) {
      throw CommandFailure.usage(where + " holds no access token");
    }
    return token;
  }
}
