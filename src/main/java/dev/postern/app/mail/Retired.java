package dev.postern.app.mail;

import dev.postern.approval.Ability;
import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseState;
import dev.postern.approval.Hold;
import dev.postern.approval.HoldRef;
import dev.postern.approval.Holdings;
import dev.postern.approval.Mandate;
import dev.postern.approval.Outcome;
import dev.postern.approval.Quarantine;
import dev.postern.card.Finding;
import dev.postern.mail.EmailAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mail system of an earlier name, which nobody asks any more. Its cases end: nothing is released
 * or deleted for them, and people are told so.
 *
 * @param source what it was called
 */
public record Retired(String source) implements Holdings, Quarantine {
  /** What it is called as a kind of mail system. */
  public static final String KIND = "retired";

  static Connector connector(String source) {
    Retired retired = new Retired(source);
    return new Connector(KIND, retired, retired, () -> List.of(Finding.well(retired.absence())));
  }

  @Override
  public String absence() {
    return "Postern no longer follows " + source + " (mail.retired): its cases end undone.";
  }

  @Override
  public List<HoldRef> held() {
    return List.of();
  }

  @Override
  public Optional<Hold> fetch(HoldRef hold) {
    return Optional.empty();
  }

  @Override
  public Outcome release(CaseFile held, List<EmailAddress> to, Mandate mandate) {
    return Outcome.forAll(to, Outcome.Kind.NOT_FOUND, absence());
  }

  @Override
  public Outcome discard(CaseFile held, Mandate mandate) {
    return Outcome.forAll(held.envelope().recipients(), Outcome.Kind.NOT_FOUND, absence());
  }

  /** What was begun before it retired may have been done. */
  @Override
  public Standing standing(CaseFile held) {
    return held.state() == CaseState.DECIDED ? Standing.UNKNOWN : Standing.GONE;
  }

  @Override
  public Set<Ability> abilities() {
    return EnumSet.of(Ability.DISCARD);
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }
}
