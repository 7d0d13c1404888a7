package dev.postern.policy;

import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.MessageSummary.Attachment;
import dev.postern.policy.Precedent.People;
import dev.postern.policy.Precedent.Said;
import dev.postern.policy.Precedent.Then;
import dev.postern.policy.Precedent.Work;
import dev.postern.policy.Situation.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Cases of a past that never was: the same each time, and of many kinds. */
public final class Past {
  private static final Instant START = Instant.parse("2026-08-28T07:00:00Z");

  private static final Policy POLICY = Policy.builtIn();

  private Past() {}

  /** So many cases, ten minutes apart. */
  public static Stream<Precedent> cases(int many) {
    return IntStream.range(0, many).mapToObj(Past::number);
  }

  private static Precedent number(int n) {
    Random random = new Random(n);
    Situation situation = situation(random, START.plus(Duration.ofMinutes(10L * n)));
    String id = "PN-%04d-%04d".formatted(n / 10_000, n % 10_000);
    return new Precedent(id, situation, then(random, situation));
  }

  private static Then then(Random random, Situation situation) {
    Ruling ruled = POLICY.rule(situation);
    boolean asked = ruled.action() instanceof Action.Ask;
    People people = asked ? any(random, People.values()) : People.NOBODY;
    long votes = people == People.NOBODY ? 0 : 1 + random.nextInt(2);
    Duration waited = asked ? Duration.ofSeconds(random.nextInt(20_000)) : Duration.ZERO;
    Work work = new Work(votes, waited, votes == 0 ? List.of() : List.of("kim"));
    return new Then(
        new Said(ruled.action(), ruled.rule()),
        people,
        work,
        random.nextInt(50) == 0,
        random.nextInt(9) > 0);
  }

  static Situation situation(Random random, Instant at) {
    return ASituation.proved()
        .with(
            it -> {
              it.spf = any(random, SpfResult.values());
              it.dkim = any(random, DkimResult.values());
              it.dmarc =
                  random.nextInt(3) > 0 ? DmarcResult.PASS : any(random, DmarcResult.values());
              it.disposition = any(random, DmarcPolicy.values());
              it.fromDomain = "sender" + random.nextInt(500) + ".example";
              it.fromName = random.nextInt(9) == 0 ? "Boss <boss@firm.example>" : "Søren Ægir";
              it.subject = "Invoice " + random.nextInt(100_000) + " — überfällig 発票";
              it.unsignedOctets = random.nextInt(20) == 0 ? random.nextInt(1000) : 0;
              it.attachments = attachments(random);
              it.linkHosts = links(random);
              it.unreadSender = random.nextInt(8) == 0 ? "<<" + random.nextInt(100) + ">>" : "";
              it.signals =
                  random.nextInt(6) == 0 ? List.of("first-contact", "helo-elsewhere") : List.of();
              it.context =
                  new Context(
                      at.atZone(ZoneOffset.UTC),
                      report(random),
                      history(random, at),
                      history(random, at));
            })
        .build();
  }

  private static List<Attachment> attachments(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> List.of(new Attachment("invoice.pdf", "application/pdf", random.nextInt(90_000)));
      case 1 ->
          List.of(
              new Attachment("photo.jpg", "image/jpeg", 12_000),
              new Attachment(
                  random.nextInt(4) == 0 ? "setup.exe" : "minutes.docx",
                  "application/octet-stream",
                  random.nextInt(900_000)));
      default -> List.of();
    };
  }

  private static List<String> links(Random random) {
    return IntStream.range(0, random.nextInt(6))
        .mapToObj(n -> "www" + n + ".shop.example")
        .toList();
  }

  private static Optional<GatewayReport> report(Random random) {
    return random.nextInt(3) == 0
        ? Optional.of(
            new GatewayReport(
                "rspamd",
                "add header",
                random.nextInt(200) / 10.0 - 3,
                List.of(
                    new GatewayReport.Finding("DMARC_POLICY_ALLOW", -0.5, List.of("x.example")),
                    new GatewayReport.Finding("MIME_GOOD", -0.1, List.of()))))
        : Optional.empty();
  }

  private static SenderHistory history(Random random, Instant at) {
    return random.nextInt(3) == 0
        ? SenderHistory.NONE
        : new SenderHistory(
            random.nextInt(90),
            random.nextInt(50),
            random.nextInt(9),
            random.nextInt(5),
            random.nextInt(5),
            Optional.of(at.minus(Duration.ofHours(random.nextInt(2000)))),
            Optional.of(at.minusNanos(random.nextInt(2_000_000_000))));
  }

  private static <T> T any(Random random, T[] values) {
    return values[random.nextInt(values.length)];
  }
}
