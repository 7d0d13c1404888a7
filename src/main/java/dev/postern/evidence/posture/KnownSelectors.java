package dev.postern.evidence.posture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The selectors that well-known signers give to everybody. Selectors cannot be listed in DNS (RFC
 * 6376 §3.1), so these are only where one may look; signers with a random or dated selector per
 * customer are not among them.
 */
public final class KnownSelectors {

  private static final Map<String, List<String>> BY_SIGNER = new LinkedHashMap<>();

  static {
    BY_SIGNER.put("Google Workspace", List.of("google"));
    BY_SIGNER.put("Microsoft 365", List.of("selector1", "selector2"));
    BY_SIGNER.put("Fastmail", List.of("fm1", "fm2", "fm3"));
    BY_SIGNER.put("Proton Mail", List.of("protonmail", "protonmail2", "protonmail3"));
    BY_SIGNER.put("iCloud Mail", List.of("sig1"));
    BY_SIGNER.put("Yahoo", List.of("s1024", "s2048"));
    BY_SIGNER.put("Zoho Mail", List.of("zoho", "zmail"));
    BY_SIGNER.put("mailbox.org", List.of("mbo0001", "mbo0002", "mbo0003", "mbo0004"));
    BY_SIGNER.put("Migadu", List.of("key1", "key2", "key3"));
    BY_SIGNER.put("SendGrid, Tuta", List.of("s1", "s2"));
    BY_SIGNER.put("Mailchimp", List.of("k1", "k2", "k3", "mandrill", "mte1", "mte2"));
    BY_SIGNER.put("Mailgun", List.of("pic", "mailo", "smtp"));
    BY_SIGNER.put("Mailjet", List.of("mailjet"));
    BY_SIGNER.put("Brevo", List.of("brevo1", "brevo2"));
    BY_SIGNER.put("Postmark", List.of("pm"));
    BY_SIGNER.put("Klaviyo", List.of("kl", "kl2"));
    BY_SIGNER.put("Campaign Monitor", List.of("cm"));
    BY_SIGNER.put("Zendesk", List.of("zendesk1", "zendesk2"));
    BY_SIGNER.put("Everlytic", List.of("everlytickey1", "everlytickey2"));
    BY_SIGNER.put("own mail servers", List.of("default", "dkim", "mail", "email", "selector"));
  }

  private KnownSelectors() {}

  /** The selectors, by who uses them. */
  public static Map<String, List<String>> bySigner() {
    return Collections.unmodifiableMap(BY_SIGNER);
  }

  static Stream<String> all() {
    return BY_SIGNER.values().stream().flatMap(List::stream);
  }
}
