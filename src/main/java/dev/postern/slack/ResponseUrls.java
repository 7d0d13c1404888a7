package dev.postern.slack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.Slack;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers at the {@code response_url} of a request, which takes five answers within thirty minutes.
 * The request was signed, but where it sends us is a claim: only Slack's own hosts, and the place
 * that the settings name, are ever written to.
 */
final class ResponseUrls {
  private static final Logger log = LoggerFactory.getLogger(ResponseUrls.class);
  private static final Set<String> SLACKS = Set.of("hooks.slack.com", "hooks.slack-gov.com");

  private final Slack sdk;
  private final URI api;

  ResponseUrls(Slack sdk, String apiUrl) {
    this.sdk = sdk;
    this.api = URI.create(apiUrl);
  }

  /** Whether answers may go there. */
  boolean allows(String claimed) {
    return parsed(claimed).filter(this::ours).isPresent();
  }

  /** Sends one answer; what does not arrive is logged, and whoever asked asks again. */
  void send(String claimed, ObjectNode answer) {
    if (!allows(claimed)) {
      log.warn("An answer was not sent: its response_url leads to none of Slack's hosts");
      return;
    }
    try {
      int status = sdk.send(claimed, answer.toString()).getCode();
      if (status != 200) {
        log.warn("Slack did not take an answer at a response_url: HTTP {}", status);
      }
    } catch (IOException away) {
      log.warn("Slack did not take an answer at a response_url: {}", away.toString());
    }
  }

  private boolean ours(URI address) {
    boolean plain = address.getUserInfo() == null && address.getHost() != null;
    boolean slacks =
        "https".equals(address.getScheme())
            && address.getPort() == -1
            && SLACKS.contains(String.valueOf(address.getHost()));
    boolean configured =
        String.valueOf(api.getScheme()).equals(address.getScheme())
            && String.valueOf(api.getHost()).equals(address.getHost())
            && api.getPort() == address.getPort();
    return plain && (slacks || configured);
  }

  private static Optional<URI> parsed(String claimed) {
    try {
      return Optional.of(new URI(claimed));
    } catch (URISyntaxException noAddress) {
      return Optional.empty();
    }
  }
}
