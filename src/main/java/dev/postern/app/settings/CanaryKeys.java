package dev.postern.app.settings;

import dev.postern.mail.EmailAddress;
import java.util.List;
import java.util.Optional;

/** The settings of the canary that flies at start. */
final class CanaryKeys {
  static final Key<EmailAddress> TO =
      new Key<>(
          "mail.canary.to",
          Form.EMAIL,
          false,
          "",
          "Has serve send a canary at its start, to see that mail is held; an address of your own,"
              + " which gets it if nobody holds it (docs/operating.md).");
  static final Key<HostPort> THROUGH =
      new Key<>(
          "mail.canary.through",
          Form.address("127.0.0.1:25", Optional.empty()),
          false,
          "",
          "Where mail comes in that is to be held.");

  /** All of them, in the order of the documentation. */
  static final List<Key<?>> ALL = List.of(TO, THROUGH);

  private CanaryKeys() {}
}
