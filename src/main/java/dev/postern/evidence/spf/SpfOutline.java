package dev.postern.evidence.spf;

import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.mail.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What a domain's SPF record comes to before there is any message: the record with all that it
 * includes, and the most that evaluating it can cost. Macros {@code d} and {@code o} are filled in;
 * a term with another macro is kept and not followed.
 *
 * @param domain whose record it is
 * @param standing whether there is a usable one
 * @param record as published, shortened to {@value #LONGEST_RECORD} characters; hostile; empty
 *     without one
 * @param branches the terms up to the first {@code all}, at most {@value #MOST_BRANCHES}; a
 *     redirect last
 * @param unread how many terms stand behind {@code all}, where nobody reads them
 * @param omitted look-ups of terms that are not among {@code branches}
 * @param problem why the record cannot be used, in our words; may quote it
 */
public record SpfOutline(
    String domain,
    Standing standing,
    String record,
    List<SpfBranch> branches,
    int unread,
    int omitted,
    String problem) {

  /** RFC 7208 §4.6.4. */
  public static final int MOST_LOOKUPS = SpfEvaluation.MOST_LOOKUPS;

  /** RFC 7208 §4.6.4. */
  public static final int MOST_VOIDS = ClientMatch.MOST_VOIDS;

  static final int LONGEST_RECORD = 4000;
  static final int MOST_BRANCHES = 200;

  private static final Pattern ALMOST =
      Pattern.compile("[\\s\"']{0,9}v\\s{0,9}=\\s{0,9}spf", Pattern.CASE_INSENSITIVE);

  /** Whether there is a usable record. */
  public enum Standing {
    /** One record, and it is well formed. */
    FOUND,
    /** No record. */
    NONE,
    /** Several records: a permerror (RFC 7208 §4.5). */
    SEVERAL,
    /** A syntax error: a permerror (RFC 7208 §4.6). */
    MALFORMED,
    /** The record stands above already: its evaluation never ends within the limits. */
    LOOP,
    /** It lies so deep that no evaluation gets there within the limits. */
    NOT_FOLLOWED,
    /** DNS gave no answer. */
    NO_ANSWER
  }

  /** Copies the list, so that an outline never changes. */
  public SpfOutline {
    branches = List.copyOf(branches);
  }

  /**
   * Reads what {@code domain} publishes, includes side by side. Never throws for what is published,
   * and is bounded in depth and breadth whatever that is.
   */
  public static SpfOutline of(DomainName domain, Dns dns, Deadline by) {
    return new OutlineReader(dns, domain.ascii(), by).outline();
  }

  /** Whether a TXT record looks like an SPF record to people, and is none (RFC 7208 §4.5). */
  public static boolean isNearMiss(String txt) {
    return !SpfRecord.isSpf(txt) && ALMOST.matcher(txt).lookingAt();
  }

  /** The most look-ups that one evaluation can need, when no term matches before the last. */
  public int lookups() {
    return omitted + branches.stream().mapToInt(SpfBranch::totalLookups).sum();
  }

  /** The most void look-ups for a client with an IPv4 or an IPv6 address. */
  public int voids(boolean ip4) {
    return branches.stream().mapToInt(it -> it.totalVoids(ip4)).sum();
  }

  /** The {@code all} that ends the record. */
  public Optional<SpfBranch> all() {
    return last(SpfBranch.Kind.ALL);
  }

  /** The redirect that continues the record elsewhere. */
  public Optional<SpfBranch> redirect() {
    return last(SpfBranch.Kind.REDIRECT);
  }

  /** Visits this outline and all that lie below, from the top. */
  public void each(Consumer<SpfOutline> visitor) {
    visitor.accept(this);
    branches.forEach(it -> it.below().ifPresent(below -> below.each(visitor)));
  }

  private Optional<SpfBranch> last(SpfBranch.Kind kind) {
    return branches.isEmpty()
        ? Optional.empty()
        : Optional.of(branches.getLast()).filter(it -> it.kind() == kind);
  }
}
