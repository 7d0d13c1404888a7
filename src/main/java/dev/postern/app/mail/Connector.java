package dev.postern.app.mail;

import dev.postern.approval.Holdings;
import dev.postern.approval.Quarantine;
import dev.postern.card.Finding;
import java.util.List;
import java.util.function.Supplier;

/**
 * One mail system that is asked what it holds, and that releases it.
 *
 * @param kind what kind of mail system, as a word of the settings: {@code postfix}
 * @param holdings what it holds
 * @param quarantine how it lets go
 * @param check looks over how it is set up, for {@code postern doctor mail}; takes seconds
 */
public record Connector(
    String kind, Holdings holdings, Quarantine quarantine, Supplier<List<Finding>> check) {

  /** The source of its holds. */
  public String source() {
    return holdings.source();
  }
}
