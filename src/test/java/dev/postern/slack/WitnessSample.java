package dev.postern.slack;

import dev.postern.approval.Backstory;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CardRow;
import dev.postern.approval.CaseBuilder;
import dev.postern.approval.CaseFile;
import dev.postern.approval.Directory;
import dev.postern.approval.Identity;
import dev.postern.approval.Person;
import dev.postern.approval.Testimony;
import dev.postern.approval.TokenId;
import dev.postern.card.CardView;
import dev.postern.card.CardWriter;
import dev.postern.card.SampleCases;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Cards as the product words them, for tests of what Slack makes of them. */
final class WitnessSample {
  static final String TOKEN = "pn1.X8Qm3ZOlCltH8tHpnC3M14l7KgyGiOkh";
  static final CardPlace PLACE = new CardPlace("slack", FakeSlack.CHANNEL);
  private static final CardPlace ANNA = new CardPlace("slack", "U0ANNA0001");

  private WitnessSample() {}

  /** The card of a case in its channel. */
  static CardView drawn(CaseFile it, String token) {
    return write(it, Backstory.none(), PLACE, token);
  }

  /** What Anna is asked. */
  static CardView question() {
    Testimony asked =
        new Testimony(
            new TokenId("0".repeat(32)),
            CaseBuilder.address("anna.kovacs@corp.example"),
            "anna",
            "Anna",
            ANNA,
            new Testimony.Asking("kim", "Kim Park", CaseBuilder.HELD));
    Backstory story =
        new Backstory(Set.of(), List.of(), Optional.empty()).with(List.of(asked), Optional.empty());
    return write(SampleCases.spoofed().build(), story, ANNA, TOKEN);
  }

  private static CardView write(CaseFile it, Backstory story, CardPlace at, String token) {
    CardRow row = new CardRow("card", it.id(), at, Optional.empty(), Optional.empty(), 1, 0);
    return new CardWriter(new Nobody()).write(it, story, row, Optional.of(token), SlackRoom.NOW);
  }

  /** A directory of nobody. */
  private static final class Nobody implements Directory {
    @Override
    public Optional<Person> person(Identity who) {
      return Optional.empty();
    }

    @Override
    public List<Person> named(String approver) {
      return List.of();
    }
  }
}
