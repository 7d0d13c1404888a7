package dev.postern.intake.http;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may report holds, and how much at once.
 *
 * @param secrets of each source, each of at least {@value #SHORTEST_SECRET} octets; several are
 *     valid at once, so that they can be rotated; {@link #ANY} stands for any source
 * @param reserved sources that nobody may report: what Postern keeps, or asks itself
 * @param bodyLimit octets of one request, message included
 * @param memory octets of requests at once, counted as often as they are copied
 */
public record HoldsSettings(
    Map<String, List<byte[]>> secrets, Set<String> reserved, int bodyLimit, long memory) {
  /** Secrets under this name may speak for every source. */
  public static final String ANY = "*";

  /** Requests are in memory as a body, as JSON and as a message. */
  static final int COPIES = 3;

  private static final int SHORTEST_SECRET = 16;

  /** Copies the secrets; refuses short ones and bounds that no request could keep. */
  public HoldsSettings {
    secrets =
        secrets.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> e.getValue().stream().map(byte[]::clone).toList()));
    reserved = Set.copyOf(reserved);
    if (secrets.values().stream().flatMap(List::stream).anyMatch(s -> s.length < SHORTEST_SECRET)) {
      throw new IllegalArgumentException(
          "webhook secrets: at least " + SHORTEST_SECRET + " octets each");
    }
    if (memory < (long) COPIES * bodyLimit) {
      throw new IllegalArgumentException(
          "webhook limits: memory of " + memory + " octets holds no request of " + bodyLimit);
    }
  }

  /** 64 MiB a request (a message of 48 MiB in base 64), 512 MiB in all. */
  public static HoldsSettings usual(Map<String, List<byte[]>> secrets, Set<String> reserved) {
    return new HoldsSettings(secrets, reserved, 64 << 20, 512L << 20);
  }
}
