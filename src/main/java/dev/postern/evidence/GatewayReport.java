package dev.postern.evidence;

import java.util.List;

/**
 * What a gateway found in a message by its own rules. It is that gateway's word, shown beside our
 * evidence and never part of it. All texts are hostile: options of a finding quote the message.
 *
 * @param gateway its configured name
 * @param action what it did, or asked for, in its own word
 * @param score the sum of its findings
 * @param findings in no order
 */
public record GatewayReport(
    String gateway, String action, double score, List<GatewayReport.Finding> findings) {

  /**
   * One rule that applied.
   *
   * @param name of the rule, for example {@code DMARC_POLICY_REJECT}
   * @param score what it counts
   * @param options what it says besides; often empty
   */
  public record Finding(String name, double score, List<String> options) {
    /** Copies the list, so that a finding never changes. */
    public Finding {
      options = List.copyOf(options);
    }
  }

  /** Copies the list, so that a report never changes. */
  public GatewayReport {
    findings = List.copyOf(findings);
  }
}
