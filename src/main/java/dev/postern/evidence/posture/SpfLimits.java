package dev.postern.evidence.posture;

import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfBranch.Kind;
import dev.postern.evidence.spf.SpfBranch.Reply;
import dev.postern.evidence.spf.SpfOutline;
import dev.postern.evidence.spf.SpfOutline.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What evaluating an SPF record costs against what is allowed (RFC 7208 §4.6.4). */
final class SpfLimits {
  private static final int MOST_NAMED = 5;
  private static final int FEW_LEFT = 1;

  private final SpfOutline spf;
  private final List<Finding> findings = new ArrayList<>();

  SpfLimits(SpfOutline spf) {
    this.spf = spf;
  }

  List<Finding> findings() {
    lookups();
    voids();
    spf.each(
        outline ->
            outline.branches().stream()
                .filter(it -> it.reply() == Reply.TOO_MANY_HOSTS)
                .map(SpfLimits::tooManyHosts)
                .forEach(findings::add));
    return findings;
  }

  private void lookups() {
    int most = SpfOutline.MOST_LOOKUPS;
    if (spf.lookups() > most) {
      findings.add(
          Finding.error(
                  "spf-too-many-lookups",
                  "The record needs %s%d DNS look-ups; %d are allowed."
                      .formatted(cut() ? "at least " : "", spf.lookups(), most))
              .because(
                  "At the eleventh, receivers stop with permerror (RFC 7208 §4.6.4): mail that only"
                      + " a later term covers does not pass.")
              .mend(
                  "Remove what no longer sends for you, the dearest first: "
                      + dearest()
                      + ". Write networks (ip4, ip6) in place of a and mx."));
    } else if (spf.lookups() >= most - FEW_LEFT) {
      findings.add(
          Finding.note(
                  "spf-few-lookups-left",
                  "%d of %d allowed DNS look-ups are used.".formatted(spf.lookups(), most))
              .because("When an included domain adds one or two, the record stops working.")
              .mend("Remove what no longer sends for you, the dearest first: " + dearest() + "."));
    } else {
      findings.add(
          Finding.ok(
              "spf-lookups", "%d of %d allowed DNS look-ups.".formatted(spf.lookups(), most)));
    }
  }

  /** Whether something below was not followed, so that there may be more. */
  private boolean cut() {
    boolean[] cut = {false};
    spf.each(
        it ->
            cut[0] |=
                it.standing() == Standing.NOT_FOLLOWED
                    || it.standing() == Standing.LOOP
                    || it.standing() == Standing.NO_ANSWER
                    || it.omitted() > 0);
    return cut[0];
  }

  private String dearest() {
    return spf.branches().stream()
        .filter(it -> it.totalLookups() > 0)
        .sorted(Comparator.comparingInt(SpfBranch::totalLookups).reversed())
        .limit(MOST_NAMED)
        .map(it -> "%s (%d)".formatted(Quote.bare(it.text()), it.totalLookups()))
        .collect(Collectors.joining(", "));
  }

  private void voids() {
    int ip4 = spf.voids(true);
    int ip6 = spf.voids(false);
    int most = SpfOutline.MOST_VOIDS;
    if (ip4 == 0 && ip6 == 0) {
      return;
    }
    String names = voidNames();
    if (Math.max(ip4, ip6) > most) {
      Finding finding =
          ip4 > most && ip6 > most
              ? Finding.error("spf-too-many-voids", over(Math.min(ip4, ip6), "") + names)
              : Finding.warning(
                  "spf-too-many-voids",
                  over(Math.max(ip4, ip6), ip4 > ip6 ? " for IPv4 clients" : " for IPv6 clients")
                      + names);
      findings.add(
          finding
              .because("At the third, many receivers stop with permerror (RFC 7208 §4.6.4).")
              .mend("Remove these terms, or write the networks (ip4, ip6) that they stand for."));
    } else if (ip4 > 0 && ip6 > 0) {
      findings.add(
          Finding.warning("spf-voids", "Names in the record have no address: " + names)
              .because(
                  "Two such look-ups are allowed; with a third, receivers stop with permerror.")
              .mend("Remove these terms."));
    }
  }

  private static String over(int voids, String clients) {
    return "%d look-ups find nothing%s; %d may: ".formatted(voids, clients, SpfOutline.MOST_VOIDS);
  }

  private String voidNames() {
    Set<String> names = new LinkedHashSet<>();
    spf.each(
        outline ->
            outline.branches().stream()
                .filter(it -> it.totalVoids(true) + it.totalVoids(false) > 0)
                .filter(it -> it.kind() != Kind.INCLUDE && it.kind() != Kind.REDIRECT)
                .map(SpfBranch::name)
                .forEach(names::add));
    String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMED ? some + " and others." : some + ".";
  }

  private static Finding tooManyHosts(SpfBranch branch) {
    return Finding.error(
            "spf-too-many-mx", "%s names more than ten hosts.".formatted(Quote.bare(branch.text())))
        .because("Receivers stop with permerror (RFC 7208 §4.6.4).")
        .mend("Write the networks (ip4, ip6) of these hosts instead.");
  }
}
