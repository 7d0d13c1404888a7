package dev.postern.approval;

import dev.postern.mail.EmailAddress;
import java.util.Optional;

/** What a chat platform says of an account. */
public sealed interface Membership {

  /**
   * A full member of our own workspace.
   *
   * @param email the address that the workspace verified; empty without
   */
  record Insider(Optional<EmailAddress> email) implements Membership {}

  /**
   * A full member of another workspace, met in a shared channel.
   *
   * @param of that workspace, by the platform's word
   */
  record Outsider(String of) implements Membership {}

  /**
   * An account that never counts.
   *
   * @param why the refusal to give
   */
  record Barred(Refusal why) implements Membership {}

  /** The platform did not say, or too long ago. */
  record Unknown() implements Membership {}
}
