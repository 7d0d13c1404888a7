package dev.postern.app.mail;

import static dev.postern.approval.CaseBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.card.Finding;
import dev.postern.fake.FakeHttp;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.quarantine.HttpTrust;
import dev.postern.quarantine.NextHopSettings;
import dev.postern.quarantine.RemoteQuarantine;
import dev.postern.quarantine.mailcow.FakeMailcow;
import dev.postern.quarantine.mailcow.MailcowHoldings;
import dev.postern.quarantine.mailcow.MailcowSettings;
import dev.postern.quarantine.mailcow.MailcowStore;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A canary through mail systems that tell little, or want to be left alone. */
class CanaryTest {
  private static final String NONCE = "6c0ffee1c0ffee1c";

  private final FakeMailcow mailcow = new FakeMailcow();
  private final FakeHttp http = new FakeHttp(mailcow);
  private final NextHopServer gateway = NextHopServer.start();
  private final MailcowStore store =
      new MailcowStore(
          new MailcowSettings(
              "mailcow",
              URI.create(http.origin()),
              FakeMailcow.KEY,
              new HttpTrust.Usual(),
              Duration.ofSeconds(10),
              1 << 20));

  @AfterEach
  void stop() {
    gateway.close();
    http.close();
  }

  /** What the gateway takes is in mailcow's quarantine as soon as that is asked. */
  private final class Following implements Holdings {
    private final MailcowHoldings those =
        new MailcowHoldings(store, (_, _, _) -> {}, InstantSource.system());
    private final Duration pace;
    private final List<Long> asked = new CopyOnWriteArrayList<>();
    private int passed;

    Following(Duration pace) {
      this.pace = pace;
    }

    @Override
    public String source() {
      return those.source();
    }

    @Override
    public Duration pace() {
      return pace;
    }

    @Override
    public List<HoldRef> held() {
      asked.add(System.nanoTime());
      gateway.taken().stream()
          .skip(passed)
          .forEach(
              it -> {
                passed++;
                mailcow.hold(
                    "",
                    it.recipients().getFirst(),
                    new String(it.octets().octets(), StandardCharsets.UTF_8));
              });
      return those.held();
    }

    @Override
    public Optional<Hold> fetch(HoldRef hold) {
      return those.fetch(hold);
    }
  }

  private List<Finding> fly(Following following) {
    Connector connector =
        new Connector(
            "mailcow", following, new RemoteQuarantine(store, Duration.ofSeconds(5)), List::of);
    NextHopSettings there =
        new NextHopSettings(
            "127.0.0.1", gateway.port(), "postern.example", "", NextHopSettings.Timing.usual());
    return new Canary(List.of(connector), there, Duration.ofSeconds(5), InstantSource.system())
        .fly(address("lee@corp.example"), NONCE);
  }

  @Test
  void aCopyWithoutOctetsIsKnownByTheNumberInItsSubjectAndOthersStay() {
    int forged =
        mailcow.hold("", "lee@corp.example", "Subject: Postern looks whether mail is held 1\n\n");

    List<Finding> findings = fly(new Following(Duration.ZERO));

    assertThat(findings)
        .extracting(Finding::grade)
        .containsExactly(
            Finding.Grade.WELL, Finding.Grade.WELL, Finding.Grade.ADVICE, Finding.Grade.WELL);
    assertThat(findings.getLast().what()).contains("deleted");
    assertThat(store.name()).isEqualTo("mailcow");
    assertThat(new Following(Duration.ZERO).held())
        .extracting(HoldRef::id)
        .contains(mailcow.idOf(forged));
  }

  @Test
  void aMailSystemIsNotAskedMoreOftenThanItWantsToBe() {
    Following following = new Following(Duration.ofMillis(1500));

    assertThat(fly(following).getLast().what()).contains("deleted");

    assertThat(following.asked).hasSize(2);
    assertThat(following.asked.get(1) - following.asked.getFirst())
        .isGreaterThan(Duration.ofMillis(1400).toNanos());
  }
}
