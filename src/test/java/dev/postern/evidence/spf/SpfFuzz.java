package dev.postern.evidence.spf;

import static dev.postern.fuzz.Claim.holds;
import static dev.postern.fuzz.Claim.same;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.SpfResult;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Fuzz target: SPF records, parsed, and evaluated over a zone that is as hostile. */
public final class SpfFuzz {
  private static final List<InetAddress> CLIENTS =
      List.of(InetAddress.ofLiteral("192.0.2.1"), InetAddress.ofLiteral("2001:db8::cb01"));

  /**
   * Ten terms with their names, each with ten hosts or pointers more, and what macro p asks for in
   * each of them; without the cache that {@code RecordingDns} is.
   */
  private static final int MOST_QUESTIONS = 2_000;

  private SpfFuzz() {}

  /**
   * One execution. The first line of {@code data} is the sender, the second HELO, and the others
   * answer the questions in turn, over and over: {@code !} is no answer, {@code -} no such name,
   * {@code _} no such record, a vertical bar parts records.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    List<String> lines =
        Arrays.asList(new String(data, StandardCharsets.ISO_8859_1).split("\n", -1));
    if (lines.size() < 3) {
      recordIsGoodOrSaysWhy("v=spf1 " + lines.getFirst());
      return;
    }
    List<String> answers = lines.subList(2, lines.size());
    answers.stream().filter(SpfRecord::isSpf).forEach(SpfFuzz::recordIsGoodOrSaysWhy);
    InetAddress client = CLIENTS.get(data.length % 2);
    SpfQuestion question = SpfQuestion.of(client, lines.getFirst(), lines.get(1), 1_790_000_000);
    SpfOutcome outcome = evaluate(question, answers);
    outcomeIsWhole(outcome);
    same(evaluate(question, answers), outcome, "the same answers give the same outcome");
  }

  private static void recordIsGoodOrSaysWhy(String txt) {
    switch (SpfRecord.parse(txt)) {
      case SpfRecord.Parsed.Bad(int number, String why) ->
          holds(number > 0 && !why.isEmpty(), "which term is wrong, and why");
      case SpfRecord.Parsed.Good(SpfRecord record) -> {
        StringBuilder again = new StringBuilder("v=spf1");
        record.directives().forEach(directive -> again.append(' ').append(directive.text()));
        same(
            SpfRecord.parse(again.toString()),
            new SpfRecord.Parsed.Good(
                new SpfRecord(record.directives(), Optional.empty(), Optional.empty())),
            "terms written again are read again");
      }
    }
  }

  private static SpfOutcome evaluate(SpfQuestion question, List<String> answers) {
    Zone zone = new Zone(answers);
    SpfOutcome outcome = new SpfCheck(zone).check(question, Deadline.in(Duration.ofSeconds(20)));
    holds(zone.asked <= MOST_QUESTIONS, "a bounded number of questions, not " + zone.asked);
    return outcome;
  }

  private static void outcomeIsWhole(SpfOutcome outcome) {
    SpfResult result = outcome.result();
    boolean matched =
        result == SpfResult.PASS || result == SpfResult.FAIL || result == SpfResult.SOFTFAIL;
    holds(!matched || !outcome.path().isEmpty(), "a term decided");
    holds(matched || result == SpfResult.NEUTRAL || outcome.path().isEmpty(), "none decided");
    boolean trouble =
        result == SpfResult.NONE || result == SpfResult.TEMPERROR || result == SpfResult.PERMERROR;
    same(trouble, !outcome.problem().isEmpty(), "a problem is told, and only where there is one");
    holds(outcome.path().size() <= 11, "no more includes than look-ups");
    holds(result == SpfResult.FAIL || outcome.explanation().isEmpty(), "only fails are explained");
    holds(outcome.explanation().length() <= 1000, "explanations are short");
    holds(outcome.problem().length() < 1000, "problems are short");
    holds(outcome.problem().chars().allMatch(c -> c >= ' ' && c < 0x7f), "problems are our words");
  }

  /** Answers in turn. */
  private static final class Zone implements Dns {
    private final List<String> answers;
    private int asked;

    Zone(List<String> answers) {
      this.answers = answers;
    }

    @Override
    public Answer query(DnsName name, DnsType type, Deadline by) {
      holds(type != DnsType.CNAME, "aliases are the resolver's work");
      String line = answers.get(asked++ % answers.size());
      return switch (line) {
        case "!" -> Answer.without(Answer.Status.TEMPFAIL, 0);
        case "-" -> Answer.without(Answer.Status.NXDOMAIN, 60);
        case "_", "" -> Answer.without(Answer.Status.NODATA, 60);
        default -> Answer.of(Arrays.asList(line.split("\\|", -1)), 60, false);
      };
    }
  }
}
