package dev.postern.web;

import dev.postern.approval.CaseState;
import java.util.EnumSet;
import java.util.Set;

/** The shelves of the queue. */
enum Tab {
  /** Held, and nobody has decided, or what was decided could not be done. */
  WAITING("Waiting"),
  /** Somebody or a rule decided, or the mail system took it away. */
  DECIDED("Decided"),
  /** Every case. */
  ALL("All");

  private final String label;

  Tab(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  Set<CaseState> states() {
    return switch (this) {
      case WAITING ->
          EnumSet.of(
              CaseState.RECEIVED,
              CaseState.EXAMINED,
              CaseState.ASKING,
              CaseState.EXPIRED,
              CaseState.FAILED);
      case DECIDED -> EnumSet.of(CaseState.DECIDED, CaseState.DONE, CaseState.WITHDRAWN);
      case ALL -> EnumSet.allOf(CaseState.class);
    };
  }

  /** The word in addresses. */
  String word() {
    return switch (this) {
      case WAITING -> "waiting";
      case DECIDED -> "decided";
      case ALL -> "all";
    };
  }

  /** The tab of an address; the first one for anything unknown. */
  static Tab of(String word) {
    for (Tab tab : values()) {
      if (tab.word().equals(word)) {
        return tab;
      }
    }
    return WAITING;
  }
}
