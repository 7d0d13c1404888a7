package dev.postern.evidence.signal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every fact that can be raised. {@code docs/evidence.md} says when, with which values. */
public enum SignalKind {
  /** A display name holds an address of somebody else. */
  NAME_SHOWS_ADDRESS,
  /** A display name holds the domain of somebody else. */
  NAME_SHOWS_DOMAIN,
  /** A display name is that of a colleague; the address is not the firm's. */
  NAME_OF_COLLEAGUE,
  /** Answers go to another organization than From names. */
  REPLY_TO_ELSEWHERE,
  /** Bounces go to another organization than From names. */
  MAIL_FROM_ELSEWHERE,
  /** The From domain looks like one that the firm knows. */
  FROM_LOOKALIKE,
  /** A label of the From domain mixes scripts. */
  FROM_MIXED_SCRIPTS,
  /** A label of the From domain has letters that only look like a to z. */
  FROM_READS_AS_LATIN,
  /** The From domain is an internationalised one. */
  FROM_PUNYCODE,
  /** The same of a Reply-To domain. */
  REPLY_TO_LOOKALIKE,
  REPLY_TO_MIXED_SCRIPTS,
  REPLY_TO_READS_AS_LATIN,
  REPLY_TO_PUNYCODE,
  /** The same of a host that a link points to. */
  LINK_LOOKALIKE,
  LINK_MIXED_SCRIPTS,
  LINK_READS_AS_LATIN,
  LINK_PUNYCODE,
  /** A link shows one host and points to another. */
  LINK_TEXT_ELSEWHERE,
  /** An attached file runs when it is opened. */
  PROGRAM_ATTACHED,
  /** It is named as if it were a document. */
  PROGRAM_NAMED_AS_DOCUMENT,
  /** Name, declared type and content of an attached file contradict each other. */
  FILE_NOT_AS_DECLARED,
  /** Characters in the name of an attached file change the order in which it is read. */
  FILE_NAME_REORDERED,
  /** There is no earlier case from the From domain. */
  FIRST_CONTACT,
  /** The client's address has no name. */
  NO_REVERSE_DNS,
  /** No name of the client's address leads back to it. */
  REVERSE_DNS_UNCONFIRMED,
  /** The name in HELO is not that of the client. */
  HELO_ELSEWHERE,
  /** The firm's gateway received the message over TLS. */
  RECEIVED_WITH_TLS,
  /** The firm's gateway received the message in clear. */
  RECEIVED_WITHOUT_TLS,
  /** A field with results passes for one of the firm's gateways. */
  FORGED_AUTHENTICATION_RESULTS;

  private static final Map<String, SignalKind> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toMap(SignalKind::word, Function.identity()));

  /** The name in evidence and policy: {@code reply-to-elsewhere}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The kind of that name; empty for one that a later version wrote. */
  public static Optional<SignalKind> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }
}
