package dev.postern.app.mail;

import dev.postern.approval.Ability;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.MailSystemTrouble;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.card.Finding;
import dev.postern.mail.CanaryMark;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.SmtpNextHop;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Sends a marked message through the gateway, sees it held, and deletes it. Only what came in after
 * it, with its very nonce in it, is deleted, so that nobody can have other mail deleted by a mark.
 */
public final class Canary {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final int MOST_DISCARDS = 3;

  private final List<Connector> connectors;
  private final NextHopSettings gateway;
  private final Duration patience;
  private final InstantSource clock;

  /**
   * Takes its parts.
   *
   * @param connectors those that may hold it
   * @param gateway where it is given up for delivery
   * @param patience how long it may take to be held; less than a follower waits before it asks
   *     people about a marked message
   */
  public Canary(
      List<Connector> connectors, NextHopSettings gateway, Duration patience, InstantSource clock) {
    this.connectors = List.copyOf(connectors);
    this.gateway = gateway;
    this.patience = patience;
    this.clock = clock;
  }

  /** A message that is held, by whom, and what it is there. */
  private record Caught(Connector by, Hold hold, Optional<RawMessage> seen) {}

  /**
   * Lets one fly; each step is told with its time.
   *
   * @param to who gets it where nobody holds it
   * @param nonce what it is known by; never used before, and hard to guess
   */
  public List<Finding> fly(EmailAddress to, String nonce) {
    List<Finding> findings = new ArrayList<>();
    Set<HoldRef> before;
    try {
      before = connectors.stream().flatMap(one -> held(one).stream()).collect(Collectors.toSet());
    } catch (MailSystemTrouble trouble) {
      return List.of(
          Finding.unknown(
              "no canary was sent: " + trouble.words(),
              "It could not be seen whether it is held."));
    }
    RawMessage message = CanaryMessage.of(to, nonce, gateway.helo(), clock.instant());
    long start = System.nanoTime();
    Outcome sent = send(to, message);
    Outcome.Result said = sent.results().getFirst();
    if (!said.kind().proof()) {
      return List.of(notTaken(said.words()));
    }
    findings.add(Finding.well("the canary was taken " + since(start) + ": " + said.words()));
    Optional<Caught> caught = await(before, nonce);
    if (caught.isEmpty()) {
      findings.add(notHeld(to));
      return findings;
    }
    Connector by = caught.get().by();
    findings.add(
        Finding.well(
            by.source() + " holds it as " + caught.get().hold().ref().id() + " " + since(start)));
    findings.add(compared(caught.get().seen(), message));
    findings.add(discard(caught.get()));
    return findings;
  }

  private Outcome send(EmailAddress to, RawMessage message) {
    // The null sender: whatever becomes of it, nobody is told by mail.
    Envelope envelope =
        new Envelope(Optional.empty(), List.of(to), InetAddress.getLoopbackAddress(), "");
    return new SmtpNextHop(gateway)
        .send(envelope, List.of(to), message, Mandate.ofThisConnection());
  }

  private Finding notTaken(String words) {
    return Finding.wrong(
        "the canary was not taken: " + words,
        "Mail that comes this way is not held, since it does not come in.",
        "name the port where mail comes in, and a recipient that it takes mail for");
  }

  private Finding notHeld(EmailAddress to) {
    return Finding.wrong(
        "nobody held the canary within " + patience.plus(longestPace()).toSeconds() + " s",
        "It went on to "
            + to
            + ", most likely, and so may mail that is to be held: or nothing tells the gateway to"
            + " hold what has the field "
            + CanaryMark.FIELD
            + ".",
        "have the gateway hold what has that field (docs/operating.md)");
  }

  private static List<HoldRef> held(Connector one) {
    return one.holdings().held();
  }

  /** Each mail system is left alone between two looks for as long as it wants to be. */
  private Optional<Caught> await(Set<HoldRef> before, String nonce) {
    Set<HoldRef> others = new HashSet<>(before);
    Map<String, Long> asked = new HashMap<>();
    long start = System.nanoTime();
    connectors.forEach(one -> asked.put(one.source(), start));
    long end = start + patience.plus(longestPace()).toNanos();
    while (true) {
      long now = System.nanoTime();
      for (Connector one : connectors) {
        if (now - asked.getOrDefault(one.source(), start) >= one.holdings().pace().toNanos()) {
          asked.put(one.source(), now);
          Optional<Caught> caught = look(one, others, nonce);
          if (caught.isPresent()) {
            return caught;
          }
        }
      }
      if (System.nanoTime() > end) {
        return Optional.empty();
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private Duration longestPace() {
    return connectors.stream()
        .map(one -> one.holdings().pace())
        .max(Comparator.naturalOrder())
        .orElse(Duration.ZERO);
  }

  /** What cannot be read yet is looked at again. */
  private static Optional<Caught> look(Connector one, Set<HoldRef> others, String nonce) {
    try {
      for (HoldRef ref : held(one)) {
        if (others.contains(ref)) {
          continue;
        }
        Optional<Hold> hold = one.holdings().fetch(ref);
        Optional<RawMessage> seen =
            hold.flatMap(it -> it.raw().or(() -> one.holdings().octets(ref)));
        if (hold.filter(it -> marked(it, seen, nonce)).isPresent()) {
          return Optional.of(new Caught(one, hold.get(), seen));
        }
        others.add(ref);
      }
    } catch (MailSystemTrouble notNow) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** Some mail systems tell no more of a message than its subject. */
  private static boolean marked(Hold hold, Optional<RawMessage> seen, String nonce) {
    return seen.map(raw -> CanaryMark.on(raw, nonce))
        .orElseGet(() -> CanaryMark.on(hold.summary().subject(), nonce));
  }

  private static Finding compared(Optional<RawMessage> held, RawMessage sent) {
    if (held.isEmpty()) {
      return Finding.advice(
          "its octets cannot be had: it was known by its subject",
          "Signatures and the like of what is held there are not examined.",
          "see what the page of this mail system says of its copies (docs/mail)");
    }
    byte[] seen = held.get().octets();
    int from = seen.length - sent.size();
    boolean same =
        from >= 0 && Arrays.equals(seen, from, seen.length, sent.octets(), 0, sent.size());
    return same
        ? Finding.well("its octets are those that were sent, behind what was put on top")
        : Finding.advice(
            "its octets are not those that were sent",
            "Something on the way changes mail: signatures of others may not verify.",
            "look for filters that rewrite or fold fields before Postern sees the message");
  }

  private Finding discard(Caught caught) {
    String id = caught.hold().ref().id();
    String source = caught.by().source();
    if (!caught.by().quarantine().abilities().contains(Ability.DISCARD)) {
      return left(source, id, source + " has no way to delete");
    }
    long start = System.nanoTime();
    String words = "";
    for (int i = 0; i < MOST_DISCARDS; i++) {
      Outcome outcome =
          caught
              .by()
              .quarantine()
              .discard(
                  CanaryMessage.decided(caught.hold(), clock.instant()),
                  Mandate.ofThisConnection());
      if (outcome.results().stream().allMatch(result -> result.kind().proof())) {
        return Finding.well("it was deleted " + since(start) + ", and reached nobody");
      }
      words = outcome.results().getFirst().words();
    }
    return left(source, id, words);
  }

  private static Finding left(String source, String id, String words) {
    return Finding.wrong(
        "the canary " + id + " was not deleted: " + words,
        "People are asked about it like about other mail, in a minute.",
        "delete it in " + source + ", or discard it in its card");
  }

  private static String since(long start) {
    return "after " + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms";
  }
}
