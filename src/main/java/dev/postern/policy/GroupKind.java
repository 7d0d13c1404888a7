package dev.postern.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Groups whose members a chat platform or directory tells, as an entry of a policy names them. */
public enum GroupKind {
  /** A user group of Slack. */
  SLACK("slack-group:", "slack", "Slack", "S[A-Z0-9]{2,20}", "the id of a user group", "S0123ABC"),
  /** Whoever is in a team, channel or group chat of Teams. */
  TEAMS(
      "teams-group:",
      "teams",
      "Teams",
      "19:[A-Za-z0-9_.-]{1,200}@[a-z0-9.]{3,40}",
      "the id of a team, channel or group chat",
      "19:abc@thread.tacv2"),
  /** A group of Entra, with those that are in it by another group. */
  ENTRA(
      "entra-group:",
      "teams",
      "Entra",
      "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
      "the Object ID of a group in Entra",
      "0a1b2c3d-1234-4abc-8def-0123456789ab");

  private final String prefix;
  private final String platform;
  private final String teller;
  private final Pattern id;
  private final String what;
  private final String example;

  GroupKind(String prefix, String platform, String teller, String id, String what, String example) {
    this.prefix = prefix;
    this.platform = platform;
    this.teller = teller;
    this.id = Pattern.compile(id);
    this.what = what;
    this.example = example;
  }

  /** What kind an entry names; empty for people and the groups of the settings. */
  public static Optional<GroupKind> of(String entry) {
    return Arrays.stream(values()).filter(kind -> kind.names(entry)).findFirst();
  }

  /** Who tells the members of those entries, for people: {@code Slack and Teams}. */
  public static String tellers(List<String> entries) {
    return entries.stream()
        .flatMap(entry -> of(entry).stream())
        .map(kind -> kind.teller)
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  /**
   * One sentence for each who tells members.
   *
   * @param form takes who tells, and then the entries
   */
  public static String sentences(String form, List<String> entries) {
    return Arrays.stream(values())
        .filter(kind -> entries.stream().anyMatch(kind::names))
        .map(kind -> form.formatted(kind.teller, kind.all(entries)))
        .collect(Collectors.joining(" "));
  }

  private String all(List<String> entries) {
    return entries.stream().filter(this::names).collect(Collectors.joining(", "));
  }

  private boolean names(String entry) {
    return entry.startsWith(prefix);
  }

  /** The entries of one kind, without what they begin with. */
  public List<String> among(List<String> entries) {
    return entries.stream().filter(this::names).map(this::idIn).distinct().toList();
  }

  /** The platform's id of the group that an entry of this kind names. */
  public String idIn(String entry) {
    String written = entry.substring(prefix.length());
    return this == ENTRA ? written.toLowerCase(Locale.ROOT) : written;
  }

  /** The platform whose accounts are in it: {@code slack} or {@code teams}. */
  public String platform() {
    return platform;
  }

  /** Whether an entry of this kind names an id as it has to be. */
  boolean fits(String entry) {
    return id.matcher(entry.substring(prefix.length())).matches();
  }

  /** What to write instead of an entry that does not fit. */
  String form() {
    return prefix + " takes " + what + " such as " + prefix + example;
  }
}
