package dev.postern.evidence.dmarc;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.DmarcFinding;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.mail.DomainName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fuzz target: DMARC records, and the tree walk over whatever is published on the way up. */
public final class DmarcRecordFuzz {
  private static final DomainName AUTHOR = new DomainName("a.b.c.d.e.f.g.h.i.example");
  private static final DomainName RELATIVE = new DomainName("x.f.g.h.i.example");

  private DmarcRecordFuzz() {}

  /**
   * One execution; each line of {@code data} is what one name of the walk publishes, the author
   * domain first: {@code !} is no answer, {@code -} no such name, a vertical bar parts records.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    List<String> lines =
        Arrays.asList(new String(data, StandardCharsets.ISO_8859_1).split("\n", -1));
    for (String line : lines) {
      DmarcRecord.parse(line).ifPresent(record -> recordIsWhole(line, record));
    }
    Zone zone = new Zone(lines);
    DmarcFinding first = walk(zone);
    holds(zone.walked(AUTHOR).size() <= 8, "eight questions at most from the author domain");
    same(walk(zone), first, "the same answers give the same finding");
  }

  private static void recordIsWhole(String line, DmarcRecord record) {
    same(record.text(), line, "the text is as published");
    same(record.tags().getOrDefault("v", ""), "DMARC1", "the version comes first");
    String again =
        record.tags().entrySet().stream()
            .map(tag -> tag.getKey() + " = " + tag.getValue())
            .collect(Collectors.joining("; "));
    same(DmarcRecord.parse(again).orElseThrow().tags(), record.tags(), "tags are read again");
    for (boolean exists : new boolean[] {true, false}) {
      DmarcRecord.Request request = record.forSubdomain(exists);
      holds(Set.of("p", "sp", "np").contains(request.tag()), "a tag asked for it");
      holds(exists || record.tellsMissingNamesApart() || !request.tag().equals("np"), "np=");
    }
    same(record.forItself().tag(), "p", "a domain's own policy is p=");
    if (!record.usable()) {
      same(record.forItself().policy(), DmarcPolicy.NONE, "a useless record asks for nothing");
    }
  }

  private static DmarcFinding walk(Zone zone) {
    Deadline by = Deadline.in(Duration.ofSeconds(20));
    DmarcCheck check = new DmarcCheck(zone);
    Discovery discovery = check.discover(AUTHOR, by);
    discovery
        .organizationalDomain()
        .ifPresent(it -> holds(AUTHOR.isAtOrBelow(it), "organizational domain at or above"));
    List<Identifier> nobody = List.of();
    DmarcFinding without = check.conclude(discovery, nobody, by).finding();
    holds(without.result() != DmarcResult.PASS, "nobody is not aligned");
    Identifier self = new Identifier(Identifier.Mechanism.DKIM, AUTHOR, Identifier.Standing.PASSED);
    DmarcFinding own = check.conclude(discovery, List.of(self), by).finding();
    same(own.result() == DmarcResult.PASS, discovery.usable(), "the author itself is aligned");
    Identifier relative =
        new Identifier(Identifier.Mechanism.SPF, RELATIVE, Identifier.Standing.PASSED);
    DmarcFinding found = check.conclude(discovery, List.of(relative), by).finding();
    if (found.result() == DmarcResult.PASS) {
      same(found.disposition(), DmarcPolicy.NONE, "nothing is asked for a pass");
    }
    holds(found.disposition().compareTo(found.policy()) <= 0, "no more than the policy asks");
    holds(found.policyDomain().isEmpty() == found.record().isEmpty(), "a record has a place");
    return found;
  }

  /** Each name of the walk publishes a line. */
  private static final class Zone implements Dns {
    private final List<String> lines;
    private final Set<String> asked = new HashSet<>();

    Zone(List<String> lines) {
      this.lines = lines;
    }

    /** Names asked about at or above {@code start}, once each. */
    Set<String> walked(DomainName start) {
      return asked.stream()
          .filter(name -> start.isAtOrBelow(new DomainName(name)))
          .collect(Collectors.toSet());
    }

    @Override
    public Answer query(DnsName name, DnsType type, Deadline by) {
      if (type != DnsType.TXT) {
        return Answer.without(Answer.Status.NXDOMAIN, 60);
      }
      String domain = name.text().substring("_dmarc.".length());
      asked.add(domain);
      int level = AUTHOR.labels().size() - new DomainName(domain).labels().size();
      String line = level >= 0 && level < lines.size() ? lines.get(level) : "-";
      return switch (line) {
        case "!" -> Answer.without(Answer.Status.TEMPFAIL, 0);
        case "-", "" -> Answer.without(Answer.Status.NXDOMAIN, 60);
        default -> Answer.of(Arrays.asList(line.split("\\|", -1)), 60, false);
      };
    }
  }
}
