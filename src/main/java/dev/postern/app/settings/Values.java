package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.policy.NearestWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What was given, by setting: the environment before .env before postern.conf before defaults. */
final class Values {
  private static final long LARGEST_SECRET_FILE = 16 * 1024;

  private final Path workingFolder;
  private final List<Fault> faults;
  private final Map<String, Given> given = new LinkedHashMap<>();

  private Values(Path workingFolder, List<Fault> faults) {
    this.workingFolder = workingFolder;
    this.faults = faults;
  }

  static Values collect(Places places, List<Fault> faults) throws SettingsProblem {
    Values values = new Values(places.workingFolder(), faults);
    if (places.confFile().isPresent()) {
      ConfFile.read(places.confFile().get(), places.environment(), faults).forEach(values::take);
    }
    Variables variables = new Variables(List.copyOf(values.given.keySet()), faults);
    places
        .dotEnv()
        .ifPresent(
            file ->
                DotEnv.read(file, faults)
                    .forEach(line -> values.variable(variables, line, Optional.of(file))));
    new TreeSet<>(places.environment().keySet())
        .forEach(
            name -> {
              String value = places.environment().getOrDefault(name, "");
              DotEnv.Line line = new DotEnv.Line(name, value, "environment " + name);
              values.variable(variables, line, Optional.empty());
            });
    values.refuseUnknown();
    return values;
  }

  private void variable(Variables variables, DotEnv.Line line, Optional<Path> file) {
    variables
        .setting(line.variable(), line.where())
        .filter(_ -> !line.value().isBlank()) // NAME= is how templates say: not set
        .ifPresent(name -> take(new Given(name, line.value().strip(), line.where(), file)));
  }

  /** A later source wins, and a secret there replaces an earlier one given in the other way. */
  private void take(Given value) {
    String other =
        value.name().endsWith("-file")
            ? value.name().substring(0, value.name().length() - "-file".length())
            : value.name() + "-file";
    Given rival = given.get(other);
    if (rival != null && !rival.file().equals(value.file())) {
      given.remove(other);
    }
    given.put(value.name(), value);
  }

  private void refuseUnknown() {
    for (Given value : given.values()) {
      if (Keys.WITH_FILES.stream().noneMatch(key -> key.chosen(value.name()).isPresent())) {
        List<String> right = Keys.WITH_FILES.stream().map(k -> k.name()).toList();
        String mend =
            NearestWord.to(value.name(), right).map(w -> "; did you mean " + w + "?").orElse("");
        faults.add(new Fault(value.where(), value.name() + " is no setting" + mend));
      }
    }
  }

  /** Whether the setting was given at all, right or wrong. */
  boolean has(Key<?> key) {
    return given.containsKey(key.name()) || given.containsKey(key.name() + "-file");
  }

  /** Where the setting was given; empty text if nowhere. */
  String where(String name) {
    return Optional.ofNullable(given.get(name))
        .or(() -> Optional.ofNullable(given.get(name + "-file")))
        .map(Given::where)
        .orElse("");
  }

  /** Where the first setting below that name was given. */
  String whereBelow(String prefix) {
    return given.values().stream()
        .filter(value -> value.name().startsWith(prefix))
        .map(Given::where)
        .findFirst()
        .orElse("");
  }

  /** The names that were chosen for {@code *} in any of these settings. */
  NavigableSet<String> chosen(List<Key<?>> keys) {
    NavigableSet<String> chosen = new TreeSet<>();
    for (String name : given.keySet()) {
      Keys.WITH_FILES.stream()
          .filter(key -> key.chosen(name).isPresent())
          .findFirst() // the …-file keys come first: gw-file is the file of gw
          .filter(
              key ->
                  keys.stream()
                      .anyMatch(k -> k.name().equals(key.name().replaceFirst("-file$", ""))))
          .flatMap(key -> key.chosen(name))
          .ifPresent(chosen::add);
    }
    return chosen;
  }

  /** The value, or the default; empty when there is neither, or after a complaint. */
  <T> Optional<T> get(Key<T> key) {
    return get(key, "");
  }

  /** The value of a setting with a chosen name. */
  <T> Optional<T> get(Key<T> key, String chosen) {
    String name = key.of(chosen);
    Given value = given.get(name);
    if (value == null) {
      return key.fallback().isEmpty() ? Optional.empty() : key.form().read().apply(key.fallback());
    }
    Optional<T> read = key.form().read().apply(value.text());
    if (read.isEmpty()) {
      String shown = name.equals("store.url") ? "" : " is \"" + shortened(value.text()) + "\";";
      faults.add(new Fault(value.where(), name + shown + " it must be " + key.form().expected()));
    }
    return read.or(() -> key.form().read().apply(key.fallback()));
  }

  /** A secret, given itself or by the file that holds it. */
  Optional<Secret> secret(Key<String> key, String chosen) {
    String name = key.of(chosen);
    Given itself = given.get(name);
    Given byFile = given.get(name + "-file");
    if (itself != null && byFile != null) {
      faults.add(new Fault(byFile.where(), name + " and " + name + "-file are both set: keep one"));
      return Optional.empty();
    }
    if (itself != null) {
      itself.file().ifPresent(file -> refuseWorldReadable(name, file, itself.where()));
      return checked(key, name, itself.text(), itself.where());
    }
    return byFile == null ? Optional.empty() : fromFile(key, name, byFile);
  }

  private Optional<Secret> fromFile(Key<String> key, String name, Given at) {
    try {
      Path file = workingFolder.resolve(at.text());
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_SECRET_FILE) {
        throw new IOException("no small file");
      }
      refuseWorldReadable(name, file, at.where());
      return checked(key, name, Files.readString(file).strip(), at.where());
    } catch (IOException | InvalidPathException unreadable) {
      String what = name + "-file: there is no readable file " + shortened(at.text());
      faults.add(new Fault(at.where(), what));
      return Optional.empty();
    }
  }

  private Optional<Secret> checked(Key<String> key, String name, String text, String where) {
    Optional<String> read = key.form().read().apply(text);
    if (read.isEmpty()) {
      String what = name + " is " + text.length() + " characters; it must be ";
      faults.add(new Fault(where, what + key.form().expected()));
    }
    return read.map(Secret::new);
  }

  private void refuseWorldReadable(String name, Path file, String where) {
    try {
      if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
        String what = file.getFileName() + " holds " + name;
        String mend = " and everybody on this machine can read it: chmod 600 " + file;
        faults.add(new Fault(where, what + mend));
      }
    } catch (UnsupportedOperationException noSuchPermissions) {
      return; // a file system without them, such as Windows has
    } catch (IOException unreadable) {
      faults.add(new Fault(where, "the permissions of " + file + " cannot be read"));
    }
  }

  private static String shortened(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 60 ? line.substring(0, 60) + "…" : line;
  }
}
