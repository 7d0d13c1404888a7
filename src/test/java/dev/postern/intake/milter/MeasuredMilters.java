package dev.postern.intake.milter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import dev.postern.intake.smtp.RawSmtpClient;
import dev.postern.mail.HeaderField;
import dev.postern.mail.HeaderFields;
import dev.postern.mailsystem.NextHopServer;
import dev.postern.mailsystem.OpenDkimAndDmarc;
import dev.postern.mailsystem.PostfixServer;
import dev.postern.mailsystem.Programs;
import dev.postern.mailsystem.PythonMilter;
import dev.postern.mailsystem.RspamdServer;
import dev.postern.policy.Action;
import dev.postern.policy.Ruling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The milters that are measured beside each other: ours as it works, and as it answers without
 * looking; one that accepts everything; rspamd; OpenDKIM and OpenDMARC. All ask about the same
 * zone: ours in memory, the others a name server on loopback.
 */
final class MeasuredMilters implements AutoCloseable {
  static final String NONE = "no milter";
  static final String OURS = "this milter";
  static final String ACCEPTS_ALL = "accepts all, on libmilter";
  static final Samples.Sample SAMPLE = Samples.all().getFirst();

  /** Nobody else's on loopback; port 53 is what the resolver of most programs asks. */
  private static final String NAME_SERVER = "127.0.53.1";

  /** A process for each processor, our name server, and the field that the others write, too. */
  private static final Map<String, String> RSPAMD =
      Map.of(
          "override.d/options.inc",
          "dns { nameserver = [\"" + NAME_SERVER + ":53\"]; }\n",
          "override.d/worker-proxy.inc",
          "count = " + Runtime.getRuntime().availableProcessors() + ";\n",
          "local.d/milter_headers.conf",
          "use = [\"authentication-results\"];\n");

  private static final String HOST = "mx.corp.example";

  private static final int WARM_UP = 5_000;

  private final Path folder = openFolder();
  private final FakeNameServer names;
  private final PythonMilter libmilter = PythonMilter.start(false);
  private final PythonMilter libmilterOnFile = PythonMilter.startAt(folder.resolve("milter"));
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
    rspamd = RspamdServer.start(rspamdPort, 53, RSPAMD);
    openDkimAndDmarc = OpenDkimAndDmarc.start(at.getAddress(), keys(zone), HOST);
    warmUp(withoutLooking);
    warmUp(ours);
    all.put(NONE, "");
    all.put("this milter, answering without looking", "inet:127.0.0.1:" + withoutLooking.port());
    all.put(OURS, "inet:127.0.0.1:" + ours.port());
    all.put(ACCEPTS_ALL, libmilterOnFile.address());
    all.put("the same over TCP", libmilter.address());
    all.put("OpenDKIM, then OpenDMARC", openDkimAndDmarc.chained());
    all.put("rspamd", "inet:127.0.0.1:" + rspamdPort);
  }

  /** Each key of DKIM in the zone: its name, and its text in one piece. */
  private static List<String> keys(Map<?, ?> zone) {
    List<String> keys = new ArrayList<>();
    zone.forEach(
        (name, records) -> {
          if (name.toString().contains("._domainkey.")
              && records instanceof Map<?, ?> types
              && types.get("TXT") instanceof List<?> texts) {
            texts.forEach(text -> keys.add(name + " " + text));
          }
        });
    return keys;
  }

  /** As after minutes of work: code that runs often is compiled, here as in a service. */
  private static void warmUp(Milters milter) throws IOException {
    HeaderFields header = HeaderFields.of(SAMPLE.raw());
    byte[] octets = SAMPLE.raw().octets();
    byte[] body = Arrays.copyOfRange(octets, header.bodyOffset(), octets.length);
    try (AnMta mta = new AnMta(milter.port()).likePostfix()) {
      mta.connect(SAMPLE.clientIp()).send('H', SAMPLE.helo());
      for (int i = 0; i < WARM_UP; i++) {
        mta.transaction("4j" + i, SAMPLE.mailFrom(), SAMPLE.recipients().getFirst());
        for (HeaderField field : header.all()) {
          int from = field.valueOffset();
          int to = field.offset() + field.length() - 2;
          String value = new String(octets, from, to - from, ISO_8859_1).replace("\r\n", "\n");
          mta.field(field.name(), value);
        }
        assertThat(mta.send('N').send('B', body).end().getLast().command()).isEqualTo('c');
      }
    }
    milter.seen.clear();
  }

  private static Judgement examined(Examiner examiner, Message message) {
    Evidence evidence = examiner.examine(message.envelope(), message.raw(), message.receivedAt());
    Ruling ruling = new Ruling(new Action.Release(), "rule", "fine", "000000000000", List.of());
    return new Judgement.Pass(ruling, evidence);
  }

  /**
   * Each of those that look finds what there is to find, and at once: a resolver that waits for
   * answers in vain would be measured otherwise.
   */
  void assertThatTheyLook() throws Exception {
    for (String milter : List.of(OURS, "OpenDKIM, then OpenDMARC", "rspamd")) {
      try (PostfixServer postfix = PostfixServer.with().mainCf(line(milter)).start()) {
        for (int i = 0; i < 2; i++) { // the first finds empty caches
          send(postfix);
        }
        Duration took = send(postfix);
        String results = results(postfix.nextHop().await(3).getLast());
        assertThat(results).as(milter).contains("dkim=pass", "spf=pass", "dmarc=pass");
        assertThat(took).as(milter + " takes for a message").isLessThan(Duration.ofSeconds(2));
      }
    }
    ours.seen.clear();
  }

  /** What main.cf says of it. */
  private String line(String milter) {
    return "smtpd_milters = " + all.get(milter);
  }

  private static Path openFolder() {
    try {
      Path folder = Files.createTempDirectory("milters-");
      return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException noRoom) {
      throw new UncheckedIOException(noRoom);
    }
  }

  private static Duration send(PostfixServer postfix) throws IOException {
    long begun = System.nanoTime();
    try (RawSmtpClient client = postfix.clientAt(SAMPLE.clientIp(), SAMPLE.helo())) {
      client.begin(SAMPLE.mailFrom(), SAMPLE.recipients().getFirst());
      assertThat(client.data(SAMPLE.raw().octets())).startsWith("250");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static String results(NextHopServer.Taken taken) {
    return HeaderFields.of(taken.octets()).named("Authentication-Results").stream()
        .map(HeaderField::unfoldedValue)
        .collect(Collectors.joining("; "));
  }

  @Override
  public void close() throws IOException {
    withoutLooking.close();
    ours.close();
    libmilter.close();
    libmilterOnFile.close();
    rspamd.close();
    openDkimAndDmarc.close();
    names.close();
    Programs.delete(folder);
  }
}
