package dev.postern.approval;

import java.util.List;
import java.util.Optional;

/** Who people are. Linked only by configuration or a verified directory address. */
public interface Directory {

  /** The person behind an account. Empty for strangers, bots and guests. */
  Optional<Person> person(Identity who);

  /**
   * The people that an approver entry of a chain names now: a person's id or {@code group:NAME}.
   */
  List<Person> named(String approver);
}
