package dev.postern.evidence.dkim;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers from a table of TXT records; every other name does not exist. Counts the questions. */
final class SuiteDns implements Dns {
  private final Map<String, Answer> answers;
  final AtomicInteger questions = new AtomicInteger();

  SuiteDns(Map<String, Answer> answers) {
    this.answers = answers;
  }

  @Override
  public Answer query(DnsName name, DnsType type, Deadline by) {
    questions.incrementAndGet();
    Answer none = Answer.without(Answer.Status.NXDOMAIN, 60);
    return type == DnsType.TXT ? answers.getOrDefault(name.text(), none) : none;
  }
}
