package dev.postern.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.fake.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RecordingDnsTest {
  private static final Deadline SOON = Deadline.in(Duration.ofMinutes(1));

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aQuestionIsKeptWithWhatTheResolverSaidOfIt() {
    Answer known = Answer.of(List.of("v=spf1 -all"), 300, true).fromCache();
    RecordingDns dns =
        new RecordingDns(
            (name, type, by) ->
                name.text().equals("b.example") ? known : Answer.failure("REFUSED"));
    dns.query(new DnsName("b.example"), DnsType.TXT, SOON);
    dns.query(new DnsName("a.example"), DnsType.MX, SOON);

    List<DnsRecord> records = dns.records();
    assertThat(records).extracting(DnsRecord::name).extracting(DnsName::text).isSorted();
    assertThat(records.get(0).answer()).isEqualTo(Answer.failure("REFUSED"));
    assertThat(records.get(1).answer()).isSameAs(known);
  }

  @Test
  void theOrderOfTheQuestionsDoesNotShow() {
    List<DnsName> names = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      names.add(new DnsName("n" + i + ".example"));
    }
    RecordingDns one = counting();
    names.forEach(name -> one.query(name, DnsType.A, SOON));
    names.forEach(name -> one.query(name, DnsType.TXT, SOON));
    RecordingDns other = counting();
    names.reversed().forEach(name -> other.query(name, DnsType.TXT, SOON));
    names.reversed().forEach(name -> other.query(name, DnsType.A, SOON));
    assertThat(other.records())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("millis")
        .isEqualTo(one.records());
  }

  @Test
  void howLongAQuestionWaitedIsKept() {
    Duration wait = Duration.ofMillis(30);
    RecordingDns dns =
        new RecordingDns(
            (name, type, by) -> {
              Deadline end = Deadline.in(wait);
              while (!end.passed()) {
                Pause.betweenLooks();
              }
              return Answer.failure("SERVFAIL");
            });
    dns.query(new DnsName("b.example"), DnsType.TXT, SOON);
    assertThat(dns.records().getFirst().millis()).isBetween(30L, 10_000L);
  }

  @Test
  void whoeverAsksAtOnceSharesOneQuestion() throws Exception {
    CountDownLatch all = new CountDownLatch(20);
    RecordingDns dns =
        new RecordingDns(
            (name, type, by) -> {
              asked.add(name.text());
              try {
                all.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              return Answer.failure("SERVFAIL");
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        threads.execute(
            () -> {
              all.countDown();
              dns.query(new DnsName("b.example"), DnsType.TXT, SOON);
            });
      }
    }
    assertThat(asked).containsExactly("b.example");
    assertThat(dns.records()).hasSize(1);
  }

  @Test
  void P16_beyondItsBudgetOfQuestionsAMessageAsksNoMore() {
    RecordingDns dns = counting();
    for (int i = 0; i < RecordingDns.MOST_QUESTIONS + 100; i++) {
      Answer answer = dns.query(new DnsName("n" + i + ".example"), DnsType.A, SOON);
      assertThat(answer)
          .isEqualTo(
              i < RecordingDns.MOST_QUESTIONS
                  ? Answer.without(Answer.Status.NXDOMAIN, 60)
                  : Answer.failure("BUDGET"));
    }
    assertThat(asked).hasSize(RecordingDns.MOST_QUESTIONS);
  }

  @Test
  void P16_afterItsDeadlineAMessageAsksNoMore() {
    RecordingDns dns = counting();
    Answer answer = dns.query(new DnsName("b.example"), DnsType.A, Deadline.in(Duration.ZERO));
    assertThat(answer).isEqualTo(Answer.failure("TIMEOUT"));
    assertThat(asked).isEmpty();
    assertThat(dns.records()).hasSize(1);
  }

  private RecordingDns counting() {
    return new RecordingDns(
        (name, type, by) -> {
          asked.add(name.text());
          return Answer.without(Answer.Status.NXDOMAIN, 60);
        });
  }
}
