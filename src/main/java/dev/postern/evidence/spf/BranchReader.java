package dev.postern.evidence.spf;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.spf.SpfBranch.Reply;

/** Asks what a term names, without knowing any client. */
final class BranchReader {
  private final Dns dns;
  private final Deadline by;

  BranchReader(Dns dns, Deadline by) {
    this.dns = dns;
    this.by = by;
  }

  /** What DNS says about a term that leads to no other record. */
  Reply reply(SpfBranch step) {
    if (step.name().isEmpty()) {
      return Reply.NOT_ASKED;
    }
    DnsName name = new DnsName(step.name());
    return switch (step.kind()) {
      case A -> addresses(name);
      case MX -> hosts(dns.query(name, DnsType.MX, by));
      case EXISTS -> of(dns.query(name, DnsType.A, by));
      // The names of a ptr are those of the client.
      case ALL, IP, PTR, INCLUDE, REDIRECT -> Reply.NOT_ASKED;
    };
  }

  private Reply addresses(DnsName name) {
    Answer ip4 = dns.query(name, DnsType.A, by);
    Answer ip6 = dns.query(name, DnsType.AAAA, by);
    if (ip4.status() == Status.TEMPFAIL || ip6.status() == Status.TEMPFAIL) {
      return Reply.NO_ANSWER;
    }
    boolean some4 = ip4.status() == Status.NOERROR;
    boolean some6 = ip6.status() == Status.NOERROR;
    if (some4 && some6) {
      return Reply.FOUND;
    }
    return some4 ? Reply.VOID_FOR_IP6 : some6 ? Reply.VOID_FOR_IP4 : Reply.VOID;
  }

  private static Reply hosts(Answer mx) {
    return mx.data().size() > ClientMatch.MOST_NAMES ? Reply.TOO_MANY_HOSTS : of(mx);
  }

  private static Reply of(Answer answer) {
    return switch (answer.status()) {
      case NOERROR -> Reply.FOUND;
      case NODATA, NXDOMAIN -> Reply.VOID;
      case TEMPFAIL -> Reply.NO_ANSWER;
    };
  }
}
