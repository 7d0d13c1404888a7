package dev.postern.evidence;

import dev.postern.mail.MessageHash;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where evidence comes from. They are never mixed. */
public sealed interface Origin {

  /**
   * Postern evaluated the raw message itself.
   *
   * @param messageSha256 of the octets evaluated
   * @param clientIp address of the SMTP client
   * @param helo the name that the client gave; hostile
   * @param mailFrom MAIL FROM; empty for the null sender
   */
  record Computed(MessageHash messageSha256, String clientIp, String helo, String mailFrom)
      implements Origin {}

  /**
   * A gateway evaluated it and told us.
   *
   * @param gateway its authserv-id or configured name
   */
  record Reported(String gateway) implements Origin {}

  /**
   * There is no message: somebody asks for something, in these terms.
   *
   * @param terms by name; own words and checked values but for what the person typed
   */
  record Asked(SortedMap<String, String> terms) implements Origin {
    /** Copies the map, so that it never changes. */
    public Asked {
      terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
    }
  }
}
