package dev.postern.approval.history;

import dev.postern.mail.EmailAddress;
import dev.postern.policy.APlan;
import dev.postern.policy.Chain;
import dev.postern.policy.StagePlan;
import dev.postern.policy.StagePlan.OnDiscard;
import dev.postern.policy.StagePlan.OnRelease;
import dev.postern.policy.StagePlan.OnTimeout;
import dev.postern.policy.StagePlan.ReasonRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What a history starts from.
 *
 * @param groups the groups of each person
 * @param mailFrom the envelope's sender
 * @param from the address in the From field
 * @param recipients the envelope's recipients
 * @param chain who is asked
 */
record Setting(
    Map<String, Set<String>> groups,
    EmailAddress mailFrom,
    EmailAddress from,
    List<EmailAddress> recipients,
    Chain chain) {
  static final List<String> STAFF = List.of("kim", "noor", "lee", "max", "sue");
  private static final Map<String, EmailAddress> ADDRESSES = new ConcurrentHashMap<>();
  private static final List<String> GROUPS = List.of("group:red", "group:blue");

  static EmailAddress address(String person) {
    return ADDRESSES.computeIfAbsent(
        person, who -> EmailAddress.parse(who + "@corp.example").orElseThrow());
  }

  /** Whether that person is sender or recipient of the message. */
  boolean party(String who) {
    EmailAddress address = address(who);
    return recipients.contains(address) || mailFrom.equals(address) || from.equals(address);
  }

  static Setting random(RandomGenerator random) {
    Map<String, Set<String>> groups = new LinkedHashMap<>();
    for (String person : STAFF) {
      Set<String> in = new TreeSet<>();
      GROUPS.stream().filter(_ -> random.nextInt(10) < 7).forEach(in::add);
      groups.put(person, in);
    }
    groups.put("anna", Set.of("group:red"));
    groups.put("ciso", Set.of());
    List<EmailAddress> recipients = new ArrayList<>(List.of(address("anna"), address("bo")));
    if (random.nextInt(3) == 0) {
      recipients.add(address(anyone(random)));
    }
    return new Setting(
        groups,
        address(random.nextInt(8) == 0 ? anyone(random) : "eve"),
        address(random.nextInt(8) == 0 ? anyone(random) : "eve"),
        recipients,
        chain(random));
  }

  static String anyone(RandomGenerator random) {
    return STAFF.get(random.nextInt(STAFF.size()));
  }

  private static Chain chain(RandomGenerator random) {
    int stages = 1 + random.nextInt(3);
    List<StagePlan> plans =
        IntStream.rangeClosed(1, stages).mapToObj(i -> stage(i, stages, random)).toList();
    return new Chain(
        "chain", plans, random.nextInt(3) == 0 ? Optional.of(glass(random)) : Optional.empty());
  }

  private static StagePlan stage(int ordinal, int of, RandomGenerator random) {
    APlan plan = APlan.of("stage " + ordinal, approvers(random));
    if (random.nextInt(5) == 0) {
      plan.everybody();
    } else {
      plan.quorum(1 + random.nextInt(3));
    }
    if (ordinal < of && random.nextBoolean()) {
      plan.on(OnRelease.NEXT);
    }
    if (ordinal > 1 && random.nextInt(3) == 0) {
      plan.distinctFrom("stage " + (1 + random.nextInt(ordinal - 1)));
    }
    return plan.on(random.nextInt(3) == 0 ? OnDiscard.MAJORITY : OnDiscard.STOP)
        .on(any(OnTimeout.values(), random))
        .reason(random.nextBoolean() ? ReasonRule.NEVER : any(ReasonRule.values(), random))
        .window(Duration.ofMinutes(30L * (1 + random.nextInt(4))))
        .build();
  }

  private static StagePlan glass(RandomGenerator random) {
    return APlan.of("break-glass", anyone(random), random.nextBoolean() ? "ciso" : "kim")
        .reason(ReasonRule.ALWAYS)
        .window(Duration.ofHours(1 + random.nextInt(6)))
        .build();
  }

  private static String[] approvers(RandomGenerator random) {
    Set<String> named = new TreeSet<>();
    named.add(random.nextInt(4) == 0 ? anyone(random) : any(GROUPS, random));
    if (random.nextInt(3) == 0) {
      named.add(anyone(random));
    }
    if (random.nextInt(3) == 0) {
      named.add(any(GROUPS, random));
    }
    return named.toArray(String[]::new);
  }

  static <T> T any(T[] of, RandomGenerator random) {
    return of[random.nextInt(of.length)];
  }

  static <T> T any(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }
}
