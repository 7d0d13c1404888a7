package dev.postern.evidence.authres;

import dev.postern.mail.DomainName;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which fields of results in a message may be believed (RFC 8601 §4.1, §5, §7.1). Anybody
 * can write such a field, in anybody's name. What nobody else can do is to stand above the Received
 * field of our own host: everything below that was in the message when it arrived.
 *
 * <p>So a field counts if its authserv-id is one of ours and if it stands above every Received
 * field that a host of ours wrote; where there is none, above every Received field. Safe for many
 * threads.
 */
public final class FieldTrust {

  /** RFC 1035 §2.3.4 allows less; a longer name is nobody's. */
  private static final int LONGEST_ID = 255;

  /** Our hosts add one or two; forged ones beyond this say nothing new. */
  private static final int MOST_CLAIMS = 20;

  private static final int NOWHERE = Integer.MAX_VALUE;

  private final Set<String> ours;

  /**
   * Trust in those names.
   *
   * @param authservIds of gateways whose results may be used; compared without regard to case (RFC
   *     8601 §2.5), a domain in either form of IDNA. Each must be the name that its host writes
   *     after "by" in Received, or one that this name is below
   */
  public FieldTrust(Collection<String> authservIds) {
    this.ours =
        authservIds.stream()
            .map(FieldTrust::normal)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
  }

  /** What the results in this header are worth. Never throws, takes linear time. */
  public Testimony hear(HeaderFields header) {
    List<HeaderField> fields =
        Stream.of("Authentication-Results", "Received-SPF")
            .flatMap(name -> header.named(name).stream())
            .sorted(Comparator.comparingInt(HeaderField::offset))
            .toList();
    if (ours.isEmpty() || fields.isEmpty()) {
      return new Testimony(List.of(), List.of());
    }
    Trace trace = trace(header.named("Received"));
    List<Claim> trusted = new ArrayList<>();
    List<Claim> forged = new ArrayList<>();
    for (HeaderField field : fields) {
      Claim claim = claim(field);
      if (mayBelieve(claim, trace)) {
        add(claim, trusted);
      } else if (trace.entrance(claim.authservId()) < field.offset()) {
        add(claim, forged);
      }
    }
    return new Testimony(trusted, forged);
  }

  private static Claim claim(HeaderField field) {
    String value = field.unfoldedValue();
    Reading reading =
        field.name().equalsIgnoreCase("Received-SPF")
            ? AuthenticationResults.readReceivedSpf(value)
            : AuthenticationResults.read(value);
    return new Claim(field, normal(reading.authservId()), reading);
  }

  private boolean mayBelieve(Claim claim, Trace trace) {
    return claim.reading() instanceof Reading.Understood(AuthenticationResults results)
        && results.knownVersion()
        && ours.contains(claim.authservId())
        && trace.aboveOurs(claim.field());
  }

  private static void add(Claim claim, List<Claim> claims) {
    if (claims.size() < MOST_CLAIMS) {
      claims.add(claim);
    }
  }

  /**
   * The way of the message, as far as Received fields tell it. Places are offsets in the message.
   *
   * @param first of any Received field
   * @param firstOfOurs of a Received field that a host of ours wrote
   * @param entrances by authserv-id: where the very host of that name took the message from outside
   *     last. Fields above may still be its own, as after a filter that hands the message back
   */
  private record Trace(int first, int firstOfOurs, Map<String, Integer> entrances) {

    int entrance(String authservId) {
      return entrances.getOrDefault(authservId, NOWHERE);
    }

    boolean aboveOurs(HeaderField field) {
      return field.offset() < (firstOfOurs == NOWHERE ? first : firstOfOurs);
    }
  }

  private Trace trace(List<HeaderField> received) {
    int firstOfOurs = NOWHERE;
    Map<String, Integer> entrances = new HashMap<>();
    for (HeaderField field : received) {
      TraceField trace = TraceField.read(field);
      for (String writer : trace.writers()) {
        String name = normal(writer);
        if (isOurs(name)) {
          firstOfOurs = Math.min(firstOfOurs, field.offset());
        }
        if (ours.contains(name) && trace.fromOutside()) {
          entrances.putIfAbsent(name, field.offset());
        }
      }
    }
    return new Trace(
        received.isEmpty() ? NOWHERE : received.getFirst().offset(), firstOfOurs, entrances);
  }

  private boolean isOurs(String host) {
    return ours.stream().anyMatch(id -> host.equals(id) || host.endsWith("." + id));
  }

  /** A name in the form in which names are compared; empty if it is nobody's. */
  private static String normal(String name) {
    return name.length() > LONGEST_ID
        ? ""
        : DomainName.parse(name)
            .map(DomainName::ascii)
            .orElseGet(() -> name.toLowerCase(Locale.ROOT));
  }
}
