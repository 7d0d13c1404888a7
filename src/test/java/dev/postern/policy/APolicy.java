package dev.postern.policy;

/** Policies for tests of other rooms. */
public final class APolicy {
  private APolicy() {}

  /** The plainest policy, under which this person may freeze releasing by rule. */
  public static Policy letting(String person) {
    String yaml =
        """
        chains:
          admins: {name: Mail admins, approvers: ["group:admins"], window: 4h}
        rules: []
        may-freeze: [PERSON]
        """;
    try {
      return Policy.parse(yaml.replace("PERSON", person), "test.yaml");
    } catch (PolicyProblem problem) {
      throw new AssertionError(problem);
    }
  }

  /** A policy with these rules, each in one line. */
  public static Policy of(String... rules) {
    StringBuilder yaml =
        new StringBuilder("chains: {admins: {name: A, approvers: [kim], window: 4h}}\nrules:\n");
    for (String rule : rules) {
      yaml.append("  - ").append(rule).append('\n');
    }
    try {
      return Policy.parse(yaml.toString(), "test.yaml");
    } catch (PolicyProblem problem) {
      throw new AssertionError(problem);
    }
  }

  /** Mail that is proved in every way. */
  public static Situation provedMail() {
    return ASituation.proved().build();
  }
}
