package dev.postern.evidence.signal;

import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Home;
import dev.postern.evidence.Signal;
import dev.postern.mail.Contents;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.HeaderFields;
import dev.postern.mail.Mailbox;
import dev.postern.mail.RawMessage;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A letter to the firm for tests; without further words one of {@code supplier.example} that raises
 * nothing. The firm is {@code northwind.example}, and knows {@code brightwater.example}.
 */
final class ALetter {
  private String from = "Marta <marta@supplier.example>";
  private String replyTo = "";
  private String received = "";
  private String mailFrom = "bounce@supplier.example";
  private String organizationalDomain = "supplier.example";
  private final List<Contents.File> files = new ArrayList<>();
  private final List<Contents.Link> links = new ArrayList<>();
  private final List<String> linkHosts = new ArrayList<>();
  private Home home =
      home(
          List.of("northwind.example", "northwind.co.uk"),
          List.of("brightwater.example"),
          List.of("Anna Kovács", "Bo Lind", "Madonna"));
  private Route route = Route.unknown();
  private boolean stranger;

  static ALetter of(String from) {
    ALetter letter = new ALetter();
    letter.from = from;
    Optional<DomainName> domain =
        letter.read().from().stream().flatMap(it -> Organization.domain(it).stream()).findFirst();
    letter.organizationalDomain = domain.map(DomainName::ascii).orElse("");
    letter.mailFrom = domain.map(it -> "bounce@" + it).orElse("");
    return letter;
  }

  static ALetter plain() {
    return new ALetter();
  }

  static Home home(List<String> own, List<String> frequent, List<String> colleagues) {
    return new Home(
        Set.of("mx.northwind.example"), Set.of(), domains(own), domains(frequent), colleagues);
  }

  private static Set<DomainName> domains(List<String> names) {
    return names.stream()
        .map(it -> DomainName.parse(it).orElseThrow())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  ALetter home(Home other) {
    home = other;
    return this;
  }

  ALetter replyTo(String field) {
    replyTo = field;
    return this;
  }

  ALetter mailFrom(String address) {
    mailFrom = address;
    return this;
  }

  ALetter organization(String domain) {
    organizationalDomain = domain;
    return this;
  }

  ALetter received(String field) {
    received = field;
    return this;
  }

  ALetter file(String name, String type, String start) {
    files.add(new Contents.File(name, type, start));
    return this;
  }

  ALetter link(String text, String target) {
    links.add(new Contents.Link(text, target));
    return this;
  }

  ALetter linkHost(String host) {
    linkHosts.add(host);
    return this;
  }

  ALetter route(Route found) {
    route = found;
    return this;
  }

  ALetter ofAStranger() {
    stranger = true;
    return this;
  }

  /** All that is raised. */
  List<Signal> signals() {
    DmarcFinding dmarc =
        new DmarcFinding(
            DmarcResult.PASS,
            organizationalDomain,
            organizationalDomain,
            organizationalDomain,
            DmarcPolicy.REJECT,
            DmarcPolicy.NONE,
            false,
            "v=DMARC1; p=reject",
            "");
    return new Signals(home, Acquaintance.withEverybody()).of(read(), dmarc, route, stranger);
  }

  /** Names and values of what is raised, for example {@code reply-to-elsewhere {from=…}}. */
  Stream<String> raised() {
    return signals().stream().map(it -> it.name() + " " + it.values());
  }

  List<String> names() {
    return signals().stream().map(Signal::name).toList();
  }

  private Letter read() {
    String header =
        "Received: " + received + "\r\nFrom: " + from + "\r\nReply-To: " + replyTo + "\r\n\r\n";
    HeaderFields fields = HeaderFields.of(RawMessage.of(header.getBytes(StandardCharsets.UTF_8)));
    return new Letter(
        new Envelope(
            EmailAddress.parse(mailFrom),
            List.of(EmailAddress.parse("anna@northwind.example").orElseThrow()),
            InetAddress.ofLiteral("192.0.2.7"),
            "mx.supplier.example"),
        Mailbox.of(fields, "From"),
        Mailbox.of(fields, "Reply-To"),
        fields.first("Received"),
        new Contents(files, links, linkHosts));
  }
}
