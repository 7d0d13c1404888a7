package dev.postern.approval;

/** Kinds of wake-up. A wake-up is only a hint: the truth is the row that its key names. */
public enum Work {
  /** Key: case id. Evidence is to be had. */
  EXAMINE,
  /** Key: case id and number of the look. DNS had left something open. */
  RECHECK,
  /** Key: surface and event id of an inbox row. A click waits to be judged. */
  CLICK,
  /**
   * Key: surface and event id of an inbox row. Whoever clicked was told that the answer follows.
   */
  ANSWER,
  /** Key: effect id. The mail system is to be told. */
  EFFECT,
  /** Key: card id and revision. A card shows less than the truth. */
  CARD,
  /** Key: stage id. A window closes, or a stage waits to be opened. */
  STAGE,
  /** Key: stage id, and who could not be asked alone. It may have to ask where others are asked. */
  ELSEWHERE,
  /**
   * Key: grant id, and whether it is for its end. A grant may be over, and its case tells of it.
   */
  GRANT,
  /** Key: stage id and number of the reminder. People have not answered yet. */
  REMIND,
  /** Key: campaign id and number of the set. Messages of one kind have gathered. */
  GATHER,
  /** Key: case id and campaign id. The campaign that a case is a member of has moved on. */
  MEMBER,
  /** Key: campaign id. People said of later messages what they said of the set. */
  LATER
}
