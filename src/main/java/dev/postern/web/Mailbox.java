package dev.postern.web;

import java.time.Instant;
import java.util.List;

/** What the built-in next hop of {@code postern try} was given; shown on the page /mailbox. */
public interface Mailbox {

  /** Delivered messages, newest first, at most 200. */
  List<Delivered> delivered();

  /**
   * One delivered message.
   *
   * @param queueId what the next hop called it in its 250 reply
   * @param at when
   * @param mailFrom envelope sender; empty for the null sender
   * @param recipients envelope recipients
   * @param subject decoded; hostile
   * @param size octets
   * @param sha256 of the octets
   */
  record Delivered(
      String queueId,
      Instant at,
      String mailFrom,
      List<String> recipients,
      String subject,
      long size,
      String sha256) {}
}
