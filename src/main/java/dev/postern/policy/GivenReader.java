package dev.postern.policy;

import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.policy.TestCase.Given;
import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads the message of a test: facts that are stated, or a file that is examined. */
final class GivenReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "evidence",
          "message",
          "zone",
          "ip",
          "helo",
          "from",
          "recipients",
          "at",
          "expect");
  private static final List<String> OF_SMTP = List.of("zone", "ip", "helo", "from", "recipients");
  private static final List<String> BESIDES = List.of("sender.", "gateway.", "source");
  private static final OffsetDateTime SOME_THURSDAY = OffsetDateTime.parse("2026-01-15T10:00:00Z");

  private final Section section;
  private final Faults faults;

  GivenReader(Section section, Faults faults) {
    this.section = section;
    this.faults = faults;
  }

  Optional<Given> read() {
    OffsetDateTime at =
        section
            .scalar("at")
            .flatMap(
                it ->
                    Scalars.parsed(
                        section,
                        it,
                        OffsetDateTime::parse,
                        "a time such as 2026-11-26T09:30:00+01:00"))
            .orElse(SOME_THURSDAY);
    Optional<Node> evidence = section.get("evidence");
    StatedFacts facts =
        evidence
            .map(it -> StatedFacts.read(it, View.ROOT, faults))
            .orElse(StatedFacts.none(faults));
    SituationReader situation = new SituationReader(facts, at);
    Optional<ScalarNode> message = section.scalar("message");
    if (message.isPresent()) {
      facts.only(BESIDES, "it is found in the message; beside one stand sender, gateway, source");
      return mail(message.get().getValue(), situation);
    }
    if (evidence.isEmpty()) {
      fault(
          section.node(), "the case has no message: give evidence, or message with ip, helo, from");
      return Optional.empty();
    }
    facts.only(
        View.ROOT.names().stream().filter(it -> !it.equals("now")).toList(),
        "the time of arrival is said by \"at: 2026-11-26T09:30:00+01:00\"");
    for (String key : OF_SMTP) {
      section
          .get(key)
          .ifPresent(
              it ->
                  fault(it, key + " belongs to a message; in evidence it is a fact (envelope.…)"));
    }
    return Optional.of(new Given.Stated(situation.read()));
  }

  private Optional<Given> mail(String file, SituationReader besides) {
    Optional<InetAddress> ip = required("ip").flatMap(this::client);
    Optional<ScalarNode> helo = required("helo");
    Optional<ScalarNode> from = required("from");
    List<EmailAddress> recipients = new ArrayList<>();
    for (String word : section.words("recipients")) {
      address(section.get("recipients").orElseThrow(), word).ifPresent(recipients::add);
    }
    if (section.get("recipients").isEmpty()) {
      fault(section.node(), "the case has no recipients: [lee@here.example]");
    }
    Optional<EmailAddress> mailFrom =
        from.filter(it -> !bounce(it.getValue())).flatMap(it -> address(it, it.getValue()));
    if (ip.isEmpty() || helo.isEmpty() || recipients.isEmpty()) {
      return Optional.empty();
    }
    Envelope envelope = new Envelope(mailFrom, recipients, ip.get(), helo.get().getValue());
    Optional<String> zone = section.scalar("zone").map(ScalarNode::getValue);
    return Optional.of(new Given.Mail(file, zone, envelope, besides.source(), besides.context()));
  }

  private Optional<ScalarNode> required(String key) {
    return section.required(key, "a case with a message");
  }

  private static boolean bounce(String sender) {
    return sender.isEmpty() || sender.equals("<>");
  }

  private Optional<EmailAddress> address(Node node, String text) {
    Optional<EmailAddress> address = EmailAddress.parse(text);
    if (address.isEmpty()) {
      fault(node, "\"" + text + "\" is no mail address such as kim@firm.example");
    }
    return address;
  }

  private Optional<InetAddress> client(ScalarNode node) {
    try {
      return Optional.of(InetAddress.ofLiteral(node.getValue()));
    } catch (IllegalArgumentException notLiteral) {
      fault(node, "\"" + node.getValue() + "\" is no address such as 192.0.2.1 or 2001:db8::1");
      return Optional.empty();
    }
  }

  private void fault(Node node, String what) {
    faults.add(node.getStartMark(), what, Optional.empty());
  }
}
