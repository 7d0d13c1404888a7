package dev.postern.evidence;

import dev.postern.mail.MessageHash;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence for tests: by default a message of {@code supplier.example} whose checks all pass.
 *
 * <pre>{@code anEvidence().fromDomain("paypal.com").spf(PASS, "bulk.example", false).dmarc(FAIL)}
 * </pre>
 */
public final class EvidenceBuilder {
  private Origin origin =
      new Origin.Computed(
          MessageHash.read("0f".repeat(32)), "192.0.2.1", "mx.client.example", "kim@a.example");
  private SpfFinding spf = spfFinding(SpfResult.PASS, "supplier.example", true);
  private List<DkimFinding> dkim = List.of(dkimFinding(DkimResult.PASS, "supplier.example", true));
  private ArcFinding arc = ArcFinding.none();
  private List<ReportedResult> reported = List.of();
  private List<Signal> signals = List.of();
  private String fromDomain = "supplier.example";
  private DmarcResult dmarc = DmarcResult.PASS;
  private DmarcPolicy policy = DmarcPolicy.REJECT;
  private List<DnsRecord> dns =
      List.of(
          new DnsRecord(
              new DnsName("_dmarc.supplier.example"),
              DnsType.TXT,
              Answer.of(List.of("v=DMARC1; p=reject"), 3600, false),
              2));

  private EvidenceBuilder() {}

  /** Evidence of an aligned pass. */
  public static EvidenceBuilder anEvidence() {
    return new EvidenceBuilder();
  }

  /** From says {@code paypal.com}, everything that passes is of a bulk sender. */
  public static EvidenceBuilder aSpoof() {
    return anEvidence()
        .fromDomain("paypal.com")
        .spf(SpfResult.PASS, "bulkhost.example", false)
        .dkim(dkimFinding(DkimResult.PASS, "bulkhost.example", false))
        .dmarc(DmarcResult.FAIL, DmarcPolicy.REJECT);
  }

  /** One DKIM finding with usual values. */
  public static DkimFinding dkimFinding(DkimResult result, String domain, boolean aligned) {
    String reason = result == DkimResult.PASS ? "" : "body changed after signing";
    return new DkimFinding(
        result, domain, "s1", "", "rsa-sha256", 2048, false, reason, false, 0, 0, aligned);
  }

  /** Reported by a gateway instead of computed. */
  public EvidenceBuilder reportedBy(String gateway) {
    origin = new Origin.Reported(gateway);
    return this;
  }

  /** The author domain; empty where From names none or several. */
  public EvidenceBuilder fromDomain(String domain) {
    fromDomain = domain;
    return this;
  }

  /** SPF of the MAIL FROM identity. */
  public EvidenceBuilder spf(SpfResult result, String domain, boolean aligned) {
    spf = spfFinding(result, domain, aligned);
    return this;
  }

  /** The signatures, in message order. */
  public EvidenceBuilder dkim(DkimFinding... findings) {
    dkim = List.of(findings);
    return this;
  }

  /** The ARC chain. */
  public EvidenceBuilder arc(ArcResult result, String... sealers) {
    List<ArcHop> hops = new ArrayList<>();
    for (String sealer : sealers) {
      hops.add(new ArcHop(hops.size() + 1, sealer, "s1", false, ""));
    }
    arc = new ArcFinding(result, hops, "", false);
    return this;
  }

  /** The DMARC result and what the record asks for. */
  public EvidenceBuilder dmarc(DmarcResult result, DmarcPolicy asks) {
    dmarc = result;
    policy = asks;
    return this;
  }

  /** The DMARC result with p=reject. */
  public EvidenceBuilder dmarc(DmarcResult result) {
    return dmarc(result, DmarcPolicy.REJECT);
  }

  /** What gateways of the firm wrote into the message. */
  public EvidenceBuilder reported(ReportedResult... all) {
    reported = List.of(all);
    return this;
  }

  /** The derived facts. */
  public EvidenceBuilder signals(Signal... all) {
    signals = List.of(all);
    return this;
  }

  /** One more DNS answer that was used. */
  public EvidenceBuilder dns(String name, DnsType type, Answer answer) {
    List<DnsRecord> more = new ArrayList<>(dns);
    more.add(new DnsRecord(new DnsName(name), type, answer, 2));
    dns = more;
    return this;
  }

  /** The evidence. */
  public Evidence build() {
    SpfFinding helo =
        new SpfFinding(
            SpfResult.NONE,
            SpfFinding.Identity.HELO,
            "mta7.bulkhost.example",
            List.of(),
            0,
            "",
            "",
            false);
    return new Evidence(
        origin, 1_795_502_763L, spf, helo, dkim, arc, dmarcFinding(), reported, signals, dns);
  }

  private DmarcFinding dmarcFinding() {
    boolean found = dmarc == DmarcResult.PASS || dmarc == DmarcResult.FAIL;
    String asks = policy.word();
    return new DmarcFinding(
        dmarc,
        fromDomain,
        fromDomain,
        found ? fromDomain : "",
        found ? policy : DmarcPolicy.NONE,
        dmarc == DmarcResult.FAIL ? policy : DmarcPolicy.NONE,
        false,
        found ? "v=DMARC1; p=" + asks + "; rua=mailto:d@rua.example" : "",
        "");
  }

  private static SpfFinding spfFinding(SpfResult result, String domain, boolean aligned) {
    return new SpfFinding(
        result,
        SpfFinding.Identity.MAILFROM,
        domain,
        List.of(new SpfTerm(domain, "ip4:203.0.113.0/24")),
        0,
        "",
        "",
        aligned);
  }
}
