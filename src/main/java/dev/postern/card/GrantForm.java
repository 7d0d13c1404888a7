package dev.postern.card;

import static dev.postern.card.Cleaner.Kind.ADDRESS;
import static dev.postern.card.Cleaner.Kind.HOST;

import dev.postern.approval.CaseFile;
import dev.postern.approval.Petitions;
import dev.postern.approval.Wish;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantLaw;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Party;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The form by which a grant for the sender of a message is asked for: the same on every surface.
 */
public final class GrantForm {
  /** Said where a message has no sender that could be named. */
  public static final Notice NOTHING =
      new Notice(
          "No sender to name",
          "The message names no From address, or several. Your click changed nothing.");

  private static final String KIND = "kind";

  /** The name of the field for the reason. */
  public static final String REASON = "Why? Those who decide read it";

  /** The name of the choice. */
  public static final String WHOM = "Whose mail";

  private GrantForm() {}

  /**
   * One thing to choose.
   *
   * @param value what the form sends back
   * @param words own words before the name
   * @param name an address or a domain
   */
  public record Option(String value, String words, Foreign name) {}

  /** {@code Allow this sender}, {@code Block this sender}. */
  public static String title(Kind kind) {
    return kind == Kind.ALLOW ? "Allow this sender" : "Block this sender";
  }

  /**
   * What follows, in own words.
   *
   * @param law how long and how many, as the policy has it
   */
  public static String consequence(Kind kind, CaseFile it, GrantLaw law) {
    String terms =
        " for %s, %s at most, "
            .formatted(Stakes.lasting(law.usual(kind)), Wording.count(law.usualMost(), "message"));
    String then =
        kind == Kind.ALLOW
            ? "Once it is approved, such mail "
                + whom(it)
                + " is let through"
                + terms
                + "while DMARC passes for it."
                + " Rules that overrule grants, as for programs, ask all the same."
            : "Once it is approved, such mail is deleted"
                + terms
                + "proved or not. Held mail is not touched.";
    return then + " Everyone who may approve sees the grant and can end it early.";
  }

  private static String whom(CaseFile it) {
    return to(it)
        .map(
            party ->
                party.address()
                    ? "to the recipient of this message"
                    : "to the domain of its recipients")
        .orElse("to everybody");
  }

  /** As narrow as it can be said of the recipients of a message. */
  private static Optional<Party> to(CaseFile it) {
    List<EmailAddress> all = it.envelope().recipients();
    if (all.size() == 1) {
      return Optional.of(Party.of(all.getFirst()));
    }
    boolean one = all.stream().map(EmailAddress::domain).distinct().count() == 1;
    return one ? Optional.of(Party.of(all.getFirst().domain())) : Optional.empty();
  }

  /** Whose mail it may be about; empty where the message has no such sender. */
  public static List<Option> options(CaseFile it) {
    if (it.evidence().filter(e -> !e.dmarc().fromDomain().isEmpty()).isEmpty()) {
      return List.of();
    }
    return Stream.concat(
            GrantTerms.named(it.message()).stream().map(GrantForm::option),
            GrantTerms.named(it.message()).stream()
                .filter(party -> !party.address())
                .map(domain -> new Option(KIND, "Only mail like this one, from ", name(domain))))
        .toList();
  }

  private static Option option(Party party) {
    return party.address()
        ? new Option("address", "The address ", name(party))
        : new Option("domain", "All of ", name(party));
  }

  private static Foreign name(Party party) {
    return Cleaner.clean(party.text(), party.address() ? ADDRESS : HOST);
  }

  /** What a form says; empty where its value is none of an option. */
  public static Optional<Wish> wish(Kind kind, String value, String reason, CaseFile it) {
    Optional<Party> to = kind == Kind.ALLOW ? to(it) : Optional.empty();
    boolean ofKind = value.equals(KIND);
    return GrantTerms.named(it.message()).stream()
        .filter(
            party ->
                ofKind ? !party.address() : value.equals(party.address() ? "address" : "domain"))
        .findFirst()
        .filter(_ -> !options(it).isEmpty())
        .map(
            party ->
                new Wish(
                    kind,
                    ofKind ? "" : party.text(),
                    to.map(Party::text).orElse(""),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    reason,
                    Optional.of(it.id()),
                    ofKind));
  }

  /** What a request came to. */
  public static Notice told(Petitions.Answer answer) {
    return switch (answer) {
      case Petitions.Asked asked when asked.before() ->
          new Notice(
              "Asked for before",
              "Grant "
                  + asked.grant().id()
                  + " says just that: it is "
                  + asked.grant().state().word()
                  + ". See case "
                  + asked.grant().caseId()
                  + ".");
      case Petitions.Asked asked ->
          new Notice(
              "Asked for",
              "Nothing changes before others approve grant "
                  + asked.grant().id()
                  + ". Case "
                  + asked.grant().caseId()
                  + " shows what they say.");
      case Petitions.Refused refused -> new Notice("Not asked for", refused.words());
    };
  }
}
