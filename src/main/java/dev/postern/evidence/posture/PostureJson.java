package dev.postern.evidence.posture;

import dev.postern.evidence.dmarc.PublishedPolicy;
import dev.postern.evidence.spf.SpfBranch;
import dev.postern.evidence.spf.SpfOutline;
import dev.postern.mail.DomainName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A posture as the members of a JSON document, in the order in which people read them. */
public final class PostureJson {
  static final int VERSION = 1;

  private PostureJson() {}

  /** Maps, lists, texts, numbers and truth values; texts are as published. */
  public static Map<String, Object> of(Posture posture) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("version", VERSION);
    document.put("domain", posture.domain().ascii());
    document.put("wanting", posture.wanting());
    document.put("undecided", posture.undecided());
    document.put("sections", posture.sections().stream().map(PostureJson::section).toList());
    Published published = posture.published();
    document.put("mx", published.mail().hosts().stream().map(PostureJson::host).toList());
    document.put("spf", outline(published.spf()));
    document.put(
        "dkim",
        published.keys().selectors().stream()
            .filter(it -> it.named() || !it.keys().isEmpty())
            .map(PostureJson::selector)
            .toList());
    document.put("dmarc", dmarc(published.dmarc()));
    document.put("reports", published.reports().stream().map(PostureJson::report).toList());
    return document;
  }

  private static Map<String, Object> section(Section section) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("topic", section.topic().word());
    members.put("level", section.level().word());
    members.put("findings", section.findings().stream().map(PostureJson::finding).toList());
    return members;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("level", finding.level().word());
    members.put("name", finding.name());
    members.put("what", finding.what());
    members.put("why", finding.why());
    members.put("advice", finding.advice());
    members.put("publish", finding.publish().stream().map(PostureJson::record).toList());
    return members;
  }

  private static Map<String, Object> record(ZoneRecord record) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", record.name());
    members.put("type", record.type());
    members.put("value", record.value());
    members.put("line", record.line());
    return members;
  }

  private static Map<String, Object> host(MailHosts.Host host) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("preference", host.preference());
    members.put("host", host.name());
    members.put("address", word(host.address()));
    members.put("alias", host.alias());
    return members;
  }

  private static Map<String, Object> outline(SpfOutline outline) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("domain", outline.domain());
    members.put("standing", word(outline.standing()));
    members.put("record", outline.record());
    members.put("problem", outline.problem());
    members.put("lookups", outline.lookups());
    members.put("voidsIp4", outline.voids(true));
    members.put("voidsIp6", outline.voids(false));
    members.put("omittedLookups", outline.omitted());
    members.put("terms", outline.branches().stream().map(PostureJson::branch).toList());
    return members;
  }

  private static Map<String, Object> branch(SpfBranch branch) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("term", branch.text());
    members.put("result", branch.result().word());
    members.put("lookups", branch.totalLookups());
    members.put("reply", word(branch.reply()));
    branch.below().ifPresent(below -> members.put("below", outline(below)));
    return members;
  }

  private static Map<String, Object> selector(SelectorKeys.Selector selector) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("selector", selector.name());
    members.put("status", word(selector.status()));
    members.put("alias", selector.alias());
    members.put(
        "keys",
        selector.keys().stream()
            .map(
                key ->
                    Map.of(
                        "type", key.type(),
                        "bits", key.bits(),
                        "revoked", key.revoked(),
                        "testing", key.testing(),
                        "exactIdentity", key.exactIdentity(),
                        "problem", key.problem()))
            .toList());
    return members;
  }

  private static Map<String, Object> dmarc(PublishedPolicy policy) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("walk", policy.walk().stream().map(PostureJson::step).toList());
    members.put(
        "organizationalDomain", policy.organizationalDomain().map(DomainName::ascii).orElse(""));
    members.put("policyDomain", policy.policyDomain().map(DomainName::ascii).orElse(""));
    members.put("record", policy.record());
    members.put("policy", word(policy.own()));
    members.put("subdomains", word(policy.below()));
    members.put("missingSubdomains", word(policy.missing()));
    members.put("testing", policy.testing());
    return members;
  }

  private static Map<String, Object> step(PublishedPolicy.Step step) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", "_dmarc." + step.at());
    members.put("status", word(step.status()));
    members.put("records", step.records());
    return members;
  }

  private static Map<String, Object> report(ReportTarget target) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("tag", target.tag());
    members.put("uri", target.uri());
    members.put("standing", word(target.standing()));
    members.put("permission", target.permission());
    return members;
  }

  private static String word(Optional<PublishedPolicy.Request> request) {
    return request.map(it -> it.policy().word()).orElse("");
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
