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
 * @param rcode how the name server put it: {@code NOERROR}, {@code NXDOMAIN}, {@code SERVFAIL}, …
 *     (RFC 1035 §4.1.1); where none answered, why: {@code TIMEOUT}, {@code UNREACHABLE}, …; empty
 *     when that is not known
 * @param cached whether it was known from an earlier question; the TTL is then still that of the
 *     name server, not what is left of it
 */
public record Answer(
    Status status,
    List<String> data,
    long ttl,
    boolean authenticated,
    String rcode,
    boolean cached) {

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
    return new Answer(Status.NOERROR, data, ttl, authenticated, "NOERROR", false);
  }

  /** An answer without records. */
  public static Answer without(Status status, long ttl) {
    String rcode =
        switch (status) {
          case NOERROR, NODATA -> "NOERROR";
          case NXDOMAIN -> "NXDOMAIN";
          case TEMPFAIL -> "";
        };
    return new Answer(status, List.of(), ttl, false, rcode, false);
  }

  /** No usable answer, as a name server put it: {@code SERVFAIL}. */
  public static Answer failure(String rcode) {
    return new Answer(Status.TEMPFAIL, List.of(), 0, false, rcode, false);
  }

  /** The same answer, known from an earlier question. */
  public Answer fromCache() {
    return cached ? this : new Answer(status, data, ttl, authenticated, rcode, true);
  }
}
