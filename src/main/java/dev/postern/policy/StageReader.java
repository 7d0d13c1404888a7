package dev.postern.policy;

import dev.postern.policy.StagePlan.Asked;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import dev.postern.policy.StagePlan.Sequel;
import dev.postern.policy.StagePlan.Timing;
import dev.postern.policy.StagePlan.Voting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one stage of a chain. */
final class StageReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "approvers",
          "quorum",
          "window",
          "hours",
          "remind",
          "reason",
          "distinct-from",
          "on-release",
          "on-discard",
          "on-timeout",
          "channels",
          "notify");
  private static final List<String> BREAK_GLASS_KEYS =
      List.of("name", "approvers", "window", "notify");

  /** Past most windows: the glass is there for when they have closed. */
  private static final Duration BREAK_GLASS_WINDOW = Duration.ofDays(3);

  static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** No person ({@code U…}): the row of a card in a person's conversation is the witness's. */
  private static final Pattern CHANNEL =
      Pattern.compile("slack:[CG][A-Z0-9]{1,29}|teams:19:[A-Za-z0-9_.-]{1,200}@[a-z0-9.]{3,40}");

  private static final int MOST_REMINDERS = 5;

  private final Calendar calendar;

  StageReader(Calendar calendar) {
    this.calendar = calendar;
  }

  /** The stage; empty where too much of it is wrong. */
  Optional<StagePlan> read(Section section, String chain) {
    String what = "chain " + chain;
    Optional<String> name = section.required("name", what).flatMap(n -> shown(section, n));
    List<String> approvers = approvers(section, what);
    Optional<Duration> window =
        section.required("window", what).flatMap(w -> Scalars.duration(section, w, "window"));
    Voting voting =
        new Voting(
            section.scalar("quorum").map(q -> quorum(section, q)).orElse(new Quorum.People(1)),
            Scalars.word(section, "on-discard", OnDiscard.STOP),
            Scalars.word(section, "reason", ReasonRule.DISCARD),
            section.words("distinct-from"));
    OnRelease onRelease = Scalars.word(section, "on-release", OnRelease.DECIDE);
    // Silence must not save a pair of eyes: the stage behind would decide alone.
    OnTimeout silence = onRelease == OnRelease.NEXT ? OnTimeout.EXPIRE : OnTimeout.ESCALATE;
    Sequel sequel = new Sequel(Scalars.word(section, "on-timeout", silence), onRelease);
    Optional<WorkingHours> hours = section.scalar("hours").flatMap(h -> calendar.hours(section, h));
    List<String> told = channels(section, "notify");
    List<String> channels = channels(section, "channels");
    return name.isPresent() && window.isPresent() && !approvers.isEmpty()
        ? Optional.of(
            new StagePlan(
                name.get(),
                new Asked(approvers, told, channels),
                voting,
                new Timing(window.get(), hours, reminders(section, window.get())),
                sequel))
        : Optional.empty();
  }

  /** Who may break the glass: one of them is enough, and always says why. */
  Optional<StagePlan> breakGlass(Section around, Node node, String chain) {
    Section section = around.inside(node, "break-glass", BREAK_GLASS_KEYS);
    List<String> approvers = approvers(section, "break-glass of chain " + chain);
    String name = section.scalar("name").flatMap(n -> shown(section, n)).orElse("Break-glass");
    Duration window =
        section
            .scalar("window")
            .flatMap(it -> Scalars.duration(section, it, "window"))
            .orElse(BREAK_GLASS_WINDOW);
    return approvers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new StagePlan(
                name,
                new Asked(approvers, channels(section, "notify"), List.of()),
                new Voting(new Quorum.People(1), OnDiscard.STOP, ReasonRule.ALWAYS, List.of()),
                new Timing(window, Optional.empty(), List.of()),
                new Sequel(OnTimeout.EXPIRE, OnRelease.DECIDE)));
  }

  private static Optional<String> shown(Section section, ScalarNode node) {
    if (RuleReader.NAME.matcher(node.getValue()).matches()) {
      return Optional.of(node.getValue());
    }
    String what = "name is 1 to 40 letters, digits, spaces, dots, hyphens, underscores";
    section.fault(node, what + "; cards show it under \"Who decides\"", Optional.empty());
    return Optional.empty();
  }

  private List<String> approvers(Section section, String what) {
    if (section.list("approvers").isEmpty()) {
      section.fault(section.node(), what + " names no approvers", Optional.empty());
    }
    return people(section, "approvers", "an approver is");
  }

  /**
   * The people that a list names.
   *
   * @param form begins the complaint about an entry that names nobody
   */
  List<String> people(Section section, String key, String form) {
    List<String> approvers = new ArrayList<>();
    for (Node node : section.list(key)) {
      String entry = node instanceof ScalarNode scalar ? scalar.getValue() : "";
      String name = entry.replaceFirst("^(group|oncall):", "");
      Optional<GroupKind> kind = GroupKind.of(entry);
      if (!kind.map(it -> it.fits(entry)).orElseGet(() -> ID.matcher(name).matches())) {
        section.fault(node, misnamed(form, entry), Optional.empty());
      } else if (approvers.contains(entry)) {
        section.fault(node, entry + " stands here twice", Optional.empty());
      } else {
        approvers.add(entry);
        if (entry.startsWith("oncall:")) {
          calendar.rota(section, node, name);
        }
      }
    }
    return approvers;
  }

  private static String misnamed(String form, String entry) {
    String right =
        GroupKind.of(entry)
            .map(GroupKind::form)
            .orElse(
                form
                    + " a person's id, group:NAME, oncall:NAME, slack-group:ID, teams-group:ID or"
                    + " entra-group:ID");
    return right + ", not \"" + entry + "\"";
  }

  private static Quorum quorum(Section section, ScalarNode node) {
    if (node.getValue().equals("all")) {
      return new Quorum.All();
    }
    if (node.getValue().matches("[1-9][0-9]?")) {
      return new Quorum.People(Integer.parseInt(node.getValue()));
    }
    String what = "quorum is a number from 1 to 99 or all, not \"" + node.getValue() + "\"";
    section.fault(node, what, Optional.empty());
    return new Quorum.People(1);
  }

  private static List<Duration> reminders(Section section, Duration window) {
    List<Node> nodes = section.list("remind");
    List<Duration> reminders = new ArrayList<>();
    for (Node node : nodes) {
      Optional<Duration> wait = Scalars.duration(section, node, "remind");
      if (wait.isPresent() && wait.get().compareTo(window) >= 0) {
        section.fault(node, "a reminder comes before the window closes", Optional.empty());
      }
      wait.ifPresent(reminders::add);
    }
    if (nodes.size() > MOST_REMINDERS) {
      String what = "at most " + MOST_REMINDERS + " reminders for one stage";
      section.fault(nodes.get(MOST_REMINDERS), what, Optional.empty());
    }
    return reminders.stream().sorted(Comparator.naturalOrder()).distinct().toList();
  }

  private static List<String> channels(Section section, String key) {
    List<String> channels = new ArrayList<>();
    for (Node node : section.list(key)) {
      String channel = node instanceof ScalarNode scalar ? scalar.getValue() : "";
      boolean alone = key.equals("channels") && channel.equals(StagePlan.OWN_CHATS);
      if (!alone && !CHANNEL.matcher(channel).matches()) {
        String what =
            key
                + " names channels by their ids, such as slack:C0123ABCD or"
                + " teams:19:abc@thread.tacv2"
                + (key.equals("channels") ? ", or says own-chats" : "")
                + ", not \"";
        section.fault(node, what + channel + "\"", Optional.empty());
      } else if (!channels.contains(channel)) {
        channels.add(channel);
      }
    }
    return channels;
  }
}
