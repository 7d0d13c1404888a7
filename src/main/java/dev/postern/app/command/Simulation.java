package dev.postern.app.command;

import dev.postern.policy.Policy;
import dev.postern.policy.Precedents.Span;
import dev.postern.policy.Replayed;
import java.net.URI;
import java.util.Optional;

/**
 * A policy tried on cases of the past.
 *
 * @param head what was tried on what
 * @param result what it came to
 */
record Simulation(Head head, Replayed result) {

  /**
   * A policy with the name that reports give it.
   *
   * @param name its file, or what else it is
   * @param policy the policy
   */
  record Named(String name, Policy policy) {}

  /**
   * What was tried on what.
   *
   * @param when the span of time
   * @param days how many days that are
   * @param before what it is compared with; empty for what was ruled then
   * @param after what was tried
   * @param console where cases can be looked at
   * @param elsewhere version of another policy that the running Postern has in force
   */
  record Head(
      Span when,
      int days,
      Optional<Named> before,
      Named after,
      URI console,
      Optional<String> elsewhere) {
    /** Where one case can be looked at. */
    String link(String id) {
      return console.toString().replaceFirst("/+$", "") + "/cases/" + id;
    }
  }
}
