package dev.postern.mail;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which delivery status notifications the sender wants (RFC 3461), in the words of the wire, so
 * that they are passed on as they came.
 *
 * @param ret how much of the message a notice returns (§4.3): FULL or HDRS
 * @param envid what the sender calls this envelope (§4.4), as xtext
 * @param recipients what is wanted for whom; who is not in it, nothing was said of
 */
public record Dsn(
    Optional<String> ret, Optional<String> envid, Map<EmailAddress, Wish> recipients) {

  /** Nothing was said. */
  public static final Dsn NONE = new Dsn(Optional.empty(), Optional.empty(), Map.of());

  /** §4: at most 100 octets of ENVID and 500 of ORCPT. */
  private static final Pattern ENVID = xtext("", 100);

  private static final Pattern ORCPT = xtext("[A-Za-z0-9-]{1,40};", 500);
  private static final Pattern RET = Pattern.compile("FULL|HDRS");
  private static final Pattern NOTIFY =
      Pattern.compile("NEVER|(SUCCESS|FAILURE|DELAY)(,(SUCCESS|FAILURE|DELAY)){0,2}");

  /**
   * What is wanted for one recipient.
   *
   * @param when in which cases, NOTIFY (§4.1): NEVER, or some of SUCCESS, FAILURE and DELAY
   * @param orcpt how the sender wrote the address (§4.2), as type and xtext
   */
  public record Wish(Optional<String> when, Optional<String> orcpt) {
    /** Nothing was said. */
    public static final Wish NONE = new Wish(Optional.empty(), Optional.empty());

    /** Refuses what no client may say: these words go to other servers. */
    public Wish {
      check("NOTIFY", when, NOTIFY);
      check("ORCPT", orcpt, ORCPT);
    }

    /** What stands behind RCPT; empty text where nothing was said. */
    public String parameters() {
      return text("NOTIFY", when) + text("ORCPT", orcpt);
    }
  }

  /** Refuses what no client may say, and copies the map in its order. */
  public Dsn {
    check("RET", ret, RET);
    check("ENVID", envid, ENVID);
    recipients = Collections.unmodifiableMap(new LinkedHashMap<>(recipients));
  }

  /** Whether these words can be passed on as ENVID. */
  public static boolean isEnvid(String words) {
    return ENVID.matcher(words).matches();
  }

  /** Whether these words can be passed on as ORCPT. */
  public static boolean isOrcpt(String words) {
    return ORCPT.matcher(words).matches();
  }

  /** What stands behind MAIL; empty text where nothing was said. */
  public String parameters() {
    return text("RET", ret) + text("ENVID", envid);
  }

  /** What stands behind RCPT of this recipient; empty text where nothing was said. */
  public String parameters(EmailAddress recipient) {
    Wish wish = recipients.get(recipient);
    return wish == null ? "" : wish.parameters();
  }

  private static String text(String keyword, Optional<String> value) {
    return value.map(it -> " " + keyword + "=" + it).orElse("");
  }

  private static void check(String keyword, Optional<String> value, Pattern form) {
    if (value.isPresent() && !form.matcher(value.get()).matches()) {
      throw new IllegalArgumentException(keyword + " has not the form that RFC 3461 gives it");
    }
  }

  private static Pattern xtext(String before, int longest) {
    return Pattern.compile("(?=.{1," + longest + "}$)" + before + "([!-*,-<>-~]|\\+[0-9A-F]{2})+");
  }
}
