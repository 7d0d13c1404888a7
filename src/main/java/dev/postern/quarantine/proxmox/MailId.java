package dev.postern.quarantine.proxmox;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Proxmox calls one recipient's copy: node of the cluster, message, ticket of the recipient.
 */
record MailId(String text) {
  private static final Pattern FORM = Pattern.compile("C[0-9]{1,9}R[0-9]{1,18}T[0-9]{1,18}");

  /** Reads an id; empty where it is none, whatever it is. */
  static Optional<MailId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new MailId(text)) : Optional.empty();
  }

  @Override
  public String toString() {
    return text;
  }
}
