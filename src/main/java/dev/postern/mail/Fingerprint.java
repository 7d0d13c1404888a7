package dev.postern.mail;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What makes a message one of its kind: everything a reader is shown, in two strengths. Two
 * messages have equal fingerprints only where they say the same to their readers, but for what
 * {@link Canon} folds: the address and name of the one recipient, a greeting, space. There is no
 * "nearly": a measure of likeness that forgives a greeting forgives an account number, too
 * (docs/decisions/073-one-vote-for-messages-of-one-kind.md).
 *
 * @param kind SHA-256 in hexadecimal; ids in links to the From domain itself do not count
 * @param strict the same where every link counts to the letter
 */
public record Fingerprint(String kind, String strict) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern REPLY_MARK =
      Pattern.compile("(?i)^\\s*(?:re|fwd?|aw|wg|sv|vs|antw|rv|tr)(?:\\[[0-9]{1,3}\\])?\\s*:");
  private static final int MOST_MARKS = 10;
  private static final int MOST_TEXT_OCTETS = 256 * 1024;

  /** Takes hashes that are well formed; anything else is a programmer's error. */
  public Fingerprint {
    if (!HEX.matcher(kind).matches() || !HEX.matcher(strict).matches()) {
      throw new IllegalArgumentException("no fingerprint: " + kind + " " + strict);
    }
  }

  /**
   * The fingerprint of a message. Never throws; linear time, bounded memory.
   *
   * @return empty where the message has no one author domain, or where it cannot be told that all
   *     mail software sees the same in it: broken or excessive MIME
   */
  public static Optional<Fingerprint> of(RawMessage message, Envelope envelope) {
    HeaderFields header = HeaderFields.of(message);
    Authors authors = Authors.of(header);
    Optional<DomainName> from = authors.domain();
    MimeOutline outline = MimeOutline.read(message, header);
    if (from.isEmpty() || !outline.whole() || header.named("Subject").size() > 1) {
      return Optional.empty();
    }
    Canon canon = new Canon(from.get(), envelope.recipients());
    Hashes hashes = new Hashes();
    hashes.add(from.get().ascii());
    authors.mailboxes().forEach(mailbox -> hashes.add(mailbox.name()));
    AddressList.parse(header.first("Reply-To")).forEach(to -> hashes.add(canon.line(to.written())));
    hashes.add(canon.line(subject(EncodedWords.decode(header.first("Subject")))));
    outline.shape().forEach(hashes::add);
    hashes.add(canon.line(outline.outside()));
    boolean whole = true;
    for (MimePart part : outline.parts()) {
      whole &= add(part, canon, hashes);
    }
    return whole ? Optional.of(hashes.fingerprint()) : Optional.empty();
  }

  /** The subject without marks of replies; what holds a digit is as good as any other such word. */
  private static String subject(String decoded) {
    String text = decoded;
    for (int i = 0; i < MOST_MARKS; i++) {
      text = REPLY_MARK.matcher(text).replaceFirst("");
    }
    return Canon.numbersFolded(text.toLowerCase(Locale.ROOT));
  }

  private static boolean add(MimePart part, Canon canon, Hashes hashes) {
    boolean html = part.type().equals("text/html");
    boolean text = html || part.type().equals("text/plain");
    hashes.add(part.type());
    hashes.add(part.disposition());
    if (!text || part.isFile() || part.decodedSize() > MOST_TEXT_OCTETS) {
      hashes.add(fileName(part.fileName()));
      Optional<String> content = part.sha256();
      hashes.add(content.orElse(""));
      return content.isPresent();
    }
    hashes.add(part.charset());
    String shown = part.text(MOST_TEXT_OCTETS);
    String same = canon.text(shown, html);
    hashes.add(canon.linksFolded(same), same);
    return !shown.isEmpty() || part.from() == part.to() || part.sha256().isPresent();
  }

  /** Names of files are numbered; what opens them hangs on the end of the name. */
  private static String fileName(String name) {
    int dot = Math.max(0, name.lastIndexOf('.'));
    return Canon.numbersFolded(name.substring(0, dot)) + name.substring(dot);
  }

  /** Two hashes of a list of texts, each with its length, so that none runs into the next. */
  private static final class Hashes {
    private final MessageDigest kind = sha256();
    private final MessageDigest strict = sha256();

    void add(String text) {
      add(text, text);
    }

    void add(String loose, String exact) {
      for (var one : List.of(new Entry(kind, loose), new Entry(strict, exact))) {
        byte[] octets = one.text().getBytes(StandardCharsets.UTF_8);
        one.into().update((octets.length + ":").getBytes(StandardCharsets.US_ASCII));
        one.into().update(octets);
      }
    }

    private record Entry(MessageDigest into, String text) {}

    Fingerprint fingerprint() {
      HexFormat hex = HexFormat.of();
      return new Fingerprint(hex.formatHex(kind.digest()), hex.formatHex(strict.digest()));
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException everyJdkHasIt) {
        throw new IllegalStateException(everyJdkHasIt);
      }
    }
  }
}
