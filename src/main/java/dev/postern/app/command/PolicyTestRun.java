package dev.postern.app.command;

import dev.postern.app.settings.PolicyInForce;
import dev.postern.dns.ZoneDns;
import dev.postern.evidence.Dns;
import dev.postern.evidence.Evidence;
import dev.postern.evidence.Examiner;
import dev.postern.evidence.Home;
import dev.postern.evidence.signal.Acquaintance;
import dev.postern.evidence.signal.Signals;
import dev.postern.mail.MessageReader;
import dev.postern.mail.RawMessage;
import dev.postern.policy.Policy;
import dev.postern.policy.PolicyProblem;
import dev.postern.policy.Ruling;
import dev.postern.policy.Situation;
import dev.postern.policy.TestCase;
import dev.postern.policy.TestCase.Given;
import dev.postern.policy.TestFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy said of the messages of one file of tests.
 *
 * @param file as the report calls it
 * @param policyFile as the report calls it
 * @param policy what was asked
 * @param results in the order of the file
 */
record PolicyTestRun(String file, String policyFile, Policy policy, List<Result> results) {
  private static final int LARGEST_MESSAGE = 100 << 20;
  private static final long LARGEST_FILE = 16L << 20;
  private static final Duration BUDGET = Duration.ofSeconds(20);

  /**
   * What it said of one message.
   *
   * @param test the message, and what was expected
   * @param ruling what came
   */
  record Result(TestCase test, Ruling ruling) {
    boolean good() {
      return test.expected().metBy(ruling);
    }
  }

  /**
   * Asks.
   *
   * @param from the folder that reports name files from
   * @param file of tests
   * @param other the policy to ask in place of the one that the file names
   * @throws PolicyProblem with everything that is wrong in the tests or in the policy
   * @throws IOException when a file cannot be read; the message is a sentence
   */
  static PolicyTestRun of(Path from, Path file, Optional<Path> other)
      throws PolicyProblem, IOException {
    String name = shown(from, file);
    TestFile tests = TestFile.parse(text(file, name), name);
    Optional<Path> policyFile = other.or(() -> tests.policy().map(file::resolveSibling));
    Policy policy =
        policyFile.isPresent() ? PolicyInForce.read(policyFile.get()) : Policy.builtIn();
    String asked = policyFile.map(it -> shown(from, it)).orElse("the built-in policy");
    return new PolicyTestRun(name, asked, policy, results(file, tests, policy));
  }

  /**
   * Asks a policy that is not written yet, if the file of tests is for it.
   *
   * @param policyFile where it will stand
   * @return empty where the tests are for another policy
   */
  static Optional<PolicyTestRun> of(Path from, Path file, Path policyFile, Policy policy)
      throws PolicyProblem, IOException {
    String name = shown(from, file);
    TestFile tests = TestFile.parse(text(file, name), name);
    Optional<Path> asked = tests.policy().map(file::resolveSibling).filter(Files::exists);
    return asked.isPresent() && Files.isSameFile(asked.get(), policyFile)
        ? Optional.of(
            new PolicyTestRun(name, shown(from, policyFile), policy, results(file, tests, policy)))
        : Optional.empty();
  }

  private static List<Result> results(Path file, TestFile tests, Policy policy) throws IOException {
    List<Result> results = new ArrayList<>();
    for (TestCase test : tests.cases()) {
      Situation situation =
          switch (test.given()) {
            case Given.Stated(Situation stated) -> stated;
            case Given.Mail mail -> examined(file, mail, tests.home());
          };
      results.add(new Result(test, policy.rule(situation)));
    }
    return results;
  }

  /** Without the messages that another policy did not rule as expected either. */
  PolicyTestRun beyond(PolicyTestRun other) {
    Set<Integer> known = new HashSet<>();
    other.results.stream().filter(it -> !it.good()).forEach(it -> known.add(it.test().line()));
    List<Result> rest =
        results.stream().filter(it -> it.good() || !known.contains(it.test().line())).toList();
    return new PolicyTestRun(file, policyFile, policy, rest);
  }

  /** Where the messages stand in the file that are expected to match this rule in shadow. */
  List<Integer> expectingInShadow(String rule) {
    return results.stream()
        .filter(it -> it.test().expected().shadows().filter(s -> s.contains(rule)).isPresent())
        .map(it -> it.test().line())
        .toList();
  }

  /** Whether every message was ruled as expected. */
  boolean good() {
    return results.stream().allMatch(Result::good);
  }

  /** How many messages were not. */
  long failed() {
    return results.stream().filter(it -> !it.good()).count();
  }

  /** Rules that decided about none of the messages, and matched none in shadow. */
  List<String> untested() {
    Set<String> rules = new LinkedHashSet<>(policy.rules());
    for (Result result : results) {
      rules.remove(result.ruling().rule());
      result.ruling().notes().shadows().forEach(it -> rules.remove(it.rule()));
    }
    return List.copyOf(rules);
  }

  private static Situation examined(Path file, Given.Mail mail, Home home) throws IOException {
    RawMessage message = RawMessage.of(octets(file.resolveSibling(mail.file())));
    Dns dns =
        mail.zone().isPresent()
            ? zone(file.resolveSibling(mail.zone().get()))
            : ZoneDns.of(Map.of());
    Evidence evidence =
        new Examiner(dns, BUDGET, home)
            .with(new Signals(home, Acquaintance.withEverybody()))
            .examine(mail.envelope(), message, mail.context().at().toInstant());
    return new Situation(
        evidence, mail.envelope(), MessageReader.summarise(message), mail.source(), mail.context());
  }

  private static byte[] octets(Path message) throws IOException {
    if (!Files.isRegularFile(message)) {
      throw new IOException("there is no readable message " + message);
    }
    PrintStream nobody = new PrintStream(OutputStream.nullOutputStream());
    byte[] octets =
        LineEnds.ofTheWire(() -> Files.newInputStream(message), LARGEST_MESSAGE, nobody);
    if (octets.length == 0 || octets.length > LARGEST_MESSAGE) {
      throw new IOException(
          message + (octets.length == 0 ? " is empty" : " is larger than 100 MiB"));
    }
    return octets;
  }

  private static Dns zone(Path file) throws IOException {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
        throw new IOException("there is no readable zone file " + file + " of at most 16 MiB");
      }
      return ZoneDns.read(new ByteArrayInputStream(Files.readAllBytes(file)));
    } catch (IllegalArgumentException noZone) {
      throw new IOException("zone " + file + ": " + noZone.getMessage(), noZone);
    }
  }

  private static String text(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file of tests " + name);
    }
    if (Files.size(file) > LARGEST_FILE) {
      throw new IOException(name + " is larger than 16 MiB");
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException notUtf8) {
      throw new IOException(name + " is not UTF-8", notUtf8);
    }
  }

  private static String shown(Path from, Path file) {
    Path folder = from.toAbsolutePath().normalize();
    Path path = file.toAbsolutePath().normalize();
    return (path.startsWith(folder) ? folder.relativize(path) : path).toString();
  }
}
