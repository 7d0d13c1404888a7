package dev.postern.quarantine.proxmox;

import static java.net.URLEncoder.encode;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.quarantine.HttpReply;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Signs in and keeps the ticket. Proxmox Mail Gateway has no API tokens; a ticket is good for two
 * hours. A password that is not taken is tried again a minute later at the earliest, so that nobody
 * is locked out by us.
 */
final class Login {
  private static final Duration GOOD_FOR = Duration.ofHours(1);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Set<String> MAY_RELEASE = Set.of("root", "admin", "qmanager");

  private final Supplier<HttpReply<JsonNode>> asking;
  private final BiFunction<HttpReply.Answered<JsonNode>, String, JsonNode> reading;
  private final String user;
  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Ticket> kept = Optional.empty();
  private Optional<String> refused = Optional.empty();
  private long since;

  /**
   * @param asking sends user and password
   * @param reading finds the data in an answer
   */
  Login(
      Supplier<HttpReply<JsonNode>> asking,
      BiFunction<HttpReply.Answered<JsonNode>, String, JsonNode> reading,
      String user) {
    this.asking = asking;
    this.reading = reading;
    this.user = user;
  }

  /**
   * What proves who asks.
   *
   * @param text for the cookie
   * @param csrf for requests that change something
   * @param role of the user
   */
  record Ticket(String text, String csrf, String role) {
    Map<String, String> forReading() {
      return Map.of("Cookie", "PMGAuthCookie=" + encode(text, UTF_8));
    }

    Map<String, String> forWriting() {
      return Map.of("Cookie", "PMGAuthCookie=" + encode(text, UTF_8), "CSRFPreventionToken", csrf);
    }

    /** Never the ticket itself. */
    @Override
    public String toString() {
      return "Ticket[" + role + "]";
    }
  }

  /**
   * One that is good, as far as we know.
   *
   * @throws MailSystemTrouble when there is none to be had
   */
  Ticket ticket() {
    lock.lock();
    try {
      long age = System.nanoTime() - since;
      if (kept.isPresent() && age < GOOD_FOR.toNanos()) {
        return kept.get();
      }
      if (refused.isPresent() && age < PAUSE.toNanos()) {
        throw new MailSystemTrouble(refused.get());
      }
      Ticket fresh = signIn();
      kept = Optional.of(fresh);
      refused = Optional.empty();
      since = System.nanoTime();
      return fresh;
    } finally {
      lock.unlock();
    }
  }

  /** It was not taken. */
  void forget(Ticket ticket) {
    lock.lock();
    try {
      kept = kept.filter(it -> !it.equals(ticket));
    } finally {
      lock.unlock();
    }
  }

  /** Why the user may not release, as far as is known. */
  Optional<String> trouble() {
    lock.lock();
    try {
      return kept.map(Ticket::role)
          .filter(role -> !MAY_RELEASE.contains(role))
          .map(
              role ->
                  user
                      + " has the role "
                      + role
                      + " and cannot release mail: give it the role Quarantine Manager");
    } finally {
      lock.unlock();
    }
  }

  private Ticket signIn() {
    HttpReply.Answered<JsonNode> answer = asking.get().orTrouble();
    if (answer.status() == 401) {
      String words = "Proxmox does not take user " + user + " and its password";
      refused = Optional.of(words);
      since = System.nanoTime();
      throw new MailSystemTrouble(words + ": set mail.proxmox.user and mail.proxmox.password");
    }
    return read(reading.apply(answer, "the sign-in"));
  }

  private Ticket read(JsonNode data) {
    String text = data.path("ticket").asText("");
    String csrf = data.path("CSRFPreventionToken").asText("");
    boolean second = data.path("NeedTFA").asBoolean(false) || data.path("NeedTFA").asInt(0) == 1;
    if (second) {
      throw new MailSystemTrouble(
          user + " has a second factor, which a service cannot show: take a user without one");
    }
    if (text.isEmpty() || !csrf.matches("[\\x21-\\x7e]{1,500}")) {
      throw new MailSystemTrouble("Proxmox gave " + user + " no ticket");
    }
    return new Ticket(text, csrf, data.path("role").asText("unknown"));
  }
}
