package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.policy.NearestWord;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells which setting a variable of the environment is. */
final class Variables {
  private static final String OURS = "POSTERN_";

  /** Read by commands, not settings. */
  private static final Set<String> OF_COMMANDS = Set.of("POSTERN_TOKEN", "POSTERN_CONFIG");

  /** Kubernetes sets these for a service that is called postern. */
  private static final Pattern OF_KUBERNETES =
      Pattern.compile("POSTERN_(SERVICE_(HOST|PORT)(_.*)?|PORT(_[0-9]+_(TCP|UDP)(_.*)?)?)");

  private final Collection<String> names;
  private final List<Fault> faults;

  /**
   * Gets ready.
   *
   * @param names settings that the file gives, so that {@code POSTERN_PEOPLE_KIM_LEE_TOKEN} is
   *     found to be of {@code kim-lee} or {@code kim_lee}
   */
  Variables(Collection<String> names, List<Fault> faults) {
    this.names = names;
    this.faults = faults;
  }

  /** The setting; empty for a variable that is none, after a complaint if it looks like one. */
  Optional<String> setting(String variable, String where) {
    if (!variable.startsWith(OURS)
        || OF_COMMANDS.contains(variable)
        || OF_KUBERNETES.matcher(variable).matches()) {
      return Optional.empty();
    }
    Optional<String> found =
        Keys.WITH_FILES.stream().flatMap(k -> name(k, variable).stream()).findFirst();
    if (found.isEmpty()) {
      List<String> right = Keys.ALL.stream().map(Key::variable).toList();
      String mend =
          NearestWord.to(variable, right).map(w -> "; did you mean " + w + "?").orElse("");
      faults.add(new Fault(where, variable + " is no setting" + mend));
    }
    return found;
  }

  private Optional<String> name(Key<?> key, String variable) {
    int star = key.name().indexOf('*');
    if (star < 0) {
      return key.variable().equals(variable) ? Optional.of(key.name()) : Optional.empty();
    }
    String before = Key.variable(key.name().substring(0, star));
    String after = Key.variable(key.name().substring(star + 1)).substring(OURS.length());
    if (!variable.startsWith(before)
        || !variable.endsWith(after)
        || variable.length() <= before.length() + after.length()) {
      return Optional.empty();
    }
    String chosen = variable.substring(before.length(), variable.length() - after.length());
    return Optional.of(key.of(known(key, chosen)));
  }

  private String known(Key<?> key, String chosen) {
    String prefix = key.name().substring(0, key.name().indexOf('*'));
    return names.stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()).replaceFirst("\\..*", ""))
        .filter(id -> Key.variable(id).equals(OURS + chosen))
        .findFirst()
        .orElseGet(() -> chosen.toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
