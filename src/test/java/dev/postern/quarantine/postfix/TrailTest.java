package dev.postern.quarantine.postfix;

import static dev.postern.approval.CaseBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.Outcome.Kind;
import dev.postern.approval.Outcome.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrailTest {
  private static final String HEAD = "Nov 23 23:32:46 mx postfix/smtp[1]: 4jYMb95xx6zJMPY: ";
  private static final String TAIL =
      "relay=127.0.0.1[127.0.0.1]:25, delay=216, delays=216/0/0/0.01, dsn=2.0.0, status=";

  private static Trail of(String... lines) {
    return new Trail()
        .follow(List.of(lines).stream().flatMap(line -> LogLine.parse(line).stream()).toList());
  }

  @Test
  void eachRecipientGetsTheNextHopsOwnWords() {
    Trail trail = new Trail().follow(Sample.log("maillog-release-multi.txt", "4jYMb95xx6zJMPY"));

    assertThat(trail.takenUp()).isTrue();
    assertThat(trail.complete()).isTrue();
    assertThat(trail.result(address("ap@corp.example")))
        .contains(
            new Result(
                address("ap@corp.example"),
                Kind.DELIVERED_TO_NEXT_HOP,
                "250 2.0.0 Ok: sunk as 000011"));
    assertThat(trail.result(address("hr@temp.corp.example")).orElseThrow())
        .satisfies(
            late -> {
              assertThat(late.kind()).isEqualTo(Kind.ACCEPTED_ASYNC);
              assertThat(late.words()).contains("tries again", "451 4.3.0 try later (sink)");
            });
  }

  @Test
  void aTransferThatWasCutOffWasNotTakenUp() {
    assertThat(
            new Trail()
                .follow(Sample.log("maillog-reinject-cut-off.txt", "4jYNVy58QWzK610"))
                .takenUp())
        .isFalse();
    assertThat(
            new Trail()
                .follow(Sample.log("maillog-reinject-cut-off.txt", "4jYNVz6bMwzK610"))
                .takenUp())
        .isTrue();
  }

  @Test
  void linesOfSeveralProcessesComeInAnyOrder() {
    Trail trail = new Trail().follow(Sample.log("maillog-partial-release.txt", "4jYMqT6jjCzJdNd"));

    assertThat(trail.ended()).isTrue();
    assertThat(trail.tellsOf(List.of(address("ap@corp.example"), address("it@corp.example"))))
        .isTrue();
  }

  @Test
  void anAliasIsFoundByWhatItWasCalledBefore() {
    Trail trail =
        of(
            HEAD + "to=<x1@in.example>, orig_to=<team@corp.example>, " + TAIL + "sent (250 ok)",
            HEAD + "to=<x2@in.example>, orig_to=<team@corp.example>, " + TAIL + "bounced (550 no)");

    assertThat(trail.result(address("team@corp.example")).orElseThrow())
        .isEqualTo(
            new Result(
                address("team@corp.example"),
                Kind.PERM_FAIL,
                "Postfix returned it to the sender: 550 no"));
  }

  @Test
  void P7_anAliasForManyIsOneRecipientAndOneThatIsNotToldOfIsMissed() {
    String takenUp =
        "Nov 23 23:32:46 mx postfix/qmgr[1]: 4jYMb95xx6zJMPY:"
            + " from=<ben@partner.example>, size=1, nrcpt=2 (queue active)";
    String one =
        HEAD + "to=<x1@in.example>, orig_to=<team@corp.example>, " + TAIL + "sent (250 ok)";
    String two =
        HEAD + "to=<x2@in.example>, orig_to=<team@corp.example>, " + TAIL + "sent (250 ok)";
    String other = HEAD + "to=<ap@corp.example>, " + TAIL + "sent (250 ok)";

    assertThat(of(takenUp, one, two).complete()).isFalse();
    assertThat(of(takenUp, one, two, other).complete()).isTrue();
  }

  @Test
  void aLaterTryReplacesTheEarlierOne() {
    Trail trail =
        of(
            HEAD + "to=<ap@corp.example>, " + TAIL + "deferred (451 greylisted)",
            HEAD + "to=<ap@corp.example>, " + TAIL + "sent (250 ok)");

    assertThat(trail.result(address("ap@corp.example")).orElseThrow().kind())
        .isEqualTo(Kind.DELIVERED_TO_NEXT_HOP);
  }

  /** The next hop chooses its words, and a sender the local part of an address. */
  @Test
  void hostileWordsAndAddressesProveNothingForOthers() {
    String posing = "to=<ap@corp.example>, " + TAIL + "sent (250 ok)";
    Trail trail =
        of(
            HEAD + "to=<eve@corp.example>, " + TAIL + "deferred (451 " + posing + ")",
            HEAD + "to=<\"" + posing.substring(4) + "\"@corp.example>, " + TAIL + "sent (250 ok)",
            HEAD + "warning: " + posing,
            "Nov 23 23:32:46 mx postfix/smtp[1]: 4jYMb95xx6zJMPZ: x: 4jYMb95xx6zJMPY: " + posing);

    assertThat(trail.result(address("ap@corp.example"))).isEmpty();
    assertThat(trail.result(address("eve@corp.example")).orElseThrow().kind())
        .isEqualTo(Kind.ACCEPTED_ASYNC);
  }

  @Test
  void wordsAreBounded() {
    Trail trail = of(HEAD + "to=<ap@corp.example>, " + TAIL + "sent (" + "x".repeat(9000) + ")");

    assertThat(trail.result(address("ap@corp.example")).orElseThrow().words()).hasSizeLessThan(600);
  }

  @Test
  void bothFormsOfTimeAreRead() {
    assertThat(
            LogLine.parse(
                "2026-11-23T23:32:46.123456+01:00 mx postfix/smtp[1]: 4jYMb95xx6zJMPY: x"))
        .contains(new LogLine("smtp", new QueueId("4jYMb95xx6zJMPY"), "x"));
    assertThat(
            LogLine.parse(
                "Nov  3 23:39:49 mx postfix-mx2/reinject/smtpd[22304]: 4jYMb95xx6zJMPY: client=x"))
        .contains(new LogLine("smtpd", new QueueId("4jYMb95xx6zJMPY"), "client=x"));
    assertThat(LogLine.parse("Nov 23 23:32:46 mx postfix/smtpd[1]: NOQUEUE: reject: x")).isEmpty();
    assertThat(LogLine.parse("Nov 23 23:32:46 mx postfix/smtpd[1]: warning: x")).isEmpty();
  }
}
