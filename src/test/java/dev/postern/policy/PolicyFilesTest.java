package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Included files and lists. */
class PolicyFilesTest {
  private static final String CHAINS =
      "chains:\n  admins: {name: Admins, approvers: [kim], window: 4h}\n";

  private final Map<String, String> folder = new HashMap<>();

  @Test
  void rulesOfAnIncludedFileStandInItsPlace() throws PolicyProblem {
    folder.put(
        "partners.yaml",
        """
        lists: {near: {domains: [firm.example]}}
        rules:
          - {name: partner, when: "message.from.listed('near')", do: release}
        """);

    Policy policy =
        parse(
            CHAINS
                + """
                rules:
                  - {name: first, when: uncertain, do: discard}
                  - include: partners.yaml
                  - {name: last, when: "!message.from.listed('near')", do: discard}
                """);

    assertThat(policy.rules()).containsExactly("first", "partner", "last");
    assertThat(policy.rule(ASituation.proved().build()).rule()).isEqualTo("partner");
  }

  @Test
  void theVersionIsOfAllFiles() throws PolicyProblem {
    String main = CHAINS + "lists: {l: {domains-from: l.txt}}\nrules: []\n";
    folder.put("l.txt", "a.example # a remark\n\n*.b.example\n");
    String before = parse(main).version();
    folder.put("l.txt", "a.example\n");

    assertThat(parse(main).version()).isNotEqualTo(before);
  }

  @Test
  void mistakesAreNamedWithTheirFile() {
    folder.put("more.yaml", "rules:\n  - {name: r, when: tru, do: release}\n");
    folder.put("l.txt", "ok.example\nnot a domain\n");

    PolicyProblem problem =
        problem(
            CHAINS + "lists: {l: {domains-from: l.txt}}\nrules:\n  - include: more.yaml\n  - {}\n");

    assertThat(String.valueOf(problem.getMessage()).lines())
        .anyMatch(it -> it.startsWith("p.yaml:6:5: the rule has no name"))
        .anyMatch(it -> it.startsWith("more.yaml:2:21: when: there is no fact \"tru\""))
        .anyMatch(it -> it.startsWith("l.txt:2:1: domains lists a domain such as"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          p.yaml           | files include each other: p.yaml includes p.yaml
          a.yaml           | files include each other: p.yaml includes a.yaml includes b.yaml includes a.yaml
          ../secret.yaml   | must be a file in the folder of the policy
          /etc/passwd      | must be a file in the folder of the policy
          .hidden          | must be a file in the folder of the policy
          gone.yaml        | there is no gone.yaml
          """)
  void includesThatCannotBe(String name, String what) {
    folder.put("a.yaml", "rules:\n  - include: b.yaml\n");
    folder.put("b.yaml", "rules:\n  - include: a.yaml\n");

    assertThat(problem(CHAINS + "rules:\n  - include: " + name + "\n").getMessage()).contains(what);
  }

  @Test
  void whatOneFileHasAnotherCannotHaveToo() {
    folder.put(
        "b.yaml",
        CHAINS
            + "lists: {l: {domains: [a.example]}}\nrules: [{name: r, when: uncertain, do: release}]\notherwise: x");

    String said =
        problem(
                CHAINS
                    + "lists: {l: {domains: [a.example]}}\nrules: [{name: r, when: computed, do: release}, {include: b.yaml}]\n")
            .getMessage();

    assertThat(said)
        .contains("there are two chains named \"admins\"")
        .contains("there are two lists named \"l\"")
        .contains("there are two rules named \"r\"")
        .contains("b.yaml:5:1: the file has no key \"otherwise\"");
  }

  @ParameterizedTest(name = "{0} among {1}: {2}")
  @CsvSource({
    "kim@firm.example, domains: [firm.example], true",
    "KIM@Firm.Example, domains: [firm.example], true",
    "kim@sub.firm.example, domains: [firm.example], false",
    "kim@sub.firm.example, domains: ['*.firm.example'], true",
    "kim@firm.example, domains: ['*.firm.example'], false",
    "kim@firm.example, addresses: [Kim@firm.example], true",
    "lee@firm.example, addresses: [kim@firm.example], false",
    "kim@bücher.example, domains: [bücher.example], true",
    "xn--bcher-kva.example, domains: [bücher.example], true",
    "192.0.2.7, networks: [192.0.2.0/24], true",
    "192.0.3.7, networks: [192.0.2.0/24], false",
    "192.0.2.7, networks: [192.0.2.7], true",
    "2001:db8::1, networks: ['2001:db8::/32'], true",
    "2001:db9::1, networks: ['2001:db8::/32'], false",
    "10.0.0.1, networks: [0.0.0.0/0], true",
    "::1, networks: [0.0.0.0/0], false",
  })
  void aListHas(String text, String list, boolean has) throws PolicyProblem {
    Policy policy =
        parse(
            CHAINS
                + "lists: {l: {%s}}\nrules: [{name: r, when: \"message.subject.listed('l')\", do: release}]\n"
                    .formatted(list));

    boolean released =
        policy.rule(ASituation.proved().with(it -> it.subject = text).build()).rule().equals("r");

    assertThat(released).isEqualTo(has);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {domains: [a b]}               | domains lists a domain such as partner.example
          {domains: [kim@a.example]}     | domains lists a domain such as partner.example
          {addresses: [a.example]}       | addresses lists an address such as
          {networks: [192.0.2.1/24]}     | without bits behind its prefix
          {networks: [192.0.2.0/33]}     | networks lists a network
          {networks: [host.example]}     | networks lists a network
          {}                             | list l is empty
          {domain: [a.example]}          | did you mean domains?
          {domains: a.example}           | domains must be a list
          """)
  void aListThatIsWrong(String list, String what) {
    assertThat(problem(CHAINS + "lists: {l: " + list + "}\nrules: []\n").getMessage())
        .contains(what);
  }

  @Test
  void hugeListsAndHugePoliciesAreRefused() {
    folder.put("l.txt", "x.example\n".repeat(1_000_000));
    String rules =
        IntStream.range(0, 1200)
            .mapToObj(i -> "- {name: r%d, when: message.size == %d, do: release}\n".formatted(i, i))
            .collect(Collectors.joining());

    assertThat(problem(CHAINS + "lists: {l: {domains-from: l.txt}}\nrules: []\n").getMessage())
        .contains("l.txt:200001:1: a list has at most 200,000 entries");
    assertThat(problem(CHAINS + "rules:\n" + rules).getMessage())
        .contains("p.yaml:1004:3: a policy has at most 1,000 rules");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          message.from.listed('neer')    | there is no list "neer"; did you mean near?
          message.from.listed(source)    | the name of a list must be written out
          """)
  void aListThatIsNotThere(String when, String what) {
    assertThat(
            problem(
                    CHAINS
                        + "lists: {near: {domains: [a.example]}}\nrules: [{name: r, do: release, when: \"%s\"}]\n"
                            .formatted(when))
                .getMessage())
        .contains(what);
  }

  private Policy parse(String yaml) throws PolicyProblem {
    return Policy.parse(yaml, "p.yaml", this::read);
  }

  private String read(String name) throws IOException {
    String text = folder.get(name);
    if (text == null) {
      throw new IOException("there is no " + name);
    }
    return text;
  }

  private PolicyProblem problem(String yaml) {
    return catchThrowableOfType(PolicyProblem.class, () -> parse(yaml));
  }
}
