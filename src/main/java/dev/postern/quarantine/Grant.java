package dev.postern.quarantine;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/** By what a login service gives us a token. */
public interface Grant {

  /** Who gives it, for sentences. */
  String giver();

  /** Where it is asked for. */
  URI address();

  /**
   * The fields of the form.
   *
   * @throws dev.postern.approval.MailSystemTrouble when what was configured cannot be used any more
   */
  Map<String, String> fields(Instant now);

  /** Why it was refused and how to mend it, for an operator. */
  String refusal(int status, JsonNode answer);
}
