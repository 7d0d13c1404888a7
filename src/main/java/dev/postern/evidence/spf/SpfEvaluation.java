package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.SpfResult;
import dev.postern.evidence.SpfTerm;
import dev.postern.evidence.spf.SpfRecord.Directive;
import dev.postern.evidence.spf.SpfRecord.Parsed;
import dev.postern.evidence.spf.Verdict.Matching;
import dev.postern.mail.DomainName;
import java.util.List;
import java.util.Optional;

/** One run of check_host() with its counters (RFC 7208 §4.6.4). Used once, by one thread. */
final class SpfEvaluation {
  static final int MOST_LOOKUPS = 10;

  /** Explanations are shown to people; nobody reads more. */
  private static final int LONGEST_EXPLANATION = 1000;

  private final Dns dns;
  private final SpfQuestion question;
  private final Deadline by;
  private final ClientMatch client;
  private int lookups;

  SpfEvaluation(Dns dns, SpfQuestion question, Deadline by) {
    this.dns = dns;
    this.question = question;
    this.by = by;
    this.client = new ClientMatch(dns, question.ip(), by);
  }

  SpfOutcome outcome() {
    Verdict verdict = checkHost(question.domain());
    String explanation = verdict.result() == SpfResult.FAIL ? explanation(verdict) : "";
    return new SpfOutcome(
        verdict.result(), verdict.path(), lookups, explanation, verdict.problem());
  }

  private Verdict checkHost(String domain) {
    if (!canBeChecked(domain)) {
      return Verdict.without(SpfResult.NONE, "the name to check is no full domain name");
    }
    Answer txt = dns.query(new DnsName(domain), DnsType.TXT, by);
    if (txt.status() == Status.TEMPFAIL) {
      return Verdict.without(
          SpfResult.TEMPERROR, "DNS gave no answer for the SPF record of " + shown(domain));
    }
    SpfRecord.Published published = SpfRecord.PUBLISHED.of(txt);
    if (published.only().isEmpty()) {
      return published.count() == 0
          ? Verdict.without(SpfResult.NONE, shown(domain) + " publishes no SPF record")
          : permError(shown(domain) + " publishes " + published.count() + " SPF records");
    }
    return switch (published.only().get()) {
      case Parsed.Good(SpfRecord record) -> evaluate(domain, record);
      case Parsed.Bad(int number, String why) ->
          permError("term " + number + " in the SPF record of " + shown(domain) + ": " + why);
    };
  }

  private Verdict evaluate(String domain, SpfRecord record) {
    for (Directive directive : record.directives()) {
      switch (match(directive.mechanism(), domain)) {
        case Matching.Yes yes -> {
          return Verdict.of(record, directive, yes.path(domain, directive.text()));
        }
        case Matching.Stop(Verdict verdict) -> {
          return verdict;
        }
        case Matching.No _ -> {}
      }
    }
    return record
        .redirect()
        .map(target -> redirect(target, domain))
        .orElseGet(() -> Verdict.without(SpfResult.NEUTRAL, ""));
  }

  /** RFC 7208 §6.1: a target without a record is the publisher's mistake. */
  private Verdict redirect(MacroString target, String domain) {
    if (tooManyLookups(target)) {
      return permError(tooMany());
    }
    String name = expansion(domain).name(target).text();
    Verdict verdict = checkHost(name);
    return verdict.result() == SpfResult.NONE
        ? permError("redirect= leads nowhere: " + verdict.problem())
        : verdict.after(new SpfTerm(domain, "redirect=" + name));
  }

  private Matching match(Mechanism mechanism, String domain) {
    return switch (mechanism) {
      case Mechanism.All _ -> Matching.of(true);
      case Mechanism.Ip(var network, int prefix) ->
          Matching.of(Mechanism.covers(network, prefix, question.ip()));
      case Mechanism.Include(MacroString target) ->
          tooManyLookups(target) ? stop(tooMany()) : include(target, domain);
      case Mechanism.Exists(MacroString target) ->
          tooManyLookups(target) ? stop(tooMany()) : client.exists(expansion(domain).name(target));
      case Mechanism.A(var target, var prefixes) ->
          tooManyLookups(target) ? stop(tooMany()) : client.a(target(target, domain), prefixes);
      case Mechanism.Mx(var target, var prefixes) ->
          tooManyLookups(target) ? stop(tooMany()) : client.mx(target(target, domain), prefixes);
      case Mechanism.Ptr(var target) ->
          tooManyLookups(target) ? stop(tooMany()) : client.ptr(target(target, domain));
    };
  }

  /** RFC 7208 §5.2, the table. */
  private Matching include(MacroString target, String domain) {
    Verdict verdict = checkHost(expansion(domain).name(target).text());
    return switch (verdict.result()) {
      case PASS -> new Matching.Yes(verdict.path());
      case FAIL, SOFTFAIL, NEUTRAL -> new Matching.No();
      case TEMPERROR, PERMERROR -> new Matching.Stop(verdict);
      case NONE -> stop("include: leads nowhere: " + verdict.problem());
    };
  }

  private DnsName target(Optional<MacroString> target, String domain) {
    return target.map(spec -> expansion(domain).name(spec)).orElseGet(() -> new DnsName(domain));
  }

  /** RFC 7208 §6.2: whatever goes wrong here, there is just no explanation. */
  private String explanation(Verdict verdict) {
    if (verdict.explanation().isEmpty()) {
      return "";
    }
    MacroExpansion expansion = expansion(verdict.domain());
    DnsName at = expansion.name(verdict.explanation().get());
    List<String> texts = dns.query(at, DnsType.TXT, by).data();
    if (texts.size() != 1) {
      return "";
    }
    String text =
        MacroString.parse(texts.getFirst(), MacroString.Use.EXPLANATION)
            .map(expansion::text)
            .orElse("");
    return text.substring(0, Math.min(text.length(), LONGEST_EXPLANATION));
  }

  private MacroExpansion expansion(String domain) {
    return new MacroExpansion(question, domain, () -> client.validatedName(domain));
  }

  private boolean tooManyLookups(Optional<MacroString> target) {
    return target.map(this::tooManyLookups).orElseGet(() -> ++lookups > MOST_LOOKUPS);
  }

  private boolean tooManyLookups(MacroString target) {
    lookups += cost(target);
    return lookups > MOST_LOOKUPS;
  }

  /** A term counts once, and macro {@code p} once more: it asks for PTR records (§4.6.4). */
  static int cost(MacroString target) {
    return 1 + (target.mentions('p') ? 1 : 0);
  }

  /** RFC 7208 §4.3: malformed names and names of one label are not asked about. */
  static boolean canBeChecked(String domain) {
    String name = new DnsName(domain).text();
    if (name.length() > 253 || name.indexOf('.') < 0) {
      return false;
    }
    for (String label : name.split("\\.", -1)) {
      if (label.isEmpty() || label.length() > 63) {
        return false;
      }
    }
    return true;
  }

  private static Verdict permError(String problem) {
    return Verdict.without(SpfResult.PERMERROR, problem);
  }

  private static Matching stop(String problem) {
    return Matching.error(SpfResult.PERMERROR, problem);
  }

  private static String tooMany() {
    return "the SPF record needs more than " + MOST_LOOKUPS + " DNS look-ups";
  }

  /** Macros can put anything into a name; only real domain names are repeated to people. */
  private static String shown(String domain) {
    return DomainName.parse(domain).map(DomainName::ascii).orElse("a name made by macros");
  }
}
