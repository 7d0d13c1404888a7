package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.HOST;
import static dev.postern.card.Cleaner.Kind.NAME;

import dev.postern.card.CardView.Level;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Signal;
import dev.postern.evidence.signal.SignalKind;
import java.util.List;
import java.util.Optional;

/** The contradictions that signals show, in words for a card. */
final class SignalRisk {
  private final List<Signal> signals;
  private final String from;

  SignalRisk(Evidence evidence) {
    this.signals = evidence.signals();
    this.from = evidence.dmarc().fromDomain();
  }

  /** A domain that poses as another. */
  Optional<Risk> lookalike() {
    return firstOf(
        List.of(
            find(SignalKind.FROM_MIXED_SCRIPTS)
                .map(s -> readsAsAnother(s, "it mixes letters of several scripts")),
            find(SignalKind.FROM_READS_AS_LATIN)
                .map(s -> readsAsAnother(s, "it has letters that only look like a to z")),
            find(SignalKind.FROM_LOOKALIKE).map(s -> resembles(s, "From")),
            find(SignalKind.REPLY_TO_LOOKALIKE).map(s -> resembles(s, "Reply-To"))));
  }

  private static Risk readsAsAnother(Signal signal, String why) {
    String d = value(signal, "domain");
    return new Risk(
        Level.HIGH,
        Line.of().say("looks like another domain: ").quote(d, HOST).runs(),
        Line.of()
            .say("The From domain ")
            .quote(d, HOST)
            .say(" reads as another domain: " + why + ".")
            .runs());
  }

  private static Risk resembles(Signal signal, String field) {
    String d = value(signal, "domain");
    String known = value(signal, "resembles");
    return new Risk(
        Level.HIGH,
        Line.of().quote(d, HOST).say(" looks like ").quote(known, HOST).runs(),
        Line.of()
            .say("The " + field + " domain ")
            .quote(d, HOST)
            .say(" looks like ")
            .quote(known, HOST)
            .say(" and is another.")
            .runs());
  }

  /** A name of somebody else. */
  Optional<Risk> borrowedName() {
    return firstOf(
        List.of(
            find(SignalKind.NAME_SHOWS_ADDRESS)
                .map(
                    s ->
                        new Risk(
                            Level.HIGH,
                            notTheSender(),
                            Line.of()
                                .say("The name shown is an address of ")
                                .quote(value(s, "domain"), HOST)
                                .say("; the real sender is ")
                                .quote(from, HOST)
                                .say(".")
                                .runs())),
            find(SignalKind.NAME_OF_COLLEAGUE)
                .map(
                    s ->
                        new Risk(
                            Level.HIGH,
                            Line.of()
                                .say("a colleague's name, sent from ")
                                .quote(from, HOST)
                                .runs(),
                            Line.of()
                                .say("The name shown is that of your colleague ")
                                .quote(value(s, "colleague"), NAME)
                                .say("; it comes from ")
                                .quote(from, HOST)
                                .say(".")
                                .runs()))));
  }

  /** A file that runs, and says that it is something else. */
  Optional<Risk> disguisedFile() {
    return firstOf(
        List.of(
            find(SignalKind.PROGRAM_NAMED_AS_DOCUMENT)
                .map(
                    _ ->
                        plain(
                            Level.HIGH,
                            "a program named like a document",
                            "An attachment is a program that is named like a document.")),
            find(SignalKind.FILE_NAME_REORDERED)
                .map(
                    _ ->
                        plain(
                            Level.HIGH,
                            "a file name that is not read as written",
                            "The name of an attachment holds characters that hide its ending.")),
            find(SignalKind.PROGRAM_ATTACHED)
                .filter(s -> value(s, "by").equals("content"))
                .map(
                    _ ->
                        plain(
                            Level.HIGH,
                            "a program under another name",
                            "An attachment is a program by its content, but not by its name."))));
  }

  /** Another place than the sender's. */
  Optional<Risk> elsewhere() {
    return firstOf(
        List.of(
            find(SignalKind.FORGED_AUTHENTICATION_RESULTS).map(_ -> forgedResults()),
            find(SignalKind.REPLY_TO_ELSEWHERE).map(this::repliesElsewhere),
            find(SignalKind.NAME_SHOWS_DOMAIN)
                .map(
                    s ->
                        new Risk(
                            Level.MEDIUM,
                            notTheSender(),
                            Line.of()
                                .say("The name shown speaks of ")
                                .quote(value(s, "domain"), HOST)
                                .say("; the real sender is ")
                                .quote(from, HOST)
                                .say(".")
                                .runs())),
            find(SignalKind.LINK_LOOKALIKE)
                .map(s -> link(value(s, "resembles"), value(s, "domain"), "A link looks like ")),
            find(SignalKind.LINK_TEXT_ELSEWHERE)
                .map(s -> link(value(s, "shown"), value(s, "target"), "A link shows "))));
  }

  private static Risk forgedResults() {
    return plain(
        Level.MEDIUM,
        "it brings results in your gateway's name",
        "Results in the name of your gateway came in with it; your gateway did not write them.");
  }

  private Risk repliesElsewhere(Signal signal) {
    String address = value(signal, "reply-to");
    String domain = address.substring(address.lastIndexOf('@') + 1);
    return new Risk(
        Level.MEDIUM,
        Line.of().say("replies go to ").quote(domain, HOST).runs(),
        Line.of()
            .say("It comes from ")
            .quote(from, HOST)
            .say(", but replies go to ")
            .quote(domain, HOST)
            .say(".")
            .runs());
  }

  private static Risk link(String shown, String target, String what) {
    return new Risk(
        Level.MEDIUM,
        Line.of().say("a link leads to ").quote(target, HOST).runs(),
        Line.of()
            .say(what)
            .quote(shown, HOST)
            .say(" and leads to ")
            .quote(target, HOST)
            .say(".")
            .runs());
  }

  /** A file to be careful with. */
  Optional<Risk> oddFile() {
    return firstOf(
        List.of(
            find(SignalKind.PROGRAM_ATTACHED)
                .map(
                    _ ->
                        plain(
                            Level.MEDIUM, "a program is attached", "An attachment is a program.")),
            find(SignalKind.FILE_NOT_AS_DECLARED)
                .map(
                    s ->
                        plain(
                            Level.MEDIUM,
                            "an attachment is not what it says",
                            "The content of an attachment is not what its name or type says."))));
  }

  private List<Run> notTheSender() {
    return Line.of().say("the name shown is not the sender ").quote(from, HOST).runs();
  }

  private Optional<Signal> find(SignalKind kind) {
    return signals.stream().filter(s -> s.name().equals(kind.word())).findFirst();
  }

  private static String value(Signal signal, String name) {
    return signal.values().getOrDefault(name, "");
  }

  private static Optional<Risk> firstOf(List<Optional<Risk>> risks) {
    return risks.stream().flatMap(Optional::stream).findFirst();
  }

  private static Risk plain(Level level, String heading, String reason) {
    return new Risk(level, Line.own(heading), Line.own(reason));
  }
}
