package dev.postern.evidence.posture;

import dev.postern.evidence.Answer.Status;
import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.evidence.spf.SpfOutline;
import java.util.List;

/**
 * What DNS said about a domain, before anybody judged it. Texts are as published and hostile.
 *
 * @param mail who takes its mail
 * @param spf its SPF record with all that this includes
 * @param besideSpf what stands beside it
 * @param keys DKIM keys that could be looked for
 * @param dmarc its DMARC record or that of a domain above
 * @param reports where reports are to be sent
 * @param mtaSts TXT below {@code _mta-sts}
 * @param tlsRpt TXT below {@code _smtp._tls}
 * @param bimi TXT below {@code default._bimi}
 */
public record Published(
    MailHosts mail,
    SpfOutline spf,
    BesideSpf besideSpf,
    SelectorKeys keys,
    PublishedPolicy dmarc,
    List<ReportTarget> reports,
    Texts mtaSts,
    Texts tlsRpt,
    Texts bimi) {

  /** Copies the list, so that it never changes. */
  public Published {
    reports = List.copyOf(reports);
  }

  /**
   * What people take for SPF and receivers do not.
   *
   * @param nearMisses TXT records of the domain that begin almost like an SPF record
   * @param deprecatedType whether there is a record of type SPF (99), which nobody asks for
   */
  public record BesideSpf(List<String> nearMisses, boolean deprecatedType) {
    /** Copies the list, so that it never changes. */
    public BesideSpf {
      nearMisses = List.copyOf(nearMisses);
    }
  }

  /**
   * TXT records that begin with one version tag.
   *
   * @param name the owner name
   * @param status the kind of answer
   * @param records those with the right version
   * @param others how many are there besides
   */
  public record Texts(String name, Status status, List<String> records, int others) {
    /** Copies the list, so that it never changes. */
    public Texts {
      records = List.copyOf(records);
    }
  }
}
