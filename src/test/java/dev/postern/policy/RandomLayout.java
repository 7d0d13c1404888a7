package dev.postern.policy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A policy with one rule in shadow, written in one of very many ways. */
final class RandomLayout {
  private static final String CHAINS =
      "chains: {admins: {name: A, approvers: [kim], window: 4h}} # who\n";

  private RandomLayout() {}

  static String of(Random random) {
    StringBuilder yaml = new StringBuilder();
    boolean chainsFirst = random.nextBoolean();
    yaml.append(chainsFirst ? CHAINS : "");
    yaml.append("rules:").append(random.nextInt(4) == 0 ? " # tried from above" : "").append("\n");
    String indent = " ".repeat(random.nextInt(4));
    int place = random.nextInt(3);
    for (int i = 0; i < 3; i++) {
      noise(random, yaml, indent);
      String name = i == place ? "partner" : "other" + i;
      String when = i == place ? "uncertain" : "message.subject == 'é🐘" + i + "'";
      yaml.append(rule(random, indent, name, when, i == place));
    }
    noise(random, yaml, "");
    yaml.append(chainsFirst ? "" : CHAINS);
    String text = yaml.toString();
    return random.nextInt(5) == 0 ? text.replace("\n", "\r\n") : text;
  }

  private static void noise(Random random, StringBuilder yaml, String indent) {
    switch (random.nextInt(5)) {
      case 0 -> yaml.append("\n");
      case 1 -> yaml.append(indent).append("# remark - shadow: true\n");
      default -> {}
    }
  }

  private static String rule(
      Random random, String indent, String name, String when, boolean shadow) {
    List<String> entries = new ArrayList<>();
    entries.add("name: " + name);
    boolean flow = random.nextInt(3) == 0;
    entries.add(
        !flow && random.nextInt(3) == 0
            ? "when: >-\n" + indent + "    " + when
            : "when: \"" + when + "\"");
    entries.add(random.nextBoolean() ? "do: release" : "do:   \"release\"");
    if (shadow) {
      entries.add(
          List.of("shadow: true", "\"shadow\": true", "shadow:  'true'").get(random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      entries.add("limit: 7");
    }
    Collections.shuffle(entries, random);
    return flow ? flow(random, indent, entries) : block(random, indent, entries);
  }

  private static String flow(Random random, String indent, List<String> entries) {
    StringBuilder rule = new StringBuilder(indent + "- {");
    for (int i = 0; i < entries.size(); i++) {
      rule.append(entries.get(i));
      rule.append(
          i == entries.size() - 1 ? "" : random.nextInt(5) == 0 ? " , # so\n   " + indent : ", ");
    }
    return rule.append(random.nextInt(4) == 0 ? " ,}" : "}").append("\n").toString();
  }

  private static String block(Random random, String indent, List<String> entries) {
    StringBuilder rule = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      rule.append(indent).append(i == 0 ? "- " : "  ").append(entry);
      rule.append(!entry.contains(">-") && random.nextInt(4) == 0 ? "  # why not\n" : "\n");
      if (random.nextInt(6) == 0) {
        rule.append(random.nextBoolean() ? "\n" : indent + "  # between\n");
      }
    }
    return rule.toString();
  }
}
