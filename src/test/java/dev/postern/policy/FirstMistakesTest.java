package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody writes who never wrote a rule before, and what helps on. */
class FirstMistakesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          from == 'kim@a.example'                | there is no fact "from"; did you mean message.from?
          size(attachments) > 0                  | did you mean message.attachments?
          client_ip == '192.0.2.1'               | did you mean envelope.client_ip?
          message.from = 'kim@a.example'         | = compares nothing: write ==
          uncertain and computed                 | and, or, not are written &&, ||, !
          uncertain or computed                  | and, or, not are written &&, ||, !
          dmarc.result == pass                   | "pass" is no fact; as a text it stands in quotes: 'pass'
          "'invoice' in message.subject"         | in looks into lists; write text.contains(x)
          message.from.domain == 'a.example'     | a text has no facts below it; text.endsWith(x)
          'first-contact' in signals             | quote the whole expression
          """)
  void theMendIsSaid(String when, String mend) {
    String policy =
        """
        chains: {a: {name: A, approvers: [kim], window: 1h}}
        rules:
          - name: r
            when: %s
            do: release
        """
            .formatted(when);

    assertThatThrownBy(() -> Policy.parse(policy, "policy.yaml"))
        .isInstanceOf(PolicyProblem.class)
        .hasMessageContaining(mend);
  }
}
