package dev.postern.app.chaos;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.postern.mailsystem.NextHopServer.Taken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds what the next hop got against what senders were told and people decided, copy by copy. A
 * copy is what Postfix took in one go: a sender that was not answered may have made two.
 */
final class Reckoning {
  /**
   * One recipient of one message at the next hop.
   *
   * @param copy the message as it came
   * @param at when
   */
  private record Delivery(Copy copy, Instant at) {}

  private final Senders senders;
  private final People people;
  private final List<Instant> postfixKilled;
  private final Map<String, Mail> byToken = new HashMap<>();
  private final Map<String, String> hashes = new HashMap<>();

  /** By copy, then by recipient. */
  private final Map<String, Map<String, List<Delivery>>> deliveries = new TreeMap<>();

  /** What was lost, doubled, early or changed, one sentence each. */
  final List<String> faults = new ArrayList<>();

  /** Copies of messages whose sender was not answered. */
  int copiesUnanswered;

  /** What Postfix sent twice by itself, killed between the next hop's answer and its own note. */
  int twiceByPostfix;

  /** Messages for one recipient that arrived as they should. */
  int delivered;

  /** Copies that nobody got, as was decided. */
  int discarded;

  Reckoning(List<Mail> mails, Senders senders, People people, List<Instant> postfixKilled) {
    this.senders = senders;
    this.people = people;
    this.postfixKilled = postfixKilled;
    for (Mail mail : mails) {
      byToken.put(mail.token(), mail);
      hashes.put(mail.token(), Copy.hash(mail.octets().octets()));
    }
  }

  /** Looks at everything; nothing is under way any more. */
  Reckoning of(List<Taken> taken) {
    senders.refused.forEach(reply -> faults.add("refused: " + reply));
    for (Taken it : taken) {
      if (it.recipients().getFirst().matches("t[0-9]{6}-[0-9]@corp\\.test")) {
        sort(it);
      }
    }
    Map<String, Mail> copies = new TreeMap<>(senders.taken);
    deliveries.forEach(
        (id, at) ->
            copies.computeIfAbsent(id, _ -> Objects.requireNonNull(byToken.get(tokenOf(at)))));
    people.queueIds.forEach(copies::putIfAbsent);
    copies.forEach(this::judge);
    unanswered(copies);
    everyMessage(copies);
    return this;
  }

  private void sort(Taken it) {
    Copy copy = Copy.of(it.octets());
    Mail mail = byToken.get(copy.token());
    if (mail == null || !copy.hash().equals(hashes.get(copy.token()))) {
      String start = new String(it.octets().octets(), ISO_8859_1);
      faults.add(
          "changed on the way: " + copy + ": " + start.substring(0, Math.min(900, start.length())));
      return;
    }
    if (!it.sender().equals(mail.sender()) || !mail.recipients().containsAll(it.recipients())) {
      faults.add("another envelope: " + copy + " from " + it.sender() + " to " + it.recipients());
    }
    for (String recipient : it.recipients()) {
      deliveries
          .computeIfAbsent(copy.id(), _ -> new TreeMap<>())
          .computeIfAbsent(recipient, _ -> new ArrayList<>())
          .add(new Delivery(copy, it.at()));
    }
  }

  private static String tokenOf(Map<String, List<Delivery>> byRecipient) {
    return byRecipient.values().iterator().next().getFirst().copy().token();
  }

  private void judge(String id, Mail mail) {
    boolean held = mail.held() != Mail.Held.NOBODY;
    People.Decided decision = people.decided.get(id);
    if (held && decision == null) {
      faults.add("nobody was asked about " + id + " " + brief(mail));
      return;
    }
    if (!held && decision != null) {
      faults.add("asked about what was not to be held: " + id + " " + brief(mail));
    }
    Instant from = decision == null ? Instant.MIN : decision.at();
    List<String> to = decision == null ? mail.recipients() : decision.to();
    discarded += to.isEmpty() ? 1 : 0;
    for (String recipient : mail.recipients()) {
      List<Delivery> got = deliveries.getOrDefault(id, Map.of()).getOrDefault(recipient, List.of());
      String which = id + " " + brief(mail) + " to " + recipient;
      if (!to.contains(recipient)) {
        got.forEach(it -> faults.add("not for them: " + which + " " + it));
      } else if (got.isEmpty()) {
        faults.add("lost: " + which);
      } else {
        got.stream()
            .filter(it -> it.at().isBefore(from))
            .forEach(it -> faults.add("early: " + which));
        once(which, got);
      }
    }
  }

  private void once(String which, List<Delivery> got) {
    delivered++;
    for (int i = 1; i < got.size(); i++) {
      Delivery before = got.get(i - 1);
      Delivery again = got.get(i);
      boolean sameFile = before.copy().queueFile().equals(again.copy().queueFile());
      boolean killed =
          postfixKilled.stream().anyMatch(k -> k.isAfter(before.at()) && k.isBefore(again.at()));
      if (sameFile && killed) {
        twiceByPostfix++;
      } else {
        faults.add("twice: " + which + " " + got);
      }
    }
  }

  /** No more copies than ends of messages that nobody answered. */
  private void unanswered(Map<String, Mail> copies) {
    Map<String, Integer> more = new HashMap<>();
    copies.forEach(
        (id, mail) -> {
          if (!senders.taken.containsKey(id)) {
            copiesUnanswered++;
            more.merge(mail.token(), 1, Integer::sum);
          }
        });
    more.forEach(
        (token, count) -> {
          if (count > senders.unanswered.getOrDefault(token, 0)) {
            faults.add("copies that nobody sent: " + count + " of " + token);
          }
        });
  }

  private void everyMessage(Map<String, Mail> copies) {
    byToken.values().stream()
        .filter(mail -> !Set.copyOf(copies.values()).contains(mail))
        .forEach(mail -> faults.add("nobody took " + brief(mail)));
  }

  private static String brief(Mail mail) {
    return mail.token() + " " + mail.held() + " " + mail.wish();
  }
}
