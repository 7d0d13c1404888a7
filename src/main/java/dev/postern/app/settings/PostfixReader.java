package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.HoldRef;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.postfix.PostfixSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads what is set for Postfix's hold queue. */
final class PostfixReader {
  private final Values values;
  private final List<Fault> faults;
  private final Path folder;

  /**
   * @param folder what a file name is relative to
   */
  PostfixReader(Values values, List<Fault> faults, Path folder) {
    this.values = values;
    this.faults = faults;
    this.folder = folder;
  }

  /** What is set; empty when it is off, or after a complaint. */
  Optional<PostfixSettings> read(Settings.Smtp smtp) {
    int before = faults.size();
    Optional<String> name = values.get(PostfixKeys.NAME);
    name.filter(HoldRef.OWN_SOURCES::contains)
        .ifPresent(
            taken ->
                refuse(
                    PostfixKeys.NAME,
                    "mail.postfix.name: the name " + taken + " is Postern's own"));
    PostfixKeys.ALL.stream()
        .filter(key -> name.isEmpty() && !key.equals(PostfixKeys.NAME) && values.has(key))
        .findFirst()
        .ifPresent(
            key ->
                refuse(
                    key,
                    key.name() + " does nothing without mail.postfix.name, which switches it on"));
    return faults.size() > before ? Optional.empty() : name.map(source -> settings(source, smtp));
  }

  private PostfixSettings settings(String source, Settings.Smtp smtp) {
    return new PostfixSettings(
        source,
        List.of(fallback(PostfixKeys.HELPER).strip().split(" +", -1)),
        folder.resolve(fallback(PostfixKeys.PROGRAMS)),
        values.get(PostfixKeys.CONFIG).map(folder::resolve),
        values.get(PostfixKeys.REINJECT).map(to -> reinject(to, smtp.hostname())),
        values.get(PostfixKeys.LOG).map(folder::resolve),
        (int) smtp.maxSize());
  }

  private static NextHopSettings reinject(HostPort to, String hostname) {
    return new NextHopSettings(to.host(), to.port(), hostname, "", NextHopSettings.Timing.usual());
  }

  /** For settings with a default: where the value is wrong, the default stands in meanwhile. */
  private <T> T fallback(Key<T> key) {
    return values.get(key).orElseThrow();
  }

  private void refuse(Key<?> key, String sentence) {
    faults.add(new Fault(values.where(key.name()), sentence));
  }
}
