package dev.postern.card;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The daily digest: {@code C0MAILOPS1 08:00 Europe/Berlin}, with {@code always} behind it where a
 * day on which nothing happened is told, too.
 *
 * @param channel id of the channel
 * @param at when, each day
 * @param zone where that time is meant
 * @param always whether empty days are told
 */
public record DigestPlan(String channel, LocalTime at, ZoneId zone, boolean always) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\S{1,300}) ([01][0-9]|2[0-3]):([0-5][0-9]) ([A-Za-z0-9_+/-]{1,40})( always)?");

  /**
   * Reads a plan; empty when it is none, or there is no such zone.
   *
   * @param channels what a channel's id looks like on its platform
   */
  public static Optional<DigestPlan> parse(String text, Pattern channels) {
    Matcher form = FORM.matcher(text.strip().replaceAll(" +", " "));
    if (!form.matches() || !channels.matcher(form.group(1)).matches()) {
      return Optional.empty();
    }
    try {
      LocalTime at = LocalTime.of(Integer.parseInt(form.group(2)), Integer.parseInt(form.group(3)));
      ZoneId zone = ZoneId.of(form.group(4));
      return Optional.of(new DigestPlan(form.group(1), at, zone, form.group(5) != null));
    } catch (DateTimeException noSuchZone) {
      return Optional.empty();
    }
  }
}
