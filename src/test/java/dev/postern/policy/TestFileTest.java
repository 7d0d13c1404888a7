package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.policy.TestCase.Given;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFileTest {
  /** As long as the documentation says that honest mail needs no further word. */
  @Test
  void aMessageOfWhichNothingIsStatedIsProvedAndPlain() throws PolicyProblem {
    Situation plain = stated("{}");

    assertThat(Policy.builtIn().rule(plain).rule()).isEqualTo("proved");
    assertThat(plain.message().from()).isEqualTo("kim@sender.example");
    assertThat(plain.context().domain()).isEqualTo(SenderHistory.NONE);
  }

  @Test
  void mailThatDmarcDoesNotProveIsProvedByNothing() throws PolicyProblem {
    Situation spoofed = stated("{dmarc: {result: fail, policy: reject}}");

    assertThat(Policy.builtIn().rule(spoofed).rule()).isEqualTo("owner asks to refuse");
    assertThat(spoofed.evidence().dkim()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          spf.result == 'softfail' && !spf.aligned         | {spf: {result: softfail, domain: other.example}}
          spf.aligned                                      | {spf.domain: bounce.sender.example}
          helo.result == 'pass' && helo.domain == 'a.b'    | {helo: {result: pass, domain: a.b}}
          dkim.exists(d, d.key_bits == 512 && d.testing)   | {dkim: [{key_bits: 512, testing: true}]}
          dkim[0].length_tag && dkim[0].aligned            | {dkim: [{unsigned_octets: 7}]}
          dmarc.from_domain == 'b.example'                 | {message.from: a@B.example}
          message.from == 'kim@c.example'                  | {dmarc.from_domain: c.example}
          arc.trusted && arc.sealers == ['list.example']   | {arc: {trusted: true, sealers: [list.example]}}
          arc.result == 'pass' && !arc.trusted             | {arc.sealers: [list.example]}
          reported.exists(r, r.method == 'spf')            | {reported: [{method: spf, result: fail}]}
          envelope.mail_from == ''                         | {envelope.mail_from: ''}
          envelope.recipients.exists(r, r == 'a@b.example') | {envelope.recipients: [a@b.example]}
          envelope.client_ip == '203.0.113.9'              | {envelope: {client_ip: 203.0.113.9}}
          message.attachments[0].name == 'a.pdf'           | {message.attachments: [{name: a.pdf}]}
          message.subject == 'Re: 1' && message.size == 5  | {message: {subject: 'Re: 1', size: 5}}
          'first-contact' in signals                       | {signals: [first-contact]}
          source == 'rspamd' && !computed                  | {source: rspamd, computed: false}
          uncertain                                        | {uncertain: true}
          uncertain                                        | {dmarc.result: temperror}
          gateway.score > 7.0 && 'BAD' in gateway.symbols  | {gateway: {score: 7.5, symbols: [BAD]}}
          sender.domain.seen == 5                          | {sender.domain: {passed: 3, asked: 2}}
          sender.address.first_days == 30                  | {sender.address: {seen: 2, first_days: 30}}
          now.date == '2026-11-26' && now.weekday == 'thu' | {}
          """)
  void everyFactCanBeStated(String when, String evidence) throws PolicyProblem {
    Policy policy =
        Policy.parse(
            """
            chains: {a: {name: A, approvers: [kim], window: 1h}}
            rules:
              - name: r
                when: >-
                  %s
                do: release
            """
                .formatted(when),
            "policy.yaml");

    assertThat(policy.rule(stated(evidence)).rule()).isEqualTo("r");
  }

  @Test
  void aMessageToExamineHasItsEnvelopeAndWhatIsKnownBesides() throws PolicyProblem {
    TestCase test =
        only(
            """
            cases:
              - name: bounce
                message: bounce.eml
                zone: zone.yaml
                ip: 192.0.2.7
                helo: mx.b.example
                from: <>
                recipients: lee@here.example
                evidence: {sender.domain.seen: 4, gateway.score: 3}
                expect: {do: ask, rule: not proved, chain: admins, shadows: []}
            """);

    Given.Mail mail = (Given.Mail) test.given();
    assertThat(mail.zone()).contains("zone.yaml");
    assertThat(mail.envelope().mailFrom()).isEmpty();
    assertThat(mail.context().domain().seen()).isEqualTo(4);
    assertThat(mail.context().gateway()).isPresent();
    assertThat(test.line()).isEqualTo(2);
    assertThat(test.expected())
        .isEqualTo(
            new Expectation(
                "ask", Optional.of("not proved"), Optional.of("admins"), Optional.of(List.of())));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          evidence: {dmrac.result: pass}          | t.yaml:3:16: there is no fact "dmrac"; there are spf, helo, dkim
          evidence: {dmarc: {reslut: pass}}       | did you mean dmarc.result?
          evidence: {dmarc.result: pas}           | dmarc.result is never "pas"; it is pass, fail
          evidence: {dmarc: pass}                 | dmarc has facts below it: result, policy
          evidence: {dkim.result: pass}           | dkim is a list: write dkim: [{result: …}]
          evidence: {source.name: pass}           | source has no facts below it
          evidence: {dkim: pass}                  | dkim must be a list
          evidence: {dkim: [pass]}                | this has facts below it: result, domain
          evidence: {signals: [first-contct]}     | did you mean first-contact?
          evidence: {message.size: -1}            | message.size is a whole number, not "-1"
          evidence: {gateway.score: high}         | gateway.score is a number, not "high"
          evidence: {computed: yes}               | computed is true or false, not "yes"
          evidence: {now.hour: 3}                 | the time of arrival is said by
          evidence: {envelope.client_ip: a}       | "a" is no address such as
          evidence: {envelope.recipients: [a]}    | "a" is no mail address
          evidence: {arc: {trusted: true, result: fail}} | only a chain that passes is trusted
          evidence: {uncertain: false, spf.result: temperror} | uncertain is true because
          evidence: {dmarc.result: fail, dkim: [{result: pass}]} | DMARC does not fail beside an aligned SPF or DKIM that passes
          evidence: {spf.result: pass, spf: {result: fail}} | spf.result is stated twice
          message: a.eml                          | a case with a message has no ip
          at: tomorrow                            | "tomorrow" is not a time such as 2026-11-26T09:30:00+01:00
          evidnce: {}                             | did you mean evidence?
          ip: 192.0.2.1                           | the case has no message
          """)
  void whatIsWrongIsShownWithItsPlace(String line, String complaint) {
    String yaml = "cases:\n  - name: a\n    %s\n    expect: release\n".formatted(line);

    assertThatThrownBy(() -> TestFile.parse(yaml, "t.yaml"))
        .isInstanceOf(PolicyProblem.class)
        .hasMessageContaining("t.yaml:")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cases: []                                       | the file has no cases
          []                                              | a file of tests must be a mapping
          cases: [{evidence: {}, expect: release}]        | the case has no name
          cases: [{name: a, evidence: {}}]                | the case has no expect
          cases: [{name: a, evidence: {}, expect: {}}]    | expect has no do
          cases: [{name: a, evidence: {}, expect: relase}] | did you mean release?
          cases: [{name: a, evidence: {}, expect: {do: release, chain: a}}] | only a message that is asked
          {policy: [a], cases: []}                        | policy must be one value
          {home: {own-domains: ['a b']}, cases: []}       | "a b" is no domain
          """)
  void aFileThatIsNoTestIsRefused(String yaml, String complaint) {
    assertThatThrownBy(() -> TestFile.parse(yaml, "t.yaml"))
        .isInstanceOf(PolicyProblem.class)
        .hasMessageContaining(complaint);
  }

  private static Situation stated(String evidence) throws PolicyProblem {
    TestCase test =
        only(
            """
            cases:
              - name: a
                at: 2026-11-26T10:30:00+01:00
                evidence: %s
                expect: release
            """
                .formatted(evidence));
    return ((Given.Stated) test.given()).situation();
  }

  private static TestCase only(String yaml) throws PolicyProblem {
    return TestFile.parse(yaml, "t.yaml").cases().getFirst();
  }
}
