package dev.postern.policy;

import dev.postern.evidence.Home;
import java.util.List;
import java.util.Optional;

/**
 * A file of tests for a policy: messages, and what the policy is expected to say of each. Nothing
 * of it is run here; docs/policy.md describes its form.
 *
 * @param policy the policy file, relative to this one; empty for the built-in policy
 * @param home whose firm this is, for messages that are examined
 * @param cases in the order of the file
 */
public record TestFile(Optional<String> policy, Home home, List<TestCase> cases) {
  /** Copies the list, so that it never changes. */
  public TestFile {
    cases = List.copyOf(cases);
  }

  /**
   * Reads one.
   *
   * @param yaml the text of the file
   * @param fileName how complaints call it
   * @throws PolicyProblem with everything that is wrong
   */
  public static TestFile parse(String yaml, String fileName) throws PolicyProblem {
    return TestFileReader.read(yaml, fileName);
  }
}
