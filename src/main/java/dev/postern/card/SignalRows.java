package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.FILENAME;
import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.ID;
import static dev.postern.card.Cleaner.Kind.NAME;
import static dev.postern.card.Cleaner.Kind.READS;
import static dev.postern.card.Cleaner.Kind.TXT;

import dev.postern.card.CardView.Row;
import dev.postern.evidence.Signal;
import dev.postern.evidence.signal.SignalKind;

/** Every signal as one line of "More evidence". */
final class SignalRows {
  private final Signal signal;

  private SignalRows(Signal signal) {
    this.signal = signal;
  }

  /** The line of a signal; of one that a later version wrote, its name. */
  static Row of(Signal signal) {
    SignalRows row = new SignalRows(signal);
    return SignalKind.of(signal.name())
        .map(row::row)
        .orElseGet(() -> new Row("Signal", Line.quoted(signal.name(), ID)));
  }

  private Row row(SignalKind kind) {
    return switch (kind) {
      case NAME_SHOWS_ADDRESS, NAME_SHOWS_DOMAIN ->
          row("Name shown", Line.of().say("names ").quote(value("domain"), HOST));
      case NAME_OF_COLLEAGUE ->
          row("Name shown", Line.of().say("is that of ").quote(value("colleague"), NAME));
      case REPLY_TO_ELSEWHERE ->
          row("Replies", Line.of().say("go elsewhere, to ").quote(value("reply-to"), ADDRESS));
      case MAIL_FROM_ELSEWHERE ->
          row("Bounces", Line.of().say("go elsewhere, to ").quote(value("mail-from"), ADDRESS));
      case FROM_LOOKALIKE, FROM_MIXED_SCRIPTS, FROM_READS_AS_LATIN, FROM_PUNYCODE ->
          row("From domain", looks(kind));
      case REPLY_TO_LOOKALIKE, REPLY_TO_MIXED_SCRIPTS, REPLY_TO_READS_AS_LATIN, REPLY_TO_PUNYCODE ->
          row("Reply-To domain", looks(kind));
      case LINK_LOOKALIKE, LINK_MIXED_SCRIPTS, LINK_READS_AS_LATIN, LINK_PUNYCODE ->
          row("Link", looks(kind));
      case LINK_TEXT_ELSEWHERE ->
          row(
              "Link",
              Line.of()
                  .say("shows ")
                  .quote(value("shown"), HOST)
                  .say(", leads to ")
                  .quote(value("target"), HOST));
      case PROGRAM_ATTACHED, PROGRAM_NAMED_AS_DOCUMENT, FILE_NOT_AS_DECLARED, FILE_NAME_REORDERED ->
          row("File", file(kind));
      case FIRST_CONTACT ->
          row("Sender", Line.of().say("no earlier case from ").quote(value("domain"), HOST));
      case NO_REVERSE_DNS, REVERSE_DNS_UNCONFIRMED, HELO_ELSEWHERE ->
          row("Sending server", server(kind));
      case RECEIVED_WITH_TLS -> row("Received", Line.of().say("over TLS"));
      case RECEIVED_WITHOUT_TLS -> row("Received", Line.of().say("without TLS"));
      case FORGED_AUTHENTICATION_RESULTS -> row("Results", forged());
    };
  }

  private Line forged() {
    Line results = Line.of().say("in the name of your gateway ").quote(value("authserv-id"), HOST);
    results.say(", but not written by it");
    return value("claims").isEmpty() ? results : results.say(": ").quote(value("claims"), TXT);
  }

  private Line looks(SignalKind kind) {
    Line domain = Line.of().quote(value("domain"), HOST);
    return switch (kind) {
      case FROM_LOOKALIKE, REPLY_TO_LOOKALIKE, LINK_LOOKALIKE ->
          domain.say(" looks like ").quote(value("resembles"), HOST);
      case FROM_MIXED_SCRIPTS, REPLY_TO_MIXED_SCRIPTS, LINK_MIXED_SCRIPTS ->
          domain.say(" mixes letters of several scripts");
      case FROM_READS_AS_LATIN, REPLY_TO_READS_AS_LATIN, LINK_READS_AS_LATIN ->
          domain.say(" has letters that only look like a to z");
      default ->
          value("reads-as").isEmpty()
              ? domain.say(" is no valid domain name")
              : domain.say(" reads as ").quote(value("reads-as"), READS);
    };
  }

  private Line file(SignalKind kind) {
    Line file = Line.of().quote(value("file"), FILENAME);
    return switch (kind) {
      case PROGRAM_NAMED_AS_DOCUMENT -> file.say(" is a program named like a document");
      case FILE_NAME_REORDERED -> file.say(" is not read as it is written");
      case FILE_NOT_AS_DECLARED -> file.say(" holds something else: ").quote(value("content"), ID);
      default -> file.say(" runs when it is opened");
    };
  }

  private Line server(SignalKind kind) {
    Line client = Line.of().quote(value("client-ip"), HOST);
    return switch (kind) {
      case NO_REVERSE_DNS -> client.say(" has no name");
      case REVERSE_DNS_UNCONFIRMED -> client.say(" has a name that does not lead back to it");
      default -> client.say(" is not the host that it calls itself, ").quote(value("helo"), HOST);
    };
  }

  private String value(String name) {
    return signal.values().getOrDefault(name, "");
  }

  private static Row row(String label, Line value) {
    return new Row(label, value.runs());
  }
}
