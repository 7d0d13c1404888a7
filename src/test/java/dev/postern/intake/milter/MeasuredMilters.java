package dev.postern.intake.milter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.postern.app.trial.Samples;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import dev.postern.dns.FakeNameServer;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.mailsystem.OpenDkimAndDmarc;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.PythonMilter;
import dev.postern.mailsystem.RspamdServer;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The milters that are measured beside each other: ours as it works, and as it answers without
 * looking; one that accepts everything; rspamd; OpenDKIM and OpenDMARC. All ask about the same
 * zone: ours in memory, the others a name server on loopback.
 */
final class MeasuredMilters implements AutoCloseable {
  static final String NONE = "no milter";
  static final String OURS = "this milter";
  static final Samples.Sample SAMPLE = Samples.all().getFirst();
  private static final String HOST = "mx.corp.example";

  /** Nobody else's on loopback; port 53 is what the resolver of most programs asks. */
  private static final String NAME_SERVER = "127.0.53.1";

  private final FakeNameServer names;
  private final PythonMilter libmilter = PythonMilter.start(false);
  private final RspamdServer rspamd;
  private final OpenDkimAndDmarc openDkimAndDmarc;
  final Milters withoutLooking = Milters.judging(_ -> Milters.pass());
  final Milters ours;

  /** What {@code smtpd_milters} is to be, by the milter's name. */
  final Map<String, String> all = new LinkedHashMap<>();

  MeasuredMilters() throws IOException {
    Map<?, ?> zone = new ObjectMapper().readValue(Samples.zone(), Map.class);
    Examiner examiner = new Examiner(ZoneDns.of(zone), Duration.ofSeconds(5), Home.unknown());
    ours = Milters.judging(it -> examined(examiner, it));
    InetSocketAddress at = new InetSocketAddress(InetAddress.getByName(NAME_SERVER), 53);
    names = FakeNameServer.ofZone(at, zone);
    int rspamdPort = Programs.freePort();
    // RspamdServer takes the port of 127.0.0.1; another address has to come from above it.
    rspamd =
        RspamdServer.start(
            rspamdPort,
            53,
            Map.of(
                "override.d/options.inc", "dns { nameserver = [\"" + NAME_SERVER + ":53\"]; }\n"));
    openDkimAndDmarc = OpenDkimAndDmarc.start(at.getAddress(), HOST);
    all.put(NONE, "");
    all.put("this milter, answering without looking", "inet:127.0.0.1:" + withoutLooking.port());
    all.put(OURS, "inet:127.0.0.1:" + ours.port());
    all.put("accepts all, on libmilter", "inet:127.0.0.1:" + libmilter.port());
    all.put("OpenDKIM, then OpenDMARC", openDkimAndDmarc.chained());
    all.put("rspamd", "inet:127.0.0.1:" + rspamdPort);
  }

  private static Judgement examined(Examiner examiner, Message message) {
    Evidence evidence = examiner.examine(message.envelope(), message.raw(), message.receivedAt());
    Ruling ruling = new Ruling(new Action.Release(), "rule", "fine", "000000000000", List.of());
    return new Judgement.Pass(ruling, evidence);
  }

  /** The others did look: each key and policy was asked for more than once. */
  void assertThatTheyLooked() {
    assertThat(names.asked())
        .as("asked of the name server")
        .contains(
            "s2026._domainkey.brightwater-supplies.example. udp",
            "_dmarc.brightwater-supplies.example. udp");
  }

  @Override
  public void close() throws IOException {
    withoutLooking.close();
    ours.close();
    libmilter.close();
    rspamd.close();
    openDkimAndDmarc.close();
    names.close();
  }
}
