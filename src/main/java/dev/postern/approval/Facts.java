package dev.postern.approval;

import dev.postern.evidence.Digest;
import dev.postern.policy.Ruling;
import java.util.stream.Collectors;

/** Facts as the log writes them: {@code key=value}, own words, ids and hashes only. */
final class Facts {
  private Facts() {}

  static String of(Stage stage) {
    return "chain="
        + quoted(stage.place().chain())
        + " stage="
        + stage.ordinal()
        + " of="
        + stage.of()
        + " quorum="
        + stage.quorum()
        + " approvers="
        + String.join(",", stage.approvers())
        + " closes="
        + stage.closes();
  }

  static String of(Ruling ruling) {
    return "action="
        + ruling.action().word()
        + " rule="
        + quoted(ruling.rule())
        + " policy="
        + ruling.policyVersion()
        + ruling.notes().shadows().stream()
            .map(it -> " shadow=" + quoted(it.rule() + ":" + it.action()))
            .collect(Collectors.joining())
        + ruling.frozen().map(it -> " frozen-by=" + it.person()).orElse("")
        + ruling.notes().granted().map(it -> " grant=" + it.id()).orElse("");
  }

  static String of(Choice choice) {
    return switch (choice) {
      case Choice.ReleaseTo some ->
          "release-to-"
              + some.recipients().size()
              + " recipients-sha256="
              + Digest.of(some.recipients().toString()).hex();
      case Choice.ReleaseAll _, Choice.Discard _ ->
          choice.word() + (choice.later() ? " later=yes" : "");
    };
  }

  static String of(Refusal why, Click click) {
    return "why=" + why.word() + " surface=" + click.surface();
  }

  /** Names of the policy may hold spaces. */
  static String quoted(String name) {
    return '"' + name.replace('"', '\'') + '"';
  }
}
