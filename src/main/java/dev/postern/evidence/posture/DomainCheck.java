package dev.postern.evidence.posture;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.Branches;
import dev.postern.evidence.Branches.Branch;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.evidence.RecordingDns;
import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.evidence.posture.Published.BesideSpf;
import dev.postern.evidence.posture.Published.Texts;
import dev.postern.evidence.spf.SpfOutline;
import dev.postern.evidence.spf.SpfOutline.Standing;
import dev.postern.mail.DomainName;
import java.time.Duration;
import java.util.List;

/**
 * Finds out what a domain publishes about its mail, and what is to be said about it. Everything
 * independent is asked at once, on virtual threads. Safe for many threads.
 */
public final class DomainCheck {

  /** More is not read of a record of any other kind: nothing real comes near. */
  private static final int MOST_TEXTS = 20;

  private static final int LONGEST_TEXT = 4000;

  private final Dns dns;
  private final Duration budget;

  /**
   * A check that asks {@code dns}.
   *
   * @param budget time for one domain; what DNS has not answered by then is temporary
   */
  public DomainCheck(Dns dns, Duration budget) {
    this.dns = dns;
    this.budget = budget;
  }

  /**
   * Checks one domain. Never throws for what it publishes or its name servers do, and returns
   * within the budget.
   *
   * @param selectors DKIM selectors to ask for besides the well-known ones
   */
  public Posture check(DomainName domain, List<DomainName> selectors) {
    Published published = publishedBy(domain, selectors);
    return new Posture(domain, published, Judgement.of(domain, published));
  }

  private Published publishedBy(DomainName domain, List<DomainName> selectors) {
    Deadline by = Deadline.in(budget);
    try (Branches threads = new Branches(by)) {
      var mail = threads.start(() -> MailHosts.of(domain, own(), by), MailHosts.unanswered());
      var spf =
          threads.start(
              () -> SpfOutline.of(domain, own(), by),
              new SpfOutline(domain.ascii(), Standing.NO_ANSWER, "", List.of(), 0, 0, ""));
      var beside = threads.start(() -> besideSpf(domain, by), new BesideSpf(List.of(), false));
      var keys =
          threads.start(
              () -> SelectorKeys.of(domain, selectors, own(), by),
              SelectorKeys.unanswered(selectors));
      var dmarc = threads.start(() -> Dmarc.of(domain, own(), by), Dmarc.unanswered(domain));
      var mtaSts = texts(threads, "_mta-sts", domain, "v=STSv1", by);
      var tlsRpt = texts(threads, "_smtp._tls", domain, "v=TLSRPTv1", by);
      var bimi = texts(threads, "default._bimi", domain, "v=BIMI1", by);
      return new Published(
          mail.join(),
          spf.join(),
          beside.join(),
          keys.join(),
          dmarc.join().policy(),
          dmarc.join().reports(),
          mtaSts.join(),
          tlsRpt.join(),
          bimi.join());
    }
  }

  /** Each part has its own bound of questions, so that none can starve another. */
  private Dns own() {
    return new RecordingDns(dns);
  }

  private record Dmarc(PublishedPolicy policy, List<ReportTarget> reports) {
    static Dmarc of(DomainName domain, Dns dns, Deadline by) {
      PublishedPolicy policy = PublishedPolicy.of(domain, dns, by);
      return new Dmarc(policy, ReportTarget.of(policy, dns, by));
    }

    static Dmarc unanswered(DomainName domain) {
      return new Dmarc(PublishedPolicy.unanswered(domain), List.of());
    }
  }

  private BesideSpf besideSpf(DomainName domain, Deadline by) {
    Dns own = own();
    DnsName name = new DnsName(domain.ascii());
    List<String> nearMisses =
        own.query(name, DnsType.TXT, by).data().stream()
            .filter(SpfOutline::isNearMiss)
            .limit(MOST_TEXTS)
            .map(DomainCheck::shortened)
            .toList();
    boolean deprecated = own.query(name, DnsType.SPF, by).status() == Status.NOERROR;
    return new BesideSpf(nearMisses, deprecated);
  }

  private Branch<Texts> texts(
      Branches threads, String prefix, DomainName domain, String version, Deadline by) {
    DnsName name = DnsName.below(prefix, domain);
    return threads.start(
        () -> texts(name, own().query(name, DnsType.TXT, by), version),
        new Texts(name.text(), Status.TEMPFAIL, List.of(), 0));
  }

  private static Texts texts(DnsName name, Answer answer, String version) {
    List<String> records =
        answer.data().stream()
            .filter(it -> beginsWith(it, version))
            .limit(MOST_TEXTS)
            .map(DomainCheck::shortened)
            .toList();
    long others = answer.data().stream().filter(it -> !beginsWith(it, version)).count();
    return new Texts(name.text(), answer.status(), records, (int) others);
  }

  private static boolean beginsWith(String text, String version) {
    String rest = text.startsWith(version) ? text.substring(version.length()).stripLeading() : "-";
    return rest.isEmpty() || rest.startsWith(";");
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }
}
