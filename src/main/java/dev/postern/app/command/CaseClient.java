package dev.postern.app.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.web.PrecedentFrames;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Speaks the API of a running Postern. Every refusal becomes one sentence. */
final class CaseClient {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration BACKUP = Duration.ofHours(1);
  private static final int LARGEST_ANSWER = 32 << 20;

  private final URI url;
  private final String token;

  CaseClient(URI url, String token) {
    this.url = url;
    this.token = token;
  }

  /** A page of cases: {@code cases} and {@code next}. Parameters without a value are left out. */
  JsonNode list(Map<String, String> parameters) throws CommandFailure {
    return send(request("/v1/cases" + query(parameters)).GET().build());
  }

  private static String query(Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> !entry.getValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  /** One case. */
  JsonNode show(String id) throws CommandFailure {
    return send(request("/v1/cases/" + encoded(id)).GET().build());
  }

  /** A vote, which is another one each time; what it came to. */
  JsonNode vote(String id, Map<String, Object> vote) throws CommandFailure {
    return send(
        request("/v1/cases/" + encoded(id) + "/votes")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(vote)))
            .build());
  }

  /** Takes a case out of those that are decided together. */
  JsonNode takeOut(String id) throws CommandFailure {
    return send(
        request("/v1/cases/" + encoded(id) + "/apart")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** A page of grants: {@code grants} and {@code next}. */
  JsonNode grants(Map<String, String> parameters) throws CommandFailure {
    return send(request("/v1/grants" + query(parameters)).GET().build());
  }

  /** One grant. */
  JsonNode grant(String id) throws CommandFailure {
    return send(request("/v1/grants/" + encoded(id)).GET().build());
  }

  /** Asks for a grant; the grant, and what it came to. */
  JsonNode askForGrant(Map<String, Object> wish) throws CommandFailure {
    return send(
        request("/v1/grants")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.write(wish)))
            .build());
  }

  /** Ends a grant. */
  JsonNode revokeGrant(String id) throws CommandFailure {
    return send(
        request("/v1/grants/" + encoded(id) + "/revoke")
            .POST(HttpRequest.BodyPublishers.noBody())
            .build());
  }

  /** Whether releasing by rule is frozen. */
  JsonNode freeze() throws CommandFailure {
    return send(request("/v1/freeze").GET().build());
  }

  /** Freezes releasing by rule. */
  JsonNode freeze(String reason) throws CommandFailure {
    String body = Json.write(Map.of("reason", reason));
    return send(
        request("/v1/freeze")
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** Lets rules release again. */
  JsonNode unfreeze() throws CommandFailure {
    return send(request("/v1/freeze").DELETE().build());
  }

  /**
   * A backup of the store, made by the running Postern.
   *
   * @param into an existing file, which keeps its permissions
   * @throws IOException when the file cannot be written, or the conversation broke off
   */
  void backup(Path into) throws CommandFailure, IOException {
    HttpRequest request = request("/v1/backup").timeout(BACKUP).GET().build();
    try (HttpClient client = client()) {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        answer(response.statusCode(), body(response));
        throw notPostern(response.statusCode());
      }
      try (InputStream in = response.body();
          OutputStream out = Files.newOutputStream(into, StandardOpenOption.WRITE)) {
        in.transferTo(out);
      }
    } catch (ConnectException refused) {
      throw refused();
    } catch (HttpTimeoutException late) {
      throw CommandFailure.unavailable("Postern at " + url + " did not answer in time");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unavailable("interrupted");
    }
  }

  /**
   * The cases of the last days, for a replay.
   *
   * @throws CommandFailure also when the conversation broke off
   */
  void precedents(int days, PrecedentFrames.Opened into) throws CommandFailure {
    HttpRequest request = request("/v1/policy/precedents?days=" + days).GET().build();
    try (HttpClient client = client()) {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      String type = response.headers().firstValue("Content-Type").orElse("");
      if (response.statusCode() != 200 || !type.startsWith(PrecedentFrames.TYPE)) {
        answer(response.statusCode(), body(response));
        throw notPostern(response.statusCode());
      }
      try (DataInputStream in = new DataInputStream(new BufferedInputStream(response.body()))) {
        PrecedentFrames.read(in, into);
      }
    } catch (ConnectException refused) {
      throw refused();
    } catch (HttpTimeoutException late) {
      throw CommandFailure.unavailable("Postern at " + url + " did not answer in time");
    } catch (IOException broken) {
      throw CommandFailure.unavailable(
          "Postern at "
              + url
              + " did not give all cases: "
              + CaseText.plain(BackupCommand.reason(broken)));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unavailable("interrupted");
    }
  }

  /** What is known of rules in shadow besides cases. */
  JsonNode shadows() throws CommandFailure {
    return send(request("/v1/policy/shadows").GET().build());
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(CONNECT)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  private CommandFailure refused() {
    return CommandFailure.unavailable(
        "no Postern answers at " + url + ": start it with \"postern serve\", or set --url");
  }

  private HttpRequest.Builder request(String path) {
    String base = url.toString().replaceFirst("/+$", "");
    return HttpRequest.newBuilder(URI.create(base + path))
        .timeout(ANSWER)
        .header("Accept", "application/json, application/problem+json")
        .header("Authorization", "Bearer " + token);
  }

  /** Follows no redirect: the token is for this address only. */
  private JsonNode send(HttpRequest request) throws CommandFailure {
    try (HttpClient client = client()) {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      return answer(response.statusCode(), body(response));
    } catch (ConnectException refused) {
      throw refused();
    } catch (HttpTimeoutException late) {
      throw CommandFailure.unavailable("Postern at " + url + " did not answer in time");
    } catch (IOException broken) {
      throw CommandFailure.unavailable("Postern at " + url + " broke off the conversation");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unavailable("interrupted");
    }
  }

  private static String body(HttpResponse<InputStream> response) throws IOException {
    try (InputStream in = response.body()) {
      byte[] octets = in.readNBytes(LARGEST_ANSWER + 1);
      if (octets.length > LARGEST_ANSWER) {
        throw new IOException("answer too large");
      }
      return new String(octets, StandardCharsets.UTF_8);
    }
  }

  private JsonNode answer(int status, String body) throws CommandFailure {
    JsonNode document;
    try {
      document = Json.read(body);
    } catch (JsonProcessingException notJson) {
      throw notPostern(status);
    }
    if (status == 200 && document.isObject()) {
      return document;
    }
    String detail = CaseText.plain(document.path("detail").asText());
    if (detail.isEmpty()) {
      throw notPostern(status);
    }
    String field = CaseText.plain(document.path("field").asText());
    String sentence = field.isEmpty() ? detail : field + ": " + detail;
    throw switch (status) {
      case 401 -> CommandFailure.no("Postern at " + url + " does not know this access token");
      case 422 -> CommandFailure.usage(sentence);
      case 429 -> CommandFailure.unavailable(sentence);
      default -> status >= 500 ? CommandFailure.unavailable(sentence) : CommandFailure.no(sentence);
    };
  }

  private CommandFailure notPostern(int status) {
    return CommandFailure.unavailable(
        "what answers at " + url + " is no Postern: it said " + status + " and no document");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
