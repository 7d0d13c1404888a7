package dev.postern.approval;

import java.util.Optional;

/**
 * The last whole reading of each user group, for all replicas and for the next start. Safe for many
 * threads; never to be asked within a transaction, which has a connection already.
 */
public interface GroupReadings {

  /** The newest reading of a group; empty where there is none. */
  Optional<GroupReading> last(String group);

  /** Keeps a reading unless a newer one of the group is there. */
  void keep(GroupReading reading);
}
