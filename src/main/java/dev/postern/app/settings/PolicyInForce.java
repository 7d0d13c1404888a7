package dev.postern.app.settings;

import dev.postern.app.settings.SettingsProblem.Fault;
import dev.postern.approval.Accounts;
import dev.postern.approval.Directory;
import dev.postern.policy.Chain;
import dev.postern.policy.GroupKind;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyEdit;
import dev.postern.policy.PolicyProblem;
import dev.postern.policy.Rota;
import dev.postern.policy.StagePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the policy that the settings ask for and checks it against the people. */
public final class PolicyInForce {
  private static final String ON_CALL = "oncall:";
  private static final String GROUP = "group:";

  private PolicyInForce() {}

  /**
   * Reads a policy file.
   *
   * @throws PolicyProblem with everything that is wrong in it
   * @throws IOException when it cannot be read; the message is a sentence for the administrator
   */
  public static Policy read(Path file) throws PolicyProblem, IOException {
    return read(file, new PolicyFolder(file));
  }

  /**
   * Reads a policy file of which a rule is to be changed.
   *
   * @throws PolicyProblem with everything that is wrong in it
   * @throws IOException when it cannot be read; the message is a sentence for the administrator
   */
  public static PolicyEdit edit(Path file) throws PolicyProblem, IOException {
    PolicyFolder folder = new PolicyFolder(file);
    return PolicyEdit.of(folder.first(), String.valueOf(file.getFileName()), folder);
  }

  /** The policy in force as a text that can be changed; empty where its file has mistakes now. */
  public static Optional<PolicyEdit> editable(Settings settings) {
    try {
      return settings.policyFile().isPresent()
          ? Optional.of(edit(settings.policyFile().get()))
          : Optional.of(PolicyEdit.builtIn());
    } catch (PolicyProblem | IOException notNow) {
      return Optional.empty();
    }
  }

  private static Policy read(Path file, PolicyFolder folder) throws PolicyProblem, IOException {
    return Policy.parse(folder.first(), String.valueOf(file.getFileName()), folder);
  }

  /**
   * The policy of the file that the settings name, or the built-in one.
   *
   * @throws SettingsProblem with everything that is wrong in the file, or with each chain that the
   *     people of the settings could never carry
   */
  public static Policy carried(Settings settings) throws SettingsProblem {
    return carried(
        settings, new PolicyFolder(settings.policyFile().orElse(Path.of(Policy.BUILT_IN))));
  }

  /**
   * The same.
   *
   * @param folder of the file that the settings name; knows afterwards what was read
   */
  public static Policy carried(Settings settings, PolicyFolder folder) throws SettingsProblem {
    try {
      Policy policy =
          settings.policyFile().isPresent()
              ? read(settings.policyFile().get(), folder)
              : Policy.builtIn();
      List<String> sentences = new ArrayList<>(unmanned(policy, people(settings)));
      sentences.addAll(unread(policy, settings));
      if (settings.slack().isEmpty() && settings.teams().isEmpty()) {
        sentences.addAll(nowhereToChat(policy));
      }
      List<Fault> faults =
          sentences.stream().map(sentence -> new Fault("policy", sentence)).toList();
      if (!faults.isEmpty()) {
        throw new SettingsProblem(faults);
      }
      return policy;
    } catch (PolicyProblem problem) {
      throw new SettingsProblem(
          problem.faults().stream().map(f -> new Fault(f.place(), f.sentence())).toList());
    } catch (IOException unreadable) {
      throw new SettingsProblem(
          List.of(new Fault("policy.file", String.valueOf(unreadable.getMessage()))));
    }
  }

  /** No platform is asked: who is in its groups shows when Postern runs. */
  private static Directory people(Settings settings) {
    return new ConfiguredPeople(settings.people(), () -> Accounts.NONE, ByEmail.NOTHING);
  }

  /** One sentence for each entry of which nobody could tell the people. */
  private static List<String> unread(Policy policy, Settings settings) {
    List<String> sentences = new ArrayList<>();
    for (String entry : policy.named()) {
      GroupKind.of(entry)
          .flatMap(kind -> off(kind, settings))
          .map(off -> "the policy asks " + entry + ", and " + off)
          .ifPresent(sentences::add);
    }
    return sentences;
  }

  private static Optional<String> off(GroupKind kind, Settings settings) {
    boolean on =
        switch (kind) {
          case SLACK -> settings.slack().isPresent();
          case TEAMS -> settings.teams().isPresent();
          case ENTRA -> settings.teams().filter(it -> it.outside().graph().isPresent()).isPresent();
        };
    String off =
        switch (kind) {
          case SLACK -> "Slack is off: set slack.bot-token";
          case TEAMS -> "Teams is off: set teams.app-id and what belongs to it (docs/teams.md)";
          case ENTRA ->
              "Microsoft Graph is off: set teams.graph = on and grant the app its permission"
                  + " (docs/teams.md, \"Groups\")";
        };
    return on ? Optional.empty() : Optional.of(off);
  }

  /** One sentence for each stage that asks in chats where there are none. */
  private static List<String> nowhereToChat(Policy policy) {
    return policy.stages().stream()
        .filter(stage -> stage.asked().inOwnChats())
        .map(
            stage ->
                stage.name()
                    + " asks in own-chats, and Slack and Teams are off: set slack.bot-token or"
                    + " teams.app-id")
        .distinct()
        .toList();
  }

  /** One sentence for each stage that the people of the directory could never carry. */
  static List<String> unmanned(Policy policy, Directory people) {
    List<String> sentences = new ArrayList<>();
    for (Chain chain : policy.chains()) {
      for (StagePlan stage : chain.stages()) {
        unmanned(chain, stage, policy, people).ifPresent(sentences::add);
      }
      chain
          .breakGlass()
          .flatMap(glass -> unmanned(chain, glass, policy, people))
          .ifPresent(sentences::add);
    }
    for (Rota rota : policy.rotas()) {
      rota.people().stream()
          .filter(id -> people.named(id).isEmpty())
          .map(id -> "on-call %s names %s, and people has none".formatted(rota.name(), id))
          .forEach(sentences::add);
    }
    policy.groups().forEach((name, members) -> strangers(name, members, people, sentences));
    policy.mayFreeze().stream()
        .filter(people::hasRead)
        .filter(entry -> whoAre(entry, policy).stream().allMatch(it -> people.named(it).isEmpty()))
        .map("may-freeze names %s, and people has nobody of that name"::formatted)
        .forEach(sentences::add);
    return sentences;
  }

  /** A name that two places give to different people would be a trap. */
  private static void strangers(
      String group, List<String> members, Directory people, List<String> sentences) {
    if (!people.named(GROUP + group).isEmpty()) {
      sentences.add(
          "group %s stands in the policy and in people.<id>.groups: keep one of them"
              .formatted(group));
    }
    members.stream()
        .filter(id -> people.named(id).isEmpty())
        .map(id -> "group %s names %s, and people has none".formatted(group, id))
        .forEach(sentences::add);
  }

  private static Optional<String> unmanned(
      Chain chain, StagePlan stage, Policy policy, Directory people) {
    List<String> asked = stage.asked().approvers();
    if (asked.stream().anyMatch(entry -> !people.hasRead(entry))) {
      return Optional.empty(); // others than these people are asked, too
    }
    long able =
        asked.stream()
            .flatMap(entry -> whoAre(entry, policy).stream())
            .flatMap(entry -> people.named(entry).stream())
            .distinct()
            .count();
    int needed = stage.voting().quorum().among((int) able);
    return able >= needed
        ? Optional.empty()
        : Optional.of(
            "chain %s needs %d of %s, and people has %d: add people.<id>.groups or approvers"
                .formatted(chain.name(), needed, String.join(", ", asked), able));
  }

  /** Only one person of a rota is on call at a time. */
  private static List<String> whoAre(String entry, Policy policy) {
    if (entry.startsWith(ON_CALL)) {
      return policy.rota(entry.substring(ON_CALL.length())).stream()
          .map(rota -> rota.people().getFirst())
          .toList();
    }
    return entry.startsWith(GROUP)
        ? policy.group(entry.substring(GROUP.length())).orElse(List.of(entry))
        : List.of(entry);
  }
}
