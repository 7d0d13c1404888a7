package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.spf.SpfOutline.Standing;
import dev.postern.evidence.spf.SpfRecord.Parsed;
import java.util.ArrayList;
import java.util.List;

/** Follows a record's includes and redirects, each on its own thread. */
final class OutlineReader {

  /** Evaluation stops after ten look-ups, hence after ten records below the first. */
  private static final int MOST_DEPTH = SpfEvaluation.MOST_LOOKUPS + 1;

  /** Records read for one domain; shared out evenly, so that the outcome is always the same. */
  private static final int MOST_RECORDS = 200;

  private static final int LONGEST_QUOTE = 60;

  private final Dns dns;
  private final String checked;
  private final Deadline by;
  private final BranchReader reader;

  /** {@code checked} is the value of macro {@code o}. */
  OutlineReader(Dns dns, String checked, Deadline by) {
    this.dns = dns;
    this.checked = checked;
    this.by = by;
    this.reader = new BranchReader(dns, by);
  }

  SpfOutline outline() {
    return read(new Place(checked, List.of(), MOST_RECORDS));
  }

  /**
   * Where in the tree a record stands.
   *
   * @param domain whose record
   * @param above the domains on the way to it
   * @param allowance how many records may be read below
   */
  private record Place(String domain, List<String> above, int allowance) {
    Place below(String name, int share) {
      List<String> path = new ArrayList<>(above);
      path.add(domain);
      return new Place(name, path, share);
    }
  }

  private SpfOutline read(Place place) {
    String domain = place.domain();
    if (place.above().contains(domain)) {
      return without(domain, Standing.LOOP, "");
    }
    if (place.allowance() < 0 || place.above().size() > MOST_DEPTH) {
      return without(domain, Standing.NOT_FOLLOWED, "");
    }
    if (!SpfEvaluation.canBeChecked(domain)) {
      return without(domain, Standing.NONE, "it is no full domain name");
    }
    Answer txt = dns.query(new DnsName(domain), DnsType.TXT, by);
    if (txt.status() == Status.TEMPFAIL) {
      return without(domain, Standing.NO_ANSWER, "");
    }
    List<String> records = txt.data().stream().filter(SpfRecord::isSpf).toList();
    return switch (records.size()) {
      case 0 -> without(domain, Standing.NONE, why(txt));
      case 1 -> of(records.getFirst(), place);
      default -> without(domain, Standing.SEVERAL, "it publishes " + records.size() + " records");
    };
  }

  private static String why(Answer txt) {
    return txt.status() == Status.NXDOMAIN
        ? "the name does not exist"
        : "the name has no SPF record";
  }

  private SpfOutline of(String text, Place place) {
    return switch (SpfRecord.parse(text)) {
      case Parsed.Good(SpfRecord record) -> followed(text, record, place);
      case Parsed.Bad(int number, String why) ->
          new SpfOutline(
              place.domain(),
              Standing.MALFORMED,
              shortened(text, SpfOutline.LONGEST_RECORD),
              List.of(),
              0,
              0,
              "term %d, \"%s\": %s".formatted(number, term(text, number), why));
    };
  }

  private SpfOutline followed(String text, SpfRecord record, Place place) {
    BranchPlan plan = BranchPlan.of(text, record, place.domain(), checked);
    long onward = plan.steps().stream().filter(BranchPlan::leadsOn).count();
    int room = place.allowance();
    int share = (int) (Math.max(0, room - onward) / Math.max(1, onward));
    List<Branches.Branch<SpfBranch>> started = new ArrayList<>();
    List<SpfBranch> branches = new ArrayList<>();
    try (Branches threads = new Branches(by)) {
      for (SpfBranch step : plan.steps()) {
        boolean leadsOn = BranchPlan.leadsOn(step);
        room -= leadsOn ? 1 : 0;
        Place below = place.below(step.name(), room < 0 ? -1 : share);
        started.add(threads.start(() -> asked(step, leadsOn, below), late(step, leadsOn)));
      }
      started.forEach(it -> branches.add(it.join()));
    }
    return new SpfOutline(
        place.domain(),
        Standing.FOUND,
        shortened(text, SpfOutline.LONGEST_RECORD),
        branches,
        plan.unread(),
        plan.omitted(),
        "");
  }

  private SpfBranch asked(SpfBranch step, boolean leadsOn, Place below) {
    return leadsOn ? step.leadingTo(read(below)) : step.answered(reader.reply(step));
  }

  private static SpfBranch late(SpfBranch step, boolean leadsOn) {
    return leadsOn
        ? step.leadingTo(without(step.name(), Standing.NO_ANSWER, ""))
        : step.answered(SpfBranch.Reply.NO_ANSWER);
  }

  private static SpfOutline without(String domain, Standing standing, String problem) {
    return new SpfOutline(domain, standing, "", List.of(), 0, 0, problem);
  }

  /** The term at a position that the parser named; counted from 1. */
  private static String term(String text, int number) {
    String term = SpfRecord.terms(text).skip(number - 1L).findFirst().orElseThrow();
    return shortened(term, LONGEST_QUOTE);
  }

  private static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...";
  }
}
