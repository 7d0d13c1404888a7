package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.HoldRef;
import java.util.List;
import java.util.Optional;

/** The name that switches a mail system on, and that its cases have. */
final class SourceName {
  private final Values values;
  private final List<Fault> faults;

  SourceName(Values values, List<Fault> faults) {
    this.values = values;
    this.faults = faults;
  }

  /**
   * Reads it; empty when the mail system is off, or after a complaint.
   *
   * @param all every setting of the mail system, which do nothing without its name
   */
  Optional<String> read(Key<String> key, List<Key<?>> all) {
    int before = faults.size();
    Optional<String> name = values.get(key);
    name.filter(HoldRef.OWN_SOURCES::contains)
        .ifPresent(taken -> refuse(key, key.name() + ": the name " + taken + " is Postern's own"));
    all.stream()
        .filter(other -> name.isEmpty() && !other.equals(key) && values.has(other))
        .findFirst()
        .ifPresent(
            other ->
                refuse(
                    other,
                    other.name()
                        + " does nothing without "
                        + key.name()
                        + ", which switches it on"));
    return faults.size() > before ? Optional.empty() : name;
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
