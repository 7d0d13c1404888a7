package dev.postern.quarantine;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import java.util.List;

/** A mail system that holds mail, as a test needs it. */
public interface HoldingSystem extends AutoCloseable {
  /** How Postern asks it. */
  Holdings holdings();

  /** How Postern tells it. */
  Quarantine quarantine();

  /** Has a message held; returns when it is. Where each recipient is a hold, the first one's. */
  HoldRef hold(String sender, List<String> recipients) throws Exception;

  /** How many messages this recipient got. */
  long reached(String recipient) throws Exception;

  /** Somebody deletes the message past Postern. */
  void deletedByHand(HoldRef hold) throws Exception;

  /** From now on it does not answer. */
  void away() throws Exception;

  /** It answers again. */
  void back() throws Exception;

  @Override
  void close();
}
