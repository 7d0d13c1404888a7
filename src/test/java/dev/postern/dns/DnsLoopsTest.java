package dev.postern.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.SpfResult;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.RawMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Name servers that lead a whole examination round in circles, through the real resolver. */
@Timeout(60)
class DnsLoopsTest {
  private static final Duration BUDGET = Duration.ofSeconds(20);
  private static final String SIGNED =
      "DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=s; h=from; bh="
          + "A".repeat(43)
          + "=; b=AAAA\r\nFrom: a@bank.example\r\n\r\nbody\r\n";

  @Test
  void aliasesThatLeadBackAreNoAnswer() throws IOException {
    Evidence evidence =
        examine(
            question -> {
              String name = question.getQuestion().getName().toString();
              String other = name.startsWith("x.") ? name.substring(2) : "x." + name;
              return reply(question, cname(name, other), cname(other, name));
            });

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.helo().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.dkim().getFirst().result()).isEqualTo(DkimResult.TEMPERROR);
    assertThat(evidence.arc().result()).isEqualTo(ArcResult.NONE);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
  }

  @Test
  void aChainOfAThousandAliasesIsFollowedForTenOfThem() throws IOException {
    Record[] chain = new Record[1_000];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = cname("a" + i + ".example.", "a" + (i + 1) + ".example.");
    }
    Evidence evidence =
        examine(
            question -> {
              chain[0] = cname(question.getQuestion().getName().toString(), "a1.example.");
              return reply(question, chain);
            });

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
  }

  /** Each alias leads to a name of which the server says nothing yet, so that it is asked again. */
  @Test
  void aliasesWithoutEndAreChasedElevenTimes() throws IOException {
    AtomicInteger longest = new AtomicInteger();
    Evidence evidence =
        examine(
            question -> {
              String name = question.getQuestion().getName().toString();
              int aliases = name.split("x[.]", -1).length - 1;
              longest.accumulateAndGet(aliases, Math::max);
              return reply(question, cname(name, "x." + name));
            });

    assertThat(evidence.spf().result()).isEqualTo(SpfResult.TEMPERROR);
    assertThat(evidence.dkim().getFirst().result()).isEqualTo(DkimResult.TEMPERROR);
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
    assertThat(evidence.dns())
        .filteredOn(it -> it.name().text().equals("bank.example"))
        .allMatch(it -> it.answer().rcode().equals("ALIASES"));
    assertThat(longest.get()).isBetween(9, 12);
  }

  @Test
  void includesAndRedirectsThatLeadBackAreTooManyLookups() throws IOException {
    for (String record : List.of("v=spf1 include:%{d} -all", "v=spf1 redirect=y.%{d}")) {
      Evidence evidence =
          examine(
              question -> {
                Record asked = question.getQuestion();
                String name = asked.getName().toString();
                return asked.getType() == Type.TXT && !name.startsWith("_dmarc")
                    ? reply(question, record(name, Type.TXT, '"' + record + '"'))
                    : reply(question);
              });

      assertThat(evidence.spf().result()).isEqualTo(SpfResult.PERMERROR);
      assertThat(evidence.spf().problem()).contains("more than 10 DNS look-ups");
      assertThat(evidence.dns()).hasSizeLessThan(40);
    }
  }

  @Test
  void aServerThatNeverAnswersEndsWithTheBudget() throws IOException {
    Duration budget = Duration.ofMillis(300);
    long begin = System.nanoTime();
    Evidence evidence = examine(_ -> null, budget);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(budget.plusMillis(1_500));
    assertThat(evidence.uncertain()).isTrue();
    assertThat(evidence.dmarc().result()).isEqualTo(DmarcResult.TEMPERROR);
  }

  private interface Script {
    @Nullable Message answer(Message question);
  }

  private static Evidence examine(Script script) throws IOException {
    return examine(script, BUDGET);
  }

  private static Evidence examine(Script script, Duration budget) throws IOException {
    try (FakeNameServer server = FakeNameServer.of((question, _) -> script.answer(question));
        DnsJavaResolver dns = new DnsJavaResolver(List.of(server.address()))) {
      RawMessage message = RawMessage.of(SIGNED.getBytes(StandardCharsets.US_ASCII));
      return new Examiner(dns, budget, Home.unknown())
          .examine(envelope(), message, Instant.ofEpochSecond(1_790_000_000));
    }
  }

  private static Envelope envelope() {
    EmailAddress recipient = new EmailAddress("info", new DomainName("firm.example"));
    Optional<EmailAddress> sender = EmailAddress.parse("a@bank.example");
    InetAddress ip = InetAddress.ofLiteral("192.0.2.7");
    return new Envelope(sender, List.of(recipient), ip, "mx.bank.example");
  }

  private static Message reply(Message question, Record... records) {
    return FakeNameServer.reply(
        question,
        reply -> {
          for (Record record : records) {
            reply.addRecord(record, Section.ANSWER);
          }
          return reply;
        });
  }

  private static Record cname(String name, String target) {
    return record(name, Type.CNAME, target);
  }

  private static Record record(String owner, int type, String text) {
    try {
      Name name = Name.fromString(owner);
      return Record.fromString(name, type, DClass.IN, 300, text, Name.root);
    } catch (IOException notARecord) {
      throw new IllegalArgumentException(notARecord);
    }
  }
}
