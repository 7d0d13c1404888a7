package dev.postern.teams.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.card.RetryAfter;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.teams.wire.Courier.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Why Entra gave no token, and what to mend. Its codes may change (learn.microsoft.com, "Microsoft
 * Entra authentication and authorization error codes"), so that nothing but the words hangs on
 * them, and one that is not known here is told as it is.
 *
 * @param kind {@link Kind#AWAY} or {@link Kind#CLOSED}: without a token nothing was asked of Teams
 * @param sentence what happened and how to mend it; never Entra's own text, which may quote
 * @param asked how long Entra wants to be left alone
 */
record EntraFault(Kind kind, String sentence, Optional<Duration> asked) {

  /** Entra answered, at that time, with something else than a token. */
  static EntraFault of(Reply reply, Instant now) {
    JsonNode answer = reply.json();
    Optional<Duration> pause = RetryAfter.of(reply.retryAfter(), now);
    if (reply.status() == 429 || reply.status() >= 500) {
      return new EntraFault(Kind.AWAY, told(answer, reply.status()) + ".", pause);
    }
    int code = code(answer);
    return passes(code)
        ? new EntraFault(Kind.AWAY, told(answer, reply.status()) + ".", pause)
        : closed(told(answer, reply.status()) + ": " + mend(code, reply));
  }

  /** Nothing came back in time. */
  static EntraFault silent(IOException e) {
    return new EntraFault(
        Kind.AWAY,
        "Entra does not answer (" + e.getClass().getSimpleName() + "): is teams.login-url right?",
        Optional.empty());
  }

  /** It said yes and gave no token. */
  static EntraFault gibberish() {
    return closed("The answer to the sign-in is not Entra's: is teams.login-url right?");
  }

  static EntraFault closed(String sentence) {
    return new EntraFault(Kind.CLOSED, sentence, Optional.empty());
  }

  SurfaceTrouble trouble() {
    return asked
        .map(pause -> new SurfaceTrouble(kind, sentence, pause))
        .orElseGet(() -> new SurfaceTrouble(kind, sentence));
  }

  private static int code(JsonNode answer) {
    return answer.path("error_codes").path(0).asInt();
  }

  private static String told(JsonNode answer, int status) {
    int code = code(answer);
    return code > 0
        ? "Entra gives no token (AADSTS" + code + ")"
        : "Entra gives no token (HTTP " + status + ")";
  }

  /** Retryable by the words of the list: the service is busy, or not there. */
  private static boolean passes(int code) {
    return switch (code) {
      case 50000, 90006, 90012, 90024, 90033, 90055, 90090, 90091 -> true;
      default -> false;
    };
  }

  private static String mend(int code, Reply reply) {
    return switch (code) {
      case 700016 ->
          "the tenant teams.tenant-id has no app teams.app-id. Copy \"Application (client) ID\" and"
              + " \"Directory (tenant) ID\" from the same app registration.";
      case 7000215 ->
          "teams.app-secret is wrong. Copy the column \"Value\" of \"Certificates & secrets\", not"
              + " the secret's ID.";
      case 7000222 ->
          "teams.app-secret has expired. Make a new one under \"Certificates & secrets\" and set"
              + " teams.app-secret to it.";
      case 7000112 -> "the app is disabled. Let an administrator enable its sign-in in Entra.";
      case 90002, 900021, 900023 ->
          "there is no such tenant. Copy \"Directory (tenant) ID\" to teams.tenant-id; for another"
              + " cloud than the public one, set teams.login-url, too.";
      case 90038, 900382, 900432 ->
          "the tenant belongs to another cloud. Set teams.login-url to that cloud's address.";
      case 65001, 90094, 90099, 500011 ->
          "consent is missing. Let an administrator grant it: app registration → \"API"
              + " permissions\" → \"Grant admin consent\".";
      case 50034 -> "the account is not in the tenant teams.tenant-id. Is it the app's own tenant?";
      case 700027, 50012, 50003 ->
          "Entra does not know the certificate. Upload teams.app-certificate under \"Certificates &"
              + " secrets\" → \"Certificates\".";
      case 700024, 500133, 50013 ->
          "the proof is not valid at this time. Set this machine's clock right; a token in"
              + " teams.federated-token-file may be too old.";
      case 70021, 700211, 700212, 700213 ->
          "no federated credential fits the token in teams.federated-token-file. Compare issuer,"
              + " subject and audience with \"Certificates & secrets\" → \"Federated"
              + " credentials\".";
      case 53003, 530032 ->
          "a Conditional Access policy blocks the app. Let an administrator except it, or the"
              + " address that Postern calls from.";
      default ->
          code > 0
              ? "see https://login.microsoftonline.com/error?code=" + code + "."
              : reply.status() / 100 == 3
                  ? "it wants to send us elsewhere, which is not followed. Is teams.login-url"
                      + " right?"
                  : "is teams.login-url right?";
    };
  }
}
