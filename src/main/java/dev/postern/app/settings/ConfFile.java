package dev.postern.app.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.postern.app.settings.SettingsProblem.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code postern.conf} (HOCON) into values by dotted name. */
final class ConfFile {
  private final Path file;
  private final List<Fault> faults;
  private final List<Given> values = new ArrayList<>();

  private ConfFile(Path file, List<Fault> faults) {
    this.file = file;
    this.faults = faults;
  }

  /**
   * Everything that is set in the file.
   *
   * @param environment for substitutions such as {@code ${HOME}}
   * @throws SettingsProblem when the file as a whole cannot be read
   */
  static List<Given> read(Path file, Map<String, String> environment, List<Fault> faults)
      throws SettingsProblem {
    ConfFile conf = new ConfFile(file, faults);
    try {
      Config parsed =
          ConfigFactory.parseFile(
              file.toFile(),
              ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF).setAllowMissing(false));
      Config variables = ConfigValueFactory.fromMap(environment).toConfig();
      Config resolved = parsed.resolveWith(parsed.withFallback(variables));
      conf.object("", resolved.root());
    } catch (ConfigException broken) {
      // The library's own words can quote the line, and the line can hold a secret.
      // Nothing else is looked at: what the file would have set is only missed in appearance.
      throw new SettingsProblem(
          List.of(new Fault(conf.where(broken.origin()), conf.words(broken))));
    }
    return conf.values;
  }

  private void object(String prefix, ConfigObject object) {
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      value(prefix + entry.getKey(), entry.getValue());
    }
  }

  private void value(String name, ConfigValue value) {
    switch (value.valueType()) {
      case OBJECT -> object(name + ".", (ConfigObject) value);
      case LIST -> list(name, (ConfigList) value);
      case NULL -> {} // taken back, as if it were not there
      case STRING, NUMBER, BOOLEAN -> take(name, text(value), value);
    }
  }

  private void list(String name, ConfigList list) {
    boolean plain =
        list.stream()
            .noneMatch(
                v ->
                    switch (v.valueType()) {
                      case OBJECT, LIST, NULL -> true;
                      case STRING, NUMBER, BOOLEAN -> false;
                    });
    if (plain) {
      take(name, list.stream().map(ConfFile::text).collect(Collectors.joining(",")), list);
    } else {
      faults.add(new Fault(where(list.origin()), name + " must be a list of plain values"));
    }
  }

  private void take(String name, String text, ConfigValue at) {
    if (!text.isBlank()) {
      values.add(new Given(name, text.strip(), where(at.origin()), Optional.of(file)));
    }
  }

  private static String text(ConfigValue value) {
    return String.valueOf(value.unwrapped());
  }

  private String where(@Nullable ConfigOrigin origin) {
    int line = origin == null ? -1 : origin.lineNumber();
    return line > 0 ? file.getFileName() + ":" + line : String.valueOf(file.getFileName());
  }

  private String words(ConfigException broken) {
    return switch (broken) {
      case ConfigException.UnresolvedSubstitution _ ->
          "a ${…} names a setting or variable that does not exist; ${?…} may be absent";
      case ConfigException.IO _ -> "the file " + file + " cannot be read";
      default ->
          "this cannot be read: look for a missing quote, brace or = in or before the line (a value"
              + " with @ : # or other signs needs quotes)";
    };
  }
}
