package dev.postern.intake;

import static dev.postern.evidence.EvidenceBuilder.anEvidence;

import dev.postern.approval.Judgement;
import dev.postern.policy.Action;
import dev.postern.policy.GrantId;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Kind;
import dev.postern.policy.GrantTerms.Party;
import dev.postern.policy.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message that people would have been asked about, and that a grant lets pass. */
public final class PassedByGrant {
  /** What it is told to say. */
  public static final String FIELD = "PG-7F3K-2QXD; until=2026-11-27T12:00:00Z";

  private PassedByGrant() {}

  /** What the desk says of it. */
  public static Judgement judgement() {
    Action asks = new Action.Ask("default");
    GrantTerms terms =
        new GrantTerms(
            Kind.ALLOW,
            Party.parse("partner.example").orElseThrow(),
            Optional.empty(),
            Instant.parse("2026-11-27T12:00:00Z"),
            100,
            false,
            Optional.empty());
    Ruling ruling =
        new Ruling(asks, "everything else", "", "0", List.of())
            .by(new Ruling.ByGrant(new GrantId("PG-7F3K-2QXD"), terms, "kim", "Kim", asks));
    return new Judgement.Pass(ruling, anEvidence().build());
  }
}
