package dev.postern.evidence.spf;

import dev.postern.evidence.SpfResult;
import dev.postern.evidence.spf.SpfBranch.Kind;
import dev.postern.evidence.spf.SpfBranch.Reach;
import dev.postern.evidence.spf.SpfBranch.Reply;
import dev.postern.evidence.spf.SpfRecord.Directive;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The terms of one record before DNS was asked about them. */
final class BranchPlan {
  private static final int WIDE_IP4 = 8;
  private static final int WIDE_IP6 = 16;

  /** Macros whose value follows from the checked domain alone. */
  private static final String KNOWN_LETTERS = "do";

  private final String domain;
  private final MacroExpansion expansion;
  private final List<SpfBranch> steps = new ArrayList<>();
  private int unread;
  private int omitted;

  private BranchPlan(String domain, String checked) {
    this.domain = domain;
    // No macro is expanded whose value is of the client.
    SpfQuestion question =
        new SpfQuestion(InetAddress.getLoopbackAddress(), checked, "postmaster", checked, 0);
    this.expansion = new MacroExpansion(question, domain, () -> "");
  }

  /**
   * Plans what to ask about a record.
   *
   * @param text the record as published, which {@code record} was read from
   * @param checked the value of macro {@code o}
   */
  static BranchPlan of(String text, SpfRecord record, String domain, String checked) {
    BranchPlan plan = new BranchPlan(domain, checked);
    boolean ended = false;
    for (Directive directive : record.directives()) {
      if (ended) {
        plan.unread++;
      } else {
        SpfBranch step = plan.step(directive);
        ended = step.kind() == Kind.ALL;
        plan.keep(step);
      }
    }
    if (record.redirect().isPresent()) {
      // RFC 7208 §6.1: beside "all", a redirect is ignored wherever it stands.
      if (ended) {
        plan.unread++;
      } else {
        plan.steps.add(plan.redirect(text, record.redirect().get()));
      }
    }
    return plan;
  }

  /** One for each term that can be reached, within bounds; includes and redirects with a name. */
  List<SpfBranch> steps() {
    return steps;
  }

  /** How many terms stand behind {@code all}. */
  int unread() {
    return unread;
  }

  /** Look-ups of the terms beyond the bound. */
  int omitted() {
    return omitted;
  }

  /** Whether there is a record below to be read. */
  static boolean leadsOn(SpfBranch step) {
    boolean onward = step.kind() == Kind.INCLUDE || step.kind() == Kind.REDIRECT;
    return onward && !step.name().isEmpty();
  }

  private void keep(SpfBranch step) {
    if (steps.size() < SpfOutline.MOST_BRANCHES || step.kind() == Kind.ALL) {
      steps.add(step);
    } else {
      omitted += step.lookups();
    }
  }

  private SpfBranch step(Directive directive) {
    return switch (directive.mechanism()) {
      case Mechanism.All _ -> silent(Kind.ALL, directive, Reach.EVERYBODY);
      case Mechanism.Ip(var network, int prefix) ->
          silent(Kind.IP, directive, reach(network.getAddress().length == 4, prefix));
      case Mechanism.Include(MacroString target) ->
          asking(Kind.INCLUDE, directive, Optional.of(target), Reach.USUAL);
      case Mechanism.Exists(MacroString target) ->
          asking(Kind.EXISTS, directive, Optional.of(target), Reach.USUAL);
      case Mechanism.A(var target, var prefixes) ->
          asking(Kind.A, directive, target, reach(prefixes));
      case Mechanism.Mx(var target, var prefixes) ->
          asking(Kind.MX, directive, target, reach(prefixes));
      case Mechanism.Ptr(var target) -> asking(Kind.PTR, directive, target, Reach.USUAL);
    };
  }

  private SpfBranch redirect(String text, MacroString target) {
    String term =
        SpfRecord.terms(text)
            .filter(it -> it.regionMatches(true, 0, "redirect=", 0, 9))
            .findFirst()
            .orElseThrow();
    Directive directive = new Directive(SpfResult.NONE, new Mechanism.Include(target), term);
    return asking(Kind.REDIRECT, directive, Optional.of(target), Reach.USUAL);
  }

  private static SpfBranch silent(Kind kind, Directive directive, Reach reach) {
    return branch(kind, directive, "", 0, reach);
  }

  private SpfBranch asking(
      Kind kind, Directive directive, Optional<MacroString> target, Reach reach) {
    int lookups = target.map(SpfEvaluation::cost).orElse(1);
    return branch(kind, directive, target.map(this::known).orElse(domain), lookups, reach);
  }

  private static SpfBranch branch(
      Kind kind, Directive directive, String name, int lookups, Reach reach) {
    return new SpfBranch(
        directive.text(),
        kind,
        directive.result(),
        name,
        lookups,
        Reply.NOT_ASKED,
        reach,
        Optional.empty());
  }

  private String known(MacroString target) {
    return target.mentionsOnly(KNOWN_LETTERS) ? expansion.name(target).text() : "";
  }

  private static Reach reach(Mechanism.Prefixes prefixes) {
    Reach ip4 = reach(true, prefixes.ip4());
    Reach ip6 = reach(false, prefixes.ip6());
    return ip4.compareTo(ip6) <= 0 ? ip4 : ip6;
  }

  private static Reach reach(boolean ip4, int prefix) {
    if (prefix == 0) {
      return Reach.EVERYBODY;
    }
    return prefix <= (ip4 ? WIDE_IP4 : WIDE_IP6) ? Reach.WIDE : Reach.USUAL;
  }
}
