package dev.postern.web;

import dev.postern.card.Foreign;
import dev.postern.card.Run;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What surrounds every page.
 *
 * @param title of the window; own words and case ids only
 * @param assets where style sheets and scripts are
 * @param now the server's time
 * @param nav the navigation; empty where nobody is signed in
 * @param frozen says to who is signed in that releasing by rule is frozen; empty where it is not
 */
public record Frame(String title, Assets assets, Instant now, Optional<Nav> nav, List<Run> frozen) {
  /** Copies the list, so that a frame never changes. */
  public Frame {
    frozen = List.copyOf(frozen);
  }

  /**
   * The navigation. It shows only what exists.
   *
   * @param here the page that is open: {@code queue}, {@code grants}, {@code policy} or {@code
   *     mailbox}
   * @param open how many cases wait; empty for readers who do not see all of them
   * @param policy whether there is a page of the policy that the reader may open
   * @param mailbox whether there is a page of what the next hop was given
   * @param name of the reader
   * @param groups of the reader
   * @param formToken for the sign-out form
   */
  public record Nav(
      String here,
      OptionalLong open,
      boolean policy,
      boolean mailbox,
      Foreign name,
      String groups,
      String formToken) {}
}
