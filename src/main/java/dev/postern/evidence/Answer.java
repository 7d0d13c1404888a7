package dev.postern.evidence;

import java.util.List;

/**
 * What DNS said to one question.
 *
 * @param status the kind of answer
 * @param data one text per record, empty unless NOERROR: an address for A and AAAA, {@code
 *     "preference host"} for MX, a name without trailing dot for PTR and CNAME, for TXT the
 *     character-strings joined without space, one character per octet (ISO-8859-1)
 * @param ttl seconds for which the answer may be kept
 * @param authenticated the AD bit of a validating resolver (RFC 4035 §3.2.3)
 */
public record Answer(Status status, List<String> data, long ttl, boolean authenticated) {

  /** The four kinds of answer that evaluation tells apart. */
  public enum Status {
    /** At least one record of the type. */
    NOERROR,
    /** The name exists but has no record of the type. */
    NODATA,
    /** The name does not exist, nor any below it (RFC 8020). */
    NXDOMAIN,
    /** No usable answer: time-out, SERVFAIL, REFUSED. May differ when asked again. */
    TEMPFAIL
  }

  /** Copies the list, so that an answer never changes. */
  public Answer {
    data = List.copyOf(data);
  }

  /** An answer with records. */
  public static Answer of(List<String> data, long ttl, boolean authenticated) {
    return new Answer(Status.NOERROR, data, ttl, authenticated);
  }

  /** An answer without records. */
  public static Answer without(Status status, long ttl) {
    return new Answer(status, List.of(), ttl, false);
  }
}
