package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in a policy file is found, with its place and the right word. */
class PolicyProblemTest {
  private static final String CHAINS =
      "chains: {admins: {name: Mail admins, approvers: [kim], window: 4h}}\n";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          dmrac.result == 'pass'            | 4:10 | there is no fact "dmrac"; did you mean dmarc?
          dmarc.reslt == 'pass'             | 4:15 | dmarc has no fact "reslt"; did you mean result?
          true && dkim.exists(d, d.algned)  | 4:34 | there is no fact "algned"; did you mean aligned?
          message.subject.containz('a')     | 4:34 | there is no function "containz"; did you mean contains?
          message.size == 'big'             | 4:23 | == does not fit (a number, a text)
          message.size                      | 4:17 | this must be true or false, and is a number
          dmarc.result ==                   | 4:25 | the expression ends too early
          message.subject contains 'a'      | 4:26 | contains is written behind a dot: message.subject.contains('…')
          message.subject == 'a             | 4:29 | this text has no end: 'a
          message.subject.matches('a\\\\s')   | 4:34 | \\s is no escape in a text: write \\\\s for the \\s of a regex
          message.subject.lower() == 'a'    | 4:31 | there is no function "lower"; did you mean lowerAscii?
          dkim.result == 'pass'             | 4:14 | dkim is a list: dkim.exists(x, x.result …) looks at each of it
          message.attachments.name == 'a'   | 4:29 | message.attachments is a list: message.attachments.exists(x, x.name …)
          message.subject.matches('(?!Re:)')| 4:34 | RE2 has none that looks ahead or back: say && !text.matches('…')
          dmarc.result == 'passed'          | 4:26 | result is never "passed"; did you mean pass?
          spf.result != 'tempfail'          | 4:24 | result is never "tempfail"
          'hard' == spf.result              | 4:10 | it is one of pass, fail, softfail
          dkim.exists(d, d.result in ['pas'])          | 4:38 | result is never "pas"; did you mean pass?
          'name-of-colleage' in signals     | 4:10 | signals never hold "name-of-colleage"; did you mean name-of-colleague?
          'nonsense' in signals             | 4:10 | signals never hold "nonsense"
          signals.exists(s, s == 'punycode-from')      | 4:33 | signals never hold "punycode-from"
          signals.exists(s, s in ['from-punicode'])    | 4:34 | did you mean from-punycode?
          message.subject.matches('(a)[1')  | 4:34 | not a regular expression of RE2
          message.subject.matches('(?=a)')  | 4:34 | not a regular expression of RE2
          message.subject.matches(source)   | 4:34 | must be written out
          message.subject.matches('((a{99}){99}){9}')  | 4:34 | regular expression
          dyn(dmarc).reslt == 'pass'        | 4:13 | rules cannot use the function dyn
          Spf{result: 'pass'}.aligned       | 4:13 | rules read facts
          source in ['smtp', 1]             | 4:20 | a list holds values of one type
          """)
  void anExpressionThatIsWrongIsFoundWhenTheFileIsLoaded(String when, String place, String what) {
    PolicyProblem problem =
        problem(CHAINS + "rules:\n- name: r\n  when: \"" + when + "\"\n  do: release\n");

    assertThat(problem.getMessage()).startsWith("p.yaml:" + place + ": when: ").contains(what);
    assertThat(problem.faults()).hasSize(1);
  }

  @Test
  void aNameOfALoopIsWhatTheInnermostLoopSays() {
    String when =
        "signals.exists(s, s == 'from-punycode')"
            + " && message.link_hosts.exists(s, s == 'evil.example')"
            + " && signals.exists(s, message.link_hosts.exists(s, s == 'evil.example'))"
            + " && 'evil.example' in message.link_hosts";

    assertThat(parses(CHAINS + "rules:\n- name: r\n  when: \"" + when + "\"\n  do: release\n"))
        .isTrue();
  }

  @Test
  void mistakesInABlockAreFoundInTheirLine() {
    PolicyProblem problem =
        problem(
            CHAINS
                + """
                rules:
                  - name: r
                    when: |
                      dmarc.result == 'pass'
                        && dmarc.reslt == 'x'
                    do: release
                """);

    assertThat(problem.getMessage()).startsWith("p.yaml:6:17: when: dmarc has no fact \"reslt\"");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {name: r, wehn: true, do: release}                  | did you mean when?
          {name: r, when: true, do: relaese}                  | did you mean release?
          {name: r, when: true, do: ask, chain: admin}        | there is no chain "admin"; did you mean admins?
          {name: r, when: true, do: ask, chain: finance}      | there is no chain "finance"; there is admins
          {name: r, when: !uncertain , do: release}           | YAML takes a leading ! for something of its own: put the whole value in quotes
          {name: r, when: true, do: ask}                      | a rule that asks names its chain: admins
          {name: r, when: true, do: release, chain: admins}   | only a rule that asks has a chain
          {when: true, do: release}                           | the rule has no name
          {name: r, do: release}                              | rule r has no when
          {name: r, when: true}                               | rule r has no do
          {name: "r<b>", when: true, do: release}             | a rule's name is 1 to 40 letters
          {name: r, when: true, do: release, reason: "a\\nb"} | a reason is one line
          {name: r, when: [true], do: release}                | when must be one value
          {name: r, name: s, when: true, do: release}         | "name" stands here twice
          {? [a] : b, name: r, when: true, do: release}       | a key must be a word
          release                                             | a rule must be a mapping
          """)
  void aRuleThatIsWrongIsNamedWithTheRightWord(String rule, String what) {
    PolicyProblem problem = problem(CHAINS + "rules:\n  - " + rule + "\n");

    assertThat(problem.getMessage()).contains("p.yaml:3:").contains(what);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {approvers: [kim], window: 4h}                       | chain a has no name
          {name: "A<b>", approvers: [kim], window: 4h}         | name is 1 to 40 letters
          {name: A, window: 4h}                                | chain a names no approvers
          {name: A, approvers: [], window: 4h}                 | chain a names no approvers
          {name: A, approvers: kim, window: 4h}                | approvers must be a list
          {name: A, approvers: [kim, kim], window: 4h}         | kim stands here twice
          {name: A, approvers: ["group:"], window: 4h}         | an approver is a person's id, group:NAME, oncall:NAME, slack-group:ID, teams-group:ID or entra-group:ID
          {name: A, approvers: ["slack-group:ops"], window: 4h} | slack-group: takes the id of a user group such as slack-group:S0123ABC
          {name: A, approvers: ["slack-group:"], window: 4h}   | slack-group: takes the id of a user group such as slack-group:S0123ABC
          {name: A, approvers: ["teams-group:Mail ops"], window: 4h} | teams-group: takes the id of a team, channel or group chat such as teams-group:19:abc@thread.tacv2, not "teams-group:Mail ops"
          {name: A, approvers: ["teams-group:a:1abc"], window: 4h} | teams-group: takes the id of a team, channel or group chat
          {name: A, approvers: ["entra-group:Mail ops"], window: 4h} | entra-group: takes the Object ID of a group in Entra such as entra-group:0a1b2c3d-1234-4abc-8def-0123456789ab
          {name: A, approvers: ["graph-group:x"], window: 4h}  | an approver is a person's id, group:NAME, oncall:NAME, slack-group:ID, teams-group:ID or entra-group:ID, not "graph-group:x"
          {name: A, approvers: [kim], window: 4 hours}         | window is a duration such as 30m, 4h or 2d
          {name: A, approvers: [kim], window: 31d}             | at most 30d
          {name: A, approvers: [kim], window: 0h}              | window is a duration
          {name: A, approvers: [kim]}                          | chain a has no window
          {name: A, approvers: [kim], window: 4h, quorum: 0}   | quorum is a number from 1 to 99
          {name: A, approvers: [kim], window: 4h, quorun: 1}   | did you mean quorum?
          {name: A, approvers: [kim], window: 4h, reason: alway}| did you mean always?
          {stages: []}                                         | has 0 stages; a chain has 1 to 9
          {stages: [{name: A, approvers: [kim], window: 1h}, {name: A, approvers: [kim], window: 1h}]} | two stages named "A"
          {stages: [{name: A, approvers: [kim], window: 1h, distinct-from: [A]}]} | "A" is none
          {stages: [{name: A, approvers: [kim], window: 1h}, {name: B, approvers: [kim], window: 1h, distinct-from: [AA]}]} | did you mean A?
          {stages: [{name: A, approvers: [kim], window: 1h, on-release: next}]} | on-release: next needs a stage that follows
          {name: A, approvers: [kim], window: 1h, on-timeout: escalat} | did you mean escalate?
          {name: A, approvers: [kim], window: 1h, on-discard: vote} | on-discard is one of stop, majority
          {name: A, approvers: [kim], window: 1h, remind: [2h]} | a reminder comes before the window closes
          {name: A, approvers: [kim], window: 1h, remind: [soon]} | remind is a duration
          {name: A, approvers: [kim], window: 1h, remind: 5m}   | remind must be a list
          {name: A, approvers: [kim], window: 1h, hours: ofice} | there are no hours "ofice"
          {name: A, approvers: ["oncall:mial"], window: 1h}     | there is no on-call rota "mial"
          {name: A, approvers: [kim], window: 1h, notify: ["#mail"]} | notify names channels by their ids
          {name: A, approvers: [kim], window: 1h, notify: [own-chats]} | notify names channels by their ids
          {name: A, approvers: [kim], window: 1h, channels: [own-chat]} | or says own-chats, not "own-chat"
          {name: A, approvers: [kim], window: 1h, channels: [mail]} | channels names channels by their ids
          {name: A, approvers: [kim], window: 1h, channels: ["slack:U04KIMPARK1"]} | channels names channels by their ids
          {name: A, approvers: [kim], window: 1h, notify: ["slack:W04KIMPARK1"]} | notify names channels by their ids
          {name: A, approvers: [kim], window: 1h, notify: ["slack:D0ANNA0001"]} | notify names channels by their ids
          {name: A, approvers: [kim], window: 1h, break-glass: {approvers: []}} | break-glass of chain a names no approvers
          {name: A, approvers: [kim], window: -5m}             | window is a duration
          {stages: [{name: A, approvers: [kim], window: 1h}], quorum: 2} | quorum belongs into one of the stages
          [kim]                                                | chain a must be a mapping
          """)
  void aChainThatIsWrongIsNamedWithTheRightWord(String chain, String what) {
    PolicyProblem problem = problem("chains:\n  a: " + chain + "\nrules: []\n");

    assertThat(problem.getMessage()).contains("p.yaml:2:").contains(what);
  }

  @ParameterizedTest(name = "{0} of {1}")
  @CsvSource({
    "2, '[\"group:finance\"]', 'stage all needs 2 people, and there is only noor'",
    "3, '[\"group:finance\", kim, noor]', 'there is only noor, kim'",
    "2, '[\"group:finance\", kim]', ''",
    "9, '[\"group:others\"]', ''"
  })
  void aQuorumThatNobodyCanReachIsFound(int quorum, String approvers, String what) {
    String policy =
        "groups: {finance: [noor]}\nchains:\n  a: {name: all, approvers: %s, quorum: %d, window: 1h}\nrules: []\n"
            .formatted(approvers, quorum);
    if (what.isEmpty()) {
      assertThat(parses(policy)).isTrue();
    } else {
      assertThat(problem(policy).getMessage()).startsWith("p.yaml:3:3: ").contains(what);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                       | the file is empty
          rules: []                                | a policy has chains and rules, and this has no chains
          chains: {}                               | a policy has chains and rules, and this has no rules
          - a                                      | the file must be a mapping
          {chains: {}, rules: []}                  | a policy needs at least one chain
          {chains: {}, rules: [], rulse: []}       | did you mean rules?
          {chains: {}, rules: [], otherwise: x}    | there is no chain "x"
          {chains: {}, rules: {}}                  | rules must be a list
          {chains: {}, rules: [], groups: {a: kim}} | a must be a list
          {chains: {}, rules: [], groups: {a: []}} | group a names nobody
          {chains: {}, rules: [], groups: {a: [kim, kim]}} | kim stands here twice
          {chains: {}, rules: [], groups: {a: ["group:b"]}} | group a lists ids of people, not "group:b"
          {chains: {}, rules: [], groups: {a b: [kim]}} | a group has a name such as mail-admins, not "a b"
          a: [                                     | not YAML
          a: &x {b: *x}                            | a policy has chains and rules
          !!javax.script.ScriptEngineManager []    | Global tag is not allowed
          """)
  void aFileThatIsNoPolicyIsRefused(String yaml, String what) {
    assertThat(problem(yaml).getMessage()).contains(what);
  }

  @Test
  void hugeDeepAndSelfMultiplyingFilesAreRefused() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 30; i++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(problem(deep).getMessage()).contains("not YAML");
    assertThat(problem(laughs.toString()).getMessage()).contains("not YAML");
    assertThat(problem("# ".repeat(200_000)).getMessage()).contains("larger than 256 KiB");
    assertThat(
            problem(CHAINS + "rules:\n- {name: r, do: release, when: " + "(".repeat(900) + "}")
                .getMessage())
        .contains("p.yaml:3");
    assertThat(
            problem(
                    CHAINS
                        + "rules:\n- {name: r, do: release, when: \""
                        + "!".repeat(9000)
                        + "true\"}")
                .getMessage())
        .contains("p.yaml:3");
  }

  @Test
  void severalChainsNeedOneThatIsAskedOtherwise() {
    String two =
        "chains:\n  a: {name: A, approvers: [x], window: 1h}\n  b: {name: B, approvers: [x], window: 1h}\n";

    assertThat(problem(two + "rules: []\n").getMessage()).contains("otherwise: NAME");
    assertThat(parses(two + "rules: []\notherwise: b\n")).isTrue();
  }

  @Test
  void everythingThatIsWrongIsFoundInOneRun() {
    PolicyProblem problem =
        problem(
            """
            chains:
              admins: {name: Mail admins, approvers: [kim], window: soon}
            rules:
              - {name: a, when: dmrac.result == 'x', do: release}
              - {name: a, when: "true", do: ask, chain: nobody}
            """);

    assertThat(problem.faults()).extracting(PolicyProblem.Fault::line).containsExactly(2, 4, 5, 5);
    assertThat(problem.toString()).contains("p.yaml:2:", "p.yaml:4:", "p.yaml:5:");
  }

  private static boolean parses(String yaml) {
    try {
      return !Policy.parse(yaml, "p.yaml").version().isEmpty();
    } catch (PolicyProblem problem) {
      return false;
    }
  }

  private static PolicyProblem problem(String yaml) {
    return catchThrowableOfType(PolicyProblem.class, () -> Policy.parse(yaml, "p.yaml"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [kim, Kim Park]  | 3:19 | may-freeze lists a person's id, group:NAME, oncall:NAME
          [kim, kim]       | 3:19 | kim stands here twice
          [group:]         | 3:14 | may-freeze lists a person's id, group:NAME, oncall:NAME
          [oncall:nobody]  | 3:14 | nobody
          kim              | 3:13 | may-freeze must be a list
          {kim: yes}       | 3:13 | may-freeze must be a list
          """)
  void whoMayFreezeIsCheckedLikeApprovers(String people, String place, String what) {
    PolicyProblem problem = problem(CHAINS + "rules: []\nmay-freeze: " + people + "\n");

    assertThat(problem.getMessage()).contains("p.yaml:" + place + ":").contains(what);
  }
}
