package dev.postern.evidence.signal;

import dev.postern.mail.DomainName;

/** Who has written before. Implementations are safe for many threads. */
@FunctionalInterface
public interface Acquaintance {

  /**
   * Whether something from the domain was looked into before. May throw when it cannot be told;
   * then nobody is called a stranger.
   *
   * @param from the From domain, proved or not
   */
  boolean known(DomainName from);

  /** Without a memory, nobody is called a stranger. */
  static Acquaintance withEverybody() {
    return _ -> true;
  }
}
