package dev.postern.policy;

import java.io.IOException;

/** The folder that a policy file stands in, as far as the policy may read it. */
@FunctionalInterface
public interface PolicyFiles {
  /** No file but the policy itself. */
  PolicyFiles NONE =
      name -> {
        throw new IOException("there is no folder to read " + name + " from");
      };

  /**
   * The text of a file.
   *
   * @param name relative to the folder; it never leads out of it
   * @throws IOException when it cannot be read; the message is a sentence for the administrator
   */
  String read(String name) throws IOException;
}
