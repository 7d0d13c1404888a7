package dev.postern.teams.wire;

import java.util.List;
import java.util.Optional;

/**
 * Some of the members.
 *
 * @param members as many as Teams gave
 * @param next where the next page begins; empty at the end
 */
public record MemberPage(List<Member> members, Optional<String> next) {
  /** Copies the list. */
  public MemberPage {
    members = List.copyOf(members);
  }
}
