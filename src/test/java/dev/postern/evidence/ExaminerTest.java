package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.dns.ZoneDns;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ExaminerTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_790_000_000L);
  private static final Map<String, Object> ZONE =
      Map.of(
          "bank.example", Map.of("TXT", "v=spf1 include:_spf.bank.example -all"),
          "_spf.bank.example", Map.of("TXT", "v=spf1 ip4:192.0.2.0/24 -all"),
          "_dmarc.bank.example", Map.of("TXT", "v=DMARC1; p=reject"),
          "_dmarc.shop.example", Map.of("TXT", "v=DMARC1; p=reject; psd=n"),
          "mx.bank.example", Map.of("A", "192.0.2.7", "TXT", "v=spf1 a -all"),
          "other.example", Map.of("TXT", "v=spf1 ip4:192.0.2.7 -all"));

  private static final String SIGNATURE =
      "DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s; h=from; b=AAAA; bh="
          + "A".repeat(43)
          + "=\r\n";

  @Test
  void anAlignedSenderPassesWithTheTermThatMatched() {
    Evidence evidence = examine("From: a@bank.example\r\n", "bounce@bank.example", "192.0.2.7");

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.spf().mechanism()).isEqualTo("include:_spf.bank.example");
    assertThat(evidence.spf().aligned()).isTrue();
    assertThat(evidence.helo().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.helo().aligned()).as("HELO counts for nothing").isFalse();
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.PASS);
    assertThat(evidence.dmarc().policy()).isEqualTo(DmarcPolicy.REJECT);
    assertThat(evidence.dmarc().disposition()).isEqualTo(DmarcPolicy.NONE);
    assertThat(evidence.origin()).isInstanceOf(Origin.Computed.class);
    assertThat(evidence.uncertain()).isFalse();
    assertThat(EvidenceJson.read(EvidenceJson.write(evidence))).isEqualTo(evidence);
  }

  @Test
  void aBorrowedNameFailsAndItsOwnerAsksForRejection() {
    Evidence evidence = examine("From: ceo@bank.example\r\n", "x@other.example", "192.0.2.7");

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.spf().aligned()).isFalse();
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.FAIL);
    assertThat(evidence.dmarc().disposition()).isEqualTo(DmarcPolicy.REJECT);
  }

  @Test
  void theNullSenderIsJudgedByItsHeloName() {
    Evidence evidence = examine("From: mailer-daemon@bank.example\r\n", "", "192.0.2.7");

    assertThat(evidence.spf().identity()).isEqualTo(SpfFinding.Identity.MAILFROM);
    assertThat(evidence.spf().domain()).isEqualTo("mx.bank.example");
    assertThat(evidence.spf().result()).isEqualTo(SpfResult.PASS);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.PASS);
  }

  @Test
  void everyQuestionIsAskedOnceAndRecordedInAStableOrder() {
    List<String> asked = Collections.synchronizedList(new ArrayList<>());
    ZoneDns zone = ZoneDns.of(ZONE);
    Dns counting =
        (name, type, by) -> {
          asked.add(name + " " + type);
          return zone.query(name, type, by);
        };
    Evidence evidence =
        new Examiner(counting, Duration.ofSeconds(10), Home.unknown())
            .examine(envelope("", "192.0.2.7"), message("From: a@bank.example\r\n"), NOW);

    List<String> recorded = evidence.dns().stream().map(it -> it.name() + " " + it.type()).toList();
    assertThat(recorded).isSorted().doesNotHaveDuplicates();
    assertThat(asked).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(recorded);
  }

  @Test
  void whatNobodyNeededToKnowIsNotRecorded() {
    Evidence evidence = examine("From: a@shop.example\r\n", "a@bank.example", "192.0.2.7");

    assertThat(evidence.dmarc().policyDomain()).isEqualTo("shop.example");
    assertThat(evidence.dns())
        .as("psd=n ends the walk")
        .noneMatch(it -> it.name().text().equals("_dmarc.example"));
  }

  @Test
  void aMessageWithoutFromOrWithTwoIsNeverAPass() {
    Evidence none = examine("Subject: x\r\n", "a@bank.example", "192.0.2.7");
    Evidence two =
        examine("From: a@bank.example\r\nFrom: b@evil.example\r\n", "a@bank.example", "192.0.2.7");

    assertThat(none.dmarc().result()).isEqualTo(DmarcResult.PERMERROR);
    assertThat(none.dmarc().problem()).contains("no From field");
    assertThat(two.dmarc().result()).isEqualTo(DmarcResult.PERMERROR);
    assertThat(two.dmarc().problem()).contains("2 From fields");
    assertThat(two.dmarc().fromDomain()).isEmpty();
    assertThat(two.spf().aligned()).isFalse();
  }

  @Test
  void tenMegabytesOfHeaderAndNulOctetsAreEvaluatedLikeAnyMessage() {
    String folded = "X: y\r\n" + " z\r\n".repeat(2_500_000) + "From: a@bank.example\r\n";
    String fields = "From: a@bank.example\r\n" + "DKIM-Signature: v=1;\n".repeat(480_000);
    String nul = "From: \0a@bank.example\r\nX\0: \0\r\n\r\n\0\0\0";
    Assertions.assertTimeout(
        Duration.ofSeconds(30),
        () -> {
          assertThat(examine(folded, "a@bank.example", "192.0.2.7").dmarc().result())
              .isEqualTo(DmarcResult.PASS);
          assertThat(examine(fields, "a@bank.example", "192.0.2.7").dkim()).hasSizeLessThan(20);
          assertThat(examine(nul, "a@bank.example", "192.0.2.7").dmarc().result())
              .isEqualTo(DmarcResult.PERMERROR);
          assertThat(examine("", "a@bank.example", "192.0.2.7").dmarc().result())
              .isEqualTo(DmarcResult.PERMERROR);
        });
  }

  @Test
  void dnsThatNeverAnswersEndsWithinTheBudgetAsTemperror() {
    Dns silent = (name, type, by) -> waitFor(new CountDownLatch(1), by.left());
    Dns deaf = (name, type, by) -> waitFor(new CountDownLatch(1), Duration.ofHours(1));
    for (Dns dns : List.of(silent, deaf)) {
      Evidence evidence =
          Assertions.assertTimeout(
              Duration.ofSeconds(3),
              () ->
                  new Examiner(dns, Duration.ofMillis(200), Home.unknown())
                      .examine(
                          envelope("a@bank.example", "192.0.2.7"),
                          message("From: a@bank.example\r\n" + SIGNATURE),
                          NOW));
      assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
      assertThat(evidence.helo().result()).isEqualTo(SpfResult.TEMPERROR);
      assertThat(evidence.dkim().getFirst().result()).isEqualTo(DkimResult.TEMPERROR);
      assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
      assertThat(evidence.dmarc().disposition()).isEqualTo(DmarcPolicy.NONE);
      assertThat(evidence.uncertain()).isTrue();
      assertThat(evidence.dns())
          .isNotEmpty()
          .allMatch(it -> it.answer().status() == Answer.Status.TEMPFAIL);
    }
  }

  @Test
  void aResolverThatThrowsIsAResolverThatDoesNotAnswer() {
    Dns broken =
        (name, type, by) -> {
          throw new IllegalStateException("broken");
        };
    Evidence evidence =
        new Examiner(broken, Duration.ofSeconds(5), Home.unknown())
            .examine(
                envelope("a@bank.example", "192.0.2.7"), message("From: a@bank.example\r\n"), NOW);
    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
  }

  @Test
  void signalsAreLookedForOnlyWhenWanted() {
    RawMessage message =
        message("From: \"ceo@firm.example\" <a@bank.example>\r\nReply-To: a@other.example\r\n");
    Envelope envelope = envelope("a@bank.example", "192.0.2.7");
    Examiner plain = new Examiner(ZoneDns.of(ZONE), Duration.ofSeconds(20), Home.unknown());
    Evidence bare = plain.examine(envelope, message, NOW);
    Evidence full =
        plain.with(new Signals(Home.unknown(), _ -> false)).examine(envelope, message, NOW);

    assertThat(bare.signals()).isEmpty();
    assertThat(bare.dns()).noneMatch(it -> it.type() == DnsType.PTR);
    assertThat(full.signals())
        .extracting(Signal::name)
        .containsExactly(
            "name-shows-address", "reply-to-elsewhere", "first-contact", "no-reverse-dns");
    assertThat(full.dns()).anyMatch(it -> it.type() == DnsType.PTR);
    assertThat(full.dmarc()).isEqualTo(bare.dmarc());
    assertThat(EvidenceJson.read(EvidenceJson.write(full))).isEqualTo(full);
  }

  @Test
  void signalsOfAClientThatDnsKnowsNothingOfChangeNoResult() {
    ZoneDns zone = ZoneDns.of(ZONE);
    Dns noPointers =
        (name, type, by) ->
            type == DnsType.PTR
                ? waitFor(new CountDownLatch(1), by.left())
                : zone.query(name, type, by);
    Evidence evidence =
        new Examiner(noPointers, Duration.ofMillis(300), Home.unknown())
            .with(
                new Signals(
                    Home.unknown(),
                    _ -> {
                      throw new IllegalStateException("the store is away");
                    }))
            .examine(
                envelope("a@bank.example", "192.0.2.7"), message("From: a@bank.example\r\n"), NOW);

    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.PASS);
    assertThat(evidence.uncertain()).isFalse();
    assertThat(evidence.signals()).isEmpty();
  }

  private static Answer waitFor(CountDownLatch never, Duration time) {
    try {
      assertThat(never.await(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return Answer.without(Answer.Status.TEMPFAIL, 0);
  }

  /** By both ways, which must agree in all but the time that DNS took. */
  private static Evidence examine(String header, String mailFrom, String ip) {
    ZoneDns zone = ZoneDns.of(ZONE);
    Evidence waiting = examine(zone, header, mailFrom, ip);
    assertThat(results(examine(new AllKnown(zone), header, mailFrom, ip)))
        .isEqualTo(results(waiting));
    return waiting;
  }

  private static List<Object> results(Evidence it) {
    List<String> asked = it.dns().stream().map(r -> r.name() + " " + r.type()).toList();
    return List.of(it.origin(), it.spf(), it.helo(), it.dkim(), it.arc(), it.dmarc(), asked);
  }

  private static Evidence examine(Dns dns, String header, String mailFrom, String ip) {
    return new Examiner(dns, Duration.ofSeconds(20), Home.unknown())
        .examine(envelope(mailFrom, ip), message(header), NOW);
  }

  /** A resolver that has every answer in its cache. */
  private record AllKnown(Dns dns) implements Dns {
    @Override
    public Answer query(DnsName name, DnsType type, Deadline by) {
      throw new AssertionError("nobody needs to wait for " + name);
    }

    @Override
    public Optional<Answer> known(DnsName name, DnsType type) {
      return Optional.of(dns.query(name, type, Deadline.in(Duration.ofSeconds(1))));
    }
  }

  private static RawMessage message(String header) {
    return RawMessage.of((header + "\r\nbody\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Envelope envelope(String mailFrom, String ip) {
    Optional<EmailAddress> sender = EmailAddress.parse(mailFrom);
    EmailAddress recipient = new EmailAddress("info", new DomainName("firm.example"));
    return new Envelope(sender, List.of(recipient), InetAddress.ofLiteral(ip), "mx.bank.example");
  }
}
