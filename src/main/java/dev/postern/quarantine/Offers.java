package dev.postern.quarantine;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a server announced (RFC 5321 §4.1.1.1).
 *
 * @param announcesSize whether it takes the parameter SIZE (RFC 1870)
 * @param size octets that it takes; 0 means no limit that it tells
 * @param eightBit 8BITMIME (RFC 6152)
 * @param smtpUtf8 SMTPUTF8 (RFC 6531)
 * @param dsn DSN (RFC 3461)
 * @param startTls STARTTLS (RFC 3207)
 * @param auth mechanisms of AUTH (RFC 4954), in upper case
 * @param xforward attributes that it may be told of the first client
 */
record Offers(
    boolean announcesSize,
    long size,
    boolean eightBit,
    boolean smtpUtf8,
    boolean dsn,
    boolean startTls,
    Set<String> auth,
    Set<String> xforward) {

  static Offers of(Reply hello) {
    boolean announcesSize = false;
    long size = 0;
    boolean eightBit = false;
    boolean smtpUtf8 = false;
    boolean dsn = false;
    boolean startTls = false;
    Set<String> auth = Set.of();
    Set<String> xforward = Set.of();
    for (String line : hello.extensions()) {
      // Some servers still write AUTH=PLAIN, as a draft had it.
      String[] words = line.strip().toUpperCase(Locale.ROOT).split("[\\s=]+", -1);
      switch (words[0]) {
        case "SIZE" -> {
          announcesSize = true;
          size = words.length > 1 && words[1].matches("[0-9]{1,18}") ? Long.parseLong(words[1]) : 0;
        }
        case "8BITMIME" -> eightBit = true;
        case "SMTPUTF8" -> smtpUtf8 = true;
        case "DSN" -> dsn = true;
        case "STARTTLS" -> startTls = true;
        case "AUTH" -> auth = Stream.of(words).skip(1).collect(Collectors.toUnmodifiableSet());
        case "XFORWARD" -> xforward = XForward.offeredBy(line);
        default -> {}
      }
    }
    return new Offers(announcesSize, size, eightBit, smtpUtf8, dsn, startTls, auth, xforward);
  }
}
