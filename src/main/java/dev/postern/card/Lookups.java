package dev.postern.card;

import dev.postern.approval.Brake;
import dev.postern.approval.CaseBook;
import dev.postern.approval.CaseId;
import dev.postern.approval.Directory;
import dev.postern.approval.Mention;
import dev.postern.approval.Person;
import dev.postern.card.CardView.Group;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import dev.postern.mail.EmailAddress;
import dev.postern.policy.GrantId;
import dev.postern.policy.NearestWord;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people look up by typing, in whatever chat. Takes as long as the store and DNS take. */
public final class Lookups {
  private static final List<String> COMMANDS =
      List.of("help", "check", "mine", "open", "freeze", "unfreeze", "grants", "suggestions");

  /** Longer than any address; of a longer Message-ID nobody types more. */
  private static final int LONGEST = 400;

  /** How clients write an address that they recognise, where they are let. */
  private static final Pattern LINKED =
      Pattern.compile("<(?:mailto:|https?://)([^|<>\\s]{1,400}?)/?(?:\\|[^<>]{0,400})?>");

  private final LookupWriter writer;
  private final Function<DomainName, Posture> posture;
  private final Brake brake;
  private final GrantLists grants;
  private final SetLists sets;
  private final EarnedRules earned;
  private final InstantSource clock;

  /** Takes its parts. */
  public Lookups(CaseBook cases, Directory directory, LookupParts parts, InstantSource clock) {
    this.writer = new LookupWriter(cases, parts.reading(), directory);
    this.posture = parts.posture();
    this.brake = parts.brake();
    this.grants = new GrantLists(parts.petitions());
    this.sets = new SetLists(cases, parts.reading(), parts.apart());
    this.earned = parts.earned();
    this.clock = clock;
  }

  /**
   * Answers what somebody typed.
   *
   * @param prompt how commands are typed there
   */
  public CardView answer(String text, Person asker, Prompt prompt) {
    String typed = bare(text);
    String[] words = typed.split("\\s+", 2);
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "help" -> LookupWriter.help(prompt);
      case "open" -> writer.open(asker);
      case "mine" -> writer.mine(asker);
      case "check" -> check(words.length > 1 ? bare(words[1]) : "", prompt);
      case "freeze" -> {
        Brake.Answer answer = brake.freeze(asker, words.length > 1 ? words[1] : "");
        yield FreezeWriter.frozen(answer, brake.standing(), prompt);
      }
      case "grants" -> grants(words.length > 1 ? words[1] : "", asker, prompt);
      case "suggestions" -> SuggestionWriter.of(asker, () -> earned.now(clock.instant()));
      case "unfreeze" -> FreezeWriter.unfrozen(brake.unfreeze(asker), brake.standing());
      default -> subject(typed, asker, prompt);
    };
  }

  /**
   * Cases alone, from the store alone: for a search that asks again with each letter typed.
   *
   * @param prompt how commands are typed there
   */
  public CardView cases(String text, Person asker, Prompt prompt) {
    String typed = bare(text);
    if (typed.isEmpty()) {
      return writer.mine(asker);
    }
    return domain(typed)
        .filter(_ -> !typed.contains("@") && CaseId.parse(typed).isEmpty())
        .map(domain -> writer.about(typed, Mention.of(domain), asker))
        .orElseGet(() -> subject(typed, asker, prompt));
  }

  /** Does what a button of an earlier answer is for; what that changes is done once. */
  public CardView look(Look at, Person asker) {
    return switch (at) {
      case Look.OfCases cases -> writer.look(cases, asker);
      case Look.Grants(GrantId after) -> grants.after(after, asker);
      case Look.EndGrant(GrantId id) -> grants.end(id, asker);
      case Look.Members members -> sets.page(members, asker);
      case Look.Apart(CaseId member) -> sets.takeOut(member, asker);
    };
  }

  private CardView grants(String typed, Person asker, Prompt prompt) {
    if (typed.isBlank()) {
      return grants.open(asker);
    }
    String[] words = typed.split("\\s+", 2);
    boolean ends = words.length == 2 && words[0].toLowerCase(Locale.ROOT).equals("revoke");
    return Optional.of(words)
        .filter(_ -> ends)
        .flatMap(it -> GrantId.parse(it[1]))
        .map(id -> grants.end(id, asker))
        .orElseGet(
            () ->
                LookupWriter.notUnderstood(
                    "grants " + typed, Optional.of("grants revoke PG-7F3K-2QXD"), prompt));
  }

  private CardView subject(String typed, Person asker, Prompt prompt) {
    if (CaseId.parse(typed).isPresent()) {
      return writer.find(typed, asker);
    }
    boolean oneWord = !typed.isEmpty() && typed.length() <= LONGEST && !typed.contains(" ");
    if (oneWord && typed.contains("@")) {
      boolean address = !typed.startsWith("<");
      Optional<Mention> mailbox =
          Optional.of(typed).filter(_ -> address).flatMap(EmailAddress::parse).map(Mention::of);
      return writer.about(typed, mailbox.orElseGet(() -> Mention.ofId(typed)), asker);
    }
    if (oneWord && typed.startsWith("<")) {
      return writer.about(typed, Mention.ofId(typed), asker);
    }
    return domain(typed)
        .map(domain -> checked(domain, writer.ofDomain(domain, asker)))
        .orElseGet(
            () -> LookupWriter.notUnderstood(typed, NearestWord.to(typed, COMMANDS), prompt));
  }

  private CardView check(String typed, Prompt prompt) {
    return domain(typed)
        .map(domain -> checked(domain, List.of()))
        .orElseGet(
            () -> LookupWriter.notUnderstood(typed, Optional.of("check example.com"), prompt));
  }

  private CardView checked(DomainName domain, List<Group> below) {
    return PostureWriter.of(posture.apply(domain), clock.instant(), below);
  }

  private static Optional<DomainName> domain(String typed) {
    return DomainName.parse(typed).filter(it -> it.labels().size() > 1);
  }

  private static String bare(String text) {
    String typed = text.strip();
    Matcher linked = LINKED.matcher(typed);
    return linked.matches() ? linked.group(1) : typed;
  }
}
