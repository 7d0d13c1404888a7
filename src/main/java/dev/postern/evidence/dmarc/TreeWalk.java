package dev.postern.evidence.dmarc;

import dev.postern.evidence.Answer;
import dev.postern.evidence.Deadline;
import dev.postern.evidence.Dns;
import dev.postern.evidence.DnsName;
import dev.postern.evidence.DnsType;
import dev.postern.mail.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The DNS tree walk of one name (RFC 9989 §4.10).
 *
 * @param start the name
 * @param found the records on the way up, lowest first
 * @param interrupted whether DNS gave no answer before the walk was over
 */
record TreeWalk(DomainName start, List<Found> found, boolean interrupted) {

  /** §4.10 step 4: at most eight questions; longer names lose labels in the first step. */
  private static final int MOST_QUESTIONS = 8;

  /** The one DMARC record at a name. */
  record Found(DomainName at, DmarcRecord record) {}

  /** Walks from {@code start} to the top, or to the first record that says where it ends. */
  static TreeWalk from(DomainName start, Dns dns, Deadline by) {
    List<DomainName> names = names(start);
    expect(names, dns, by);
    List<Found> found = new ArrayList<>();
    for (DomainName name : names) {
      Answer answer = dns.query(DnsName.below("_dmarc", name), DnsType.TXT, by);
      if (answer.status() == Answer.Status.TEMPFAIL) {
        return new TreeWalk(start, found, true);
      }
      Optional<DmarcRecord> record = DmarcRecord.PUBLISHED.of(answer);
      if (record.isPresent()) {
        found.add(new Found(name, record.get()));
        if (record.get().psd() != DmarcRecord.Psd.UNKNOWN) {
          break;
        }
      }
    }
    return new TreeWalk(start, found, false);
  }

  /**
   * Asks for all names of the walk at the same time. A walk that a record ends early does not use
   * what lies above, where names are few and answers are kept: it costs little and saves waiting.
   */
  static void expect(DomainName start, Dns dns, Deadline by) {
    expect(names(start), dns, by);
  }

  private static void expect(List<DomainName> names, Dns dns, Deadline by) {
    for (DomainName name : names) {
      dns.expect(DnsName.below("_dmarc", name), DnsType.TXT, by);
    }
  }

  /**
   * The organizational domain (§4.10.2); empty when the walk was interrupted before it was clear.
   */
  Optional<DomainName> organizationalDomain() {
    if (found.isEmpty()) {
      return interrupted ? Optional.empty() : Optional.of(start);
    }
    Found highest = found.getLast();
    return switch (highest.record().psd()) {
      case NO -> Optional.of(highest.at());
      case YES -> Optional.of(highest.at().equals(start) ? start : oneBelow(highest.at()));
      case UNKNOWN -> interrupted ? Optional.empty() : Optional.of(highest.at());
    };
  }

  /** The record at exactly that name. */
  Optional<Found> at(DomainName name) {
    for (Found each : found) {
      if (each.at().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** The record of the public suffix domain above the start. */
  Optional<Found> publicSuffix() {
    return found.stream().filter(it -> it.record().psd() == DmarcRecord.Psd.YES).findFirst();
  }

  private DomainName oneBelow(DomainName suffix) {
    return suffix(start, suffix.labels().size() + 1);
  }

  private static List<DomainName> names(DomainName start) {
    List<DomainName> names = new ArrayList<>();
    names.add(start);
    for (int keep = Math.min(start.labels().size(), MOST_QUESTIONS) - 1; keep >= 1; keep--) {
      names.add(suffix(start, keep));
    }
    return names;
  }

  private static DomainName suffix(DomainName name, int labels) {
    int dot = name.ascii().length();
    for (int i = 0; i < labels; i++) {
      dot = name.ascii().lastIndexOf('.', dot - 1);
    }
    return new DomainName(name.ascii().substring(dot + 1));
  }
}
