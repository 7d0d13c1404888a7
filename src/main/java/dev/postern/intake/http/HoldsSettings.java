package dev.postern.intake.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Who may report holds, and how much at once.
 *
 * @param secrets of each source, each of at least {@value #SHORTEST_SECRET} octets; several are
 *     valid at once, so that they can be rotated; {@link #ANY} stands for any source
 * @param bodyLimit octets of one request, message included
 * @param memory octets of requests at once, counted as often as they are copied
 */
public record HoldsSettings(Map<String, List<byte[]>> secrets, int bodyLimit, long memory) {
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
  public static HoldsSettings usual(Map<String, List<byte[]>> secrets) {
    return new HoldsSettings(secrets, 64 << 20, 512L << 20);
  }
}
