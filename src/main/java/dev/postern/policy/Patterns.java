package dev.postern.policy;

import dev.postern.evidence.DkimFinding;
import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.GatewayReport;
import dev.postern.evidence.Origin;
import dev.postern.evidence.Signal;
import dev.postern.evidence.SpfResult;
import dev.postern.policy.Pattern.Kind;
import dev.postern.policy.Precedent.People;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the patterns that a case on which people decided is an example of. */
final class Patterns {
  /** Of what one message has many of, so many are looked at. */
  private static final int MOST_OF_ONE = 8;

  private static final String DOMAIN = "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9-]{2,63}";
  private static final java.util.regex.Pattern A_DOMAIN = java.util.regex.Pattern.compile(DOMAIN);
  private static final java.util.regex.Pattern AN_ADDRESS =
      java.util.regex.Pattern.compile("[A-Za-z0-9._+-]{1,64}@" + DOMAIN);
  private static final java.util.regex.Pattern A_SYMBOL =
      java.util.regex.Pattern.compile("[A-Za-z0-9_]{1,60}");

  private static final int LONGEST = 255;

  private final String asker;
  private final Evidence evidence;
  private final Situation situation;
  private final List<Pattern> found = new ArrayList<>();

  private Patterns(Precedent it) {
    this.asker = it.then().ruled().rule();
    this.situation = it.situation();
    this.evidence = situation.evidence();
  }

  /** None where people were not asked, or decided nothing. */
  static List<Pattern> of(Precedent it) {
    People people = it.then().people();
    if (!(it.then().ruled().action() instanceof Action.Ask) || people == People.NOBODY) {
      return List.of();
    }
    Patterns patterns = new Patterns(it);
    if (patterns.sure() && people == People.DISCARDED) {
      patterns.discarded();
    } else if (patterns.sure() && patterns.signals().noneMatch(Pattern.DANGERS::contains)) {
      patterns.released();
    }
    return patterns.found;
  }

  private boolean sure() {
    return !evidence.uncertain() && evidence.origin() instanceof Origin.Computed;
  }

  private Stream<String> signals() {
    return evidence.signals().stream().map(Signal::name);
  }

  private DmarcResult dmarc() {
    return evidence.dmarc().result();
  }

  private void released() {
    String domain = evidence.dmarc().fromDomain();
    if (dmarc() == DmarcResult.PASS) {
      add(Kind.PROVED, "release", domain, "");
      symbols(Kind.PROVED_SYMBOL, "release");
      return;
    }
    boolean spf = evidence.spf().result() == SpfResult.PASS && evidence.spf().aligned();
    if (dmarc() == DmarcResult.NONE && spf) {
      add(Kind.SPF, "release", domain, "");
    }
    evidence.dkim().stream()
        .filter(it -> it.result() == DkimResult.PASS)
        .map(DkimFinding::domain)
        .distinct()
        .limit(MOST_OF_ONE)
        .forEach(it -> add(Kind.SIGNER, "release", it, ""));
    if (evidence.arc().trusted()) {
      evidence.arc().sealers().stream()
          .distinct()
          .limit(MOST_OF_ONE)
          .forEach(it -> add(Kind.SEALER, "release", it, ""));
    }
  }

  private void discarded() {
    if (dmarc() == DmarcResult.PASS) {
      return; // a rule does not discard proved mail, unless somebody says so twice
    }
    symbols(Kind.SYMBOL, "discard");
    signals()
        .limit(MOST_OF_ONE)
        .forEach(
            signal -> {
              add(Kind.CLAIMED, "discard", evidence.dmarc().fromDomain(), signal);
              String from = situation.message().from();
              add(Kind.CLAIMED_ADDRESS, "discard", from, signal);
            });
  }

  private void symbols(Kind kind, String does) {
    situation.context().gateway().stream()
        .flatMap(report -> report.findings().stream())
        .map(GatewayReport.Finding::name)
        .distinct()
        .sorted()
        .limit(MOST_OF_ONE * 4L)
        .forEach(it -> add(kind, does, it, ""));
  }

  private void add(Kind kind, String does, String value, String signal) {
    if (isSafe(kind, value) && signal.matches("[a-z-]{0,40}")) {
      found.add(new Pattern(kind, asker, does, value, signal));
    }
  }

  /** Whether a value may be written into a rule; hostile mail may call itself anything. */
  static boolean isSafe(Kind kind, String value) {
    java.util.regex.Pattern form =
        switch (kind) {
          case PROVED, SPF, SIGNER, SEALER, CLAIMED -> A_DOMAIN;
          case CLAIMED_ADDRESS -> AN_ADDRESS;
          case SYMBOL, PROVED_SYMBOL -> A_SYMBOL;
        };
    return value.length() <= LONGEST && form.matcher(value).matches();
  }
}
