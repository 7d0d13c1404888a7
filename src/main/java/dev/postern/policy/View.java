package dev.postern.policy;

import static dev.postern.policy.Facts.flag;
import static dev.postern.policy.Facts.group;
import static dev.postern.policy.Facts.list;
import static dev.postern.policy.Facts.number;
import static dev.postern.policy.Facts.text;
import static dev.postern.policy.Facts.texts;
import static dev.postern.policy.Facts.word;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.postern.evidence.ArcFinding;
import dev.postern.evidence.ArcResult;
import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Origin;
import dev.postern.evidence.ReportedResult;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfFinding;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.signal.SignalKind;
import dev.postern.mail.EmailAddress;
import dev.postern.mail.Envelope;
import dev.postern.mail.MessageSummary;
import dev.postern.policy.Facts.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Everything that a rule can ask about: the one table behind checking, evaluation and docs. */
final class View {
  private static final Fact<SpfFinding> SPF_RESULT =
      word("result", SpfResult.values(), "RFC 7208 §2.6", SpfFinding::result, SpfResult::word);

  private static final Fact<SpfFinding> SPF_DOMAIN =
      text("domain", "the domain that was checked", SpfFinding::domain);

  private static final Facts<SpfFinding> SPF =
      new Facts<>(
          "Spf",
          List.of(
              SPF_RESULT,
              SPF_DOMAIN,
              flag("aligned", "whether it is aligned with the From domain", SpfFinding::aligned)));

  /** HELO is no identifier of DMARC, so there is nothing to be aligned (RFC 9989 §4.4.2). */
  private static final Facts<SpfFinding> HELO =
      new Facts<>("Helo", List.of(SPF_RESULT, SPF_DOMAIN));

  private static final Facts<DkimFinding> DKIM =
      new Facts<>(
          "Dkim",
          List.of(
              word(
                  "result",
                  DkimResult.values(),
                  "RFC 8601 §2.7.1",
                  DkimFinding::result,
                  DkimResult::word),
              text("domain", "d=, lower case", DkimFinding::domain),
              text("selector", "s=", DkimFinding::selector),
              flag("aligned", "whether d= is aligned with the From domain", DkimFinding::aligned),
              text("algorithm", "a=, for example rsa-sha256", DkimFinding::algorithm),
              number("key_bits", "size of the key; 0 when none was had", d -> (long) d.keyBits()),
              number(
                  "unsigned_octets",
                  "octets of the body that l= leaves unsigned",
                  DkimFinding::unsignedOctets),
              flag(
                  "length_tag",
                  "l= is given: text may be added without breaking the signature",
                  DkimFinding::lengthTag),
              flag("testing", "t=y: the domain is only testing the key", DkimFinding::testing)));

  private static final Facts<DmarcFinding> DMARC =
      new Facts<>(
          "Dmarc",
          List.of(
              word(
                  "result",
                  DmarcResult.values(),
                  "RFC 9989",
                  DmarcFinding::result,
                  DmarcResult::word),
              word(
                  "policy",
                  DmarcPolicy.values(),
                  "what the domain asks for in general",
                  DmarcFinding::policy,
                  DmarcPolicy::word),
              word(
                  "disposition",
                  DmarcPolicy.values(),
                  "what the domain asks for this very message; none on a pass",
                  DmarcFinding::disposition,
                  DmarcPolicy::word),
              text(
                  "from_domain",
                  "the From domain in A-label form; empty when From names none or several",
                  DmarcFinding::fromDomain)));

  private static final Facts<ArcFinding> ARC =
      new Facts<>(
          "Arc",
          List.of(
              word(
                  "result",
                  ArcResult.values(),
                  "RFC 8617 §4.4",
                  ArcFinding::result,
                  ArcResult::word),
              texts("sealers", "d= of each seal, first hop first", ArcFinding::sealers),
              flag(
                  "trusted",
                  "whether it passes and each sealer is in evidence.trusted-sealers",
                  ArcFinding::trusted)));

  private static final Facts<ReportedResult> REPORTED =
      new Facts<>(
          "Reported",
          List.of(
              text(
                  "authserv_id",
                  "who says so, as evidence.authserv-ids names it",
                  ReportedResult::authservId),
              text("method", "for example dmarc, lower case", ReportedResult::method),
              text("result", "for example pass, lower case", ReportedResult::result)));

  private static final Facts<Envelope> ENVELOPE =
      new Facts<>(
          "Envelope",
          List.of(
              text("mail_from", "MAIL FROM; empty for a bounce", Envelope::senderText),
              texts("recipients", "RCPT TO, in order", e -> words(e.recipients())),
              text("client_ip", "address of the SMTP client", e -> e.clientIp().getHostAddress()),
              text("helo", "the name it gave; never trusted", Envelope::helo)));

  private static final Facts<MessageSummary.Attachment> ATTACHMENT =
      new Facts<>(
          "Attachment",
          List.of(
              text("name", "file name as claimed", MessageSummary.Attachment::name),
              text("type", "media type as claimed", MessageSummary.Attachment::type),
              number("size", "octets after decoding", MessageSummary.Attachment::size)));

  private static final Facts<MessageSummary> MESSAGE =
      new Facts<>(
          "Message",
          List.of(
              text("from", "address of the first From mailbox", MessageSummary::from),
              text("from_name", "display name of that mailbox", MessageSummary::fromName),
              text("reply_to", "address of the first Reply-To mailbox", MessageSummary::replyTo),
              text("subject", "decoded", MessageSummary::subject),
              number("size", "octets of the raw message", MessageSummary::size),
              list("attachments", ATTACHMENT, "attached files", MessageSummary::attachments),
              texts("link_hosts", "hosts that links point to", MessageSummary::linkHosts)));

  /** What stands before the first dot. */
  static final Facts<Situation> ROOT =
      new Facts<>(
          "Situation",
          List.of(
              group("spf", SPF, "SPF of MAIL FROM", s -> s.evidence().spf()),
              group("helo", HELO, "SPF of the HELO name", s -> s.evidence().helo()),
              list("dkim", DKIM, "one per signature, in message order", s -> s.evidence().dkim()),
              group("dmarc", DMARC, "DMARC of the From domain", s -> s.evidence().dmarc()),
              group("arc", ARC, "the ARC chain", s -> s.evidence().arc()),
              list(
                  "reported",
                  REPORTED,
                  "what your gateways say they found; not checked here",
                  s -> s.evidence().reported()),
              group("envelope", ENVELOPE, "what the SMTP client said", Situation::envelope),
              group("message", MESSAGE, "what the message says of itself", Situation::message),
              text("source", "the connector that took it, for example smtp", Situation::source),
              Facts.words(
                  "signals",
                  Arrays.stream(SignalKind.values()).map(SignalKind::word).toList(),
                  "names of the signals that were raised (docs/evidence.md)",
                  s -> s.evidence().signals().stream().map(Signal::name).toList()),
              group("now", Surroundings.NOW, "when the message came", s -> s.context().at()),
              group(
                  "gateway",
                  Surroundings.GATEWAY,
                  "what rspamd or another gateway says by its own rules",
                  s -> s.context().gateway().orElse(Surroundings.NO_REPORT)),
              group(
                  "sender",
                  Surroundings.SENDER,
                  "earlier mail of the same sender, of the days that are remembered",
                  Situation::context),
              group(
                  "grant",
                  Surroundings.GRANT,
                  "the exception that is in force for it",
                  s -> s.context().grants()),
              flag(
                  "computed",
                  "whether Postern evaluated the message itself; false when a gateway told of it",
                  s -> s.evidence().origin() instanceof Origin.Computed),
              flag(
                  "uncertain",
                  "whether DNS did not answer something that may change a result",
                  s -> s.evidence().uncertain())));

  /** All types that a fact can consist of. */
  static final List<Facts<?>> TYPES =
      Stream.concat(
              Stream.of(SPF, HELO, DKIM, DMARC, ARC, REPORTED, ENVELOPE, ATTACHMENT, MESSAGE),
              Surroundings.TYPES.stream())
          .toList();

  private View() {}

  /** The type of that name, if facts consist of it. */
  static Optional<Facts<?>> type(String name) {
    return TYPES.stream().filter(t -> t.name().equals(name)).<Facts<?>>map(t -> t).findFirst();
  }

  /** Whether values of this type are groups of facts, or lists of them. */
  static boolean consistsOfFacts(CelType type) {
    return type instanceof ListType list
        ? consistsOfFacts(list.elemType())
        : type(type.name()).isPresent();
  }

  /** One line of Markdown per fact, for the documentation. */
  static String table() {
    List<String> lines = new ArrayList<>();
    lines.add("| fact | type | meaning |");
    lines.add("| --- | --- | --- |");
    describe("", ROOT, lines);
    return String.join("\n", lines) + "\n";
  }

  private static void describe(String prefix, Facts<?> facts, List<String> lines) {
    for (Facts.Fact<?> fact : facts.all()) {
      lines.add(row(prefix, fact));
      String name = prefix + fact.name() + (fact.type().kind() == CelKind.LIST ? "[i]." : ".");
      fact.parts().ifPresent(parts -> describe(name, parts, lines));
    }
  }

  private static String row(String prefix, Facts.Fact<?> fact) {
    String type =
        switch (fact.type().kind()) {
          case LIST -> "list";
          case STRUCT -> "group";
          case INT, DOUBLE -> "number";
          case BOOL -> "true or false";
          default -> "text";
        };
    boolean few = !fact.words().isEmpty() && fact.type().kind() != CelKind.LIST;
    String values = few ? String.join(", ", fact.words()) : type;
    return "| `" + prefix + fact.name() + "` | " + values + " | " + fact.meaning() + " |";
  }

  private static List<String> words(List<EmailAddress> addresses) {
    return addresses.stream().map(EmailAddress::toString).toList();
  }
}
