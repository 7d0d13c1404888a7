package dev.postern.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.evidence.DkimResult;
import dev.postern.evidence.DmarcPolicy;
import dev.postern.evidence.DmarcResult;
import dev.postern.evidence.SpfResult;
import dev.postern.policy.Reason.Piece;
import dev.postern.policy.Ruling.Shadow;
import dev.postern.policy.Ruling.Step;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a rule goes: until, shadow, limit, force, and the values in its reason. */
class RuleTermsTest {
  private static final String CHAINS =
      "chains:\n  admins: {name: Admins, approvers: [kim], window: 4h}\n";

  @ParameterizedTest(name = "{0} in {1}: {2}")
  @CsvSource({
    "2026-12-31T22:59:59Z, Europe/Berlin, true",
    "2026-12-31T23:00:00Z, Europe/Berlin, false",
    "2026-12-31T23:59:59Z, UTC, true",
    "2027-01-01T00:00:00Z, UTC, false",
  })
  void aRuleEndsWithItsLastDayInTheTimeZoneOfThePolicy(Instant at, String zone, boolean applies)
      throws PolicyProblem {
    String yaml =
        "time-zone: "
            + zone
            + "\n"
            + rules("{name: fair, when: true, do: release, until: 2026-12-31}");

    Ruling ruling =
        ruling(yaml, ASituation.proved().with(it -> it.context = Situation.Context.at(at)));

    assertThat(ruling.action() instanceof Action.Release).isEqualTo(applies);
    assertThat(ruling.trace().getFirst().why()).isEqualTo(applies ? "true" : "ended on 2026-12-31");
  }

  @Test
  void aRuleInShadowOnlyRecordsWhatItWouldHaveDone() throws PolicyProblem {
    Ruling ruling =
        ruling(
            rules(
                "{name: new, when: dmarc.result == 'pass', do: discard, shadow: true}",
                "{name: broken, when: 'dkim[7].aligned', do: discard, shadow: true}",
                "{name: other, when: uncertain, do: discard, shadow: true}",
                "{name: old, when: true, do: release}"),
            ASituation.proved());

    assertThat(ruling.rule()).isEqualTo("old");
    assertThat(ruling.notes().shadows()).containsExactly(new Shadow("new", "discard"));
    assertThat(ruling.trace())
        .contains(new Step("new", false, "in shadow: would discard"))
        .anySatisfy(step -> assertThat(step.why()).startsWith("in shadow, error: "));
  }

  @Test
  void aLimitGoesWithTheRuling() throws PolicyProblem {
    Ruling ruling =
        ruling(rules("{name: r, when: true, do: release, limit: 20}"), ASituation.proved());

    assertThat(ruling.notes().limit()).isEqualTo(20);
    Ruling beyond = ruling.beyondLimit(Policy.builtIn().otherwise());
    assertThat(beyond.action()).isEqualTo(new Action.Ask("admins"));
    assertThat(beyond.reason().plain()).isEqualTo("It is more than rule r may release an hour.");
    assertThat(beyond.trace()).last().extracting(Step::rule).isEqualTo("limit");
  }

  @Test
  void P9_provedMailIsDiscardedUnaskedOnlyWhereTheRuleSaysForce() throws PolicyProblem {
    String gentle = rules("{name: r, when: true, do: discard}");
    String forced = rules("{name: r, when: true, do: discard, force: true}");
    ASituation byDkimAlone =
        ASituation.proved()
            .with(it -> it.dmarc = DmarcResult.NONE)
            .with(it -> it.spf = SpfResult.NONE);
    ASituation notProved = ASituation.spoofed(DmarcPolicy.NONE);

    assertThat(ruling(gentle, ASituation.proved()).action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling(gentle, byDkimAlone).action()).isEqualTo(new Action.Ask("admins"));
    assertThat(ruling(gentle, byDkimAlone).trace())
        .last()
        .extracting(Step::rule)
        .isEqualTo("caution");
    assertThat(ruling(gentle, byDkimAlone.with(it -> it.dkim = DkimResult.FAIL)).action())
        .isEqualTo(new Action.Discard());
    assertThat(ruling(gentle, notProved).action()).isEqualTo(new Action.Discard());
    assertThat(ruling(forced, ASituation.proved()).action()).isEqualTo(new Action.Discard());
  }

  @Test
  void grantsYieldToRulesThatSaySoAndToThoseThatDiscard() throws PolicyProblem {
    String yaml =
        rules(
            "{name: firm, when: message.from_name == 'Firm', do: ask, chain: admins, overrides-grants: true}",
            "{name: dear, when: message.from_name == 'Dear', do: release, overrides-grants: true}",
            "{name: bad, when: message.from_name == 'Eve', do: discard}",
            "{name: broken, when: \"message.from_name == 'Bo' && dkim[7].aligned\", do: release}",
            "{name: soft, when: true, do: ask, chain: admins}");

    assertThat(yields(yaml, ASituation.proved())).isEqualTo("allow block");
    assertThat(yields(yaml, ASituation.proved().with(it -> it.fromName = "Firm")))
        .isEqualTo("block");
    assertThat(yields(yaml, ASituation.proved().with(it -> it.fromName = "Dear"))).isEmpty();
    assertThat(yields(yaml, ASituation.proved().with(it -> it.fromName = "Eve")))
        .as("it would discard, were the sender not proved")
        .isEqualTo("block");
    assertThat(yields(yaml, ASituation.proved().with(it -> it.fromName = "Bo")))
        .as("an error may hide a rule that overrides grants")
        .isEqualTo("block");
  }

  private static String yields(String yaml, ASituation situation) throws PolicyProblem {
    Ruling ruling = ruling(yaml, situation);
    return (ruling.yields(GrantTerms.Kind.ALLOW) ? "allow " : "")
        + (ruling.yields(GrantTerms.Kind.BLOCK) ? "block" : "");
  }

  @Test
  void rulesSeeTheGrantThatIsInForce() throws PolicyProblem {
    String yaml =
        rules("{name: r, when: \"grant.allow && grant.id == 'PG-7F3K-2QXD'\", do: release}");
    ASituation plain = ASituation.proved();
    var context = plain.build().context();
    ASituation granted =
        ASituation.proved()
            .with(
                it ->
                    it.context =
                        new Situation.Context(
                            context.at(),
                            context.gateway(),
                            context.domain(),
                            context.address(),
                            new Granted(true, false, "PG-7F3K-2QXD")));

    assertThat(ruling(yaml, plain).rule()).isEqualTo("otherwise");
    assertThat(ruling(yaml, granted).rule()).isEqualTo("r");
  }

  @Test
  void whatThePolicySaysOfGrants() throws PolicyProblem {
    String yaml = "grants: {chain: admins, longest: 2d, most: 20, own-requests: true}\n";

    assertThat(
            Policy.parse(yaml + rules("{name: r, when: uncertain, do: release}"), "p.yaml")
                .grants())
        .isEqualTo(new GrantLaw("admins", java.time.Duration.ofDays(2), 20, true));
    assertThat(Policy.builtIn().grants()).isEqualTo(GrantLaw.USUAL);
  }

  @Test
  void P13_valuesInAReasonAreForeign() throws PolicyProblem {
    Ruling ruling =
        ruling(
            rules(
                "{name: r, when: true, do: release, reason: \"{message.from_name} wrote {message.size} octets\"}"),
            ASituation.proved().with(it -> it.fromName = "<b>\u00dc\r\n250 OK"));

    assertThat(ruling.reason().pieces())
        .containsExactly(
            new Piece("<b>\u00dc\r\n250 OK", true),
            new Piece(" wrote ", false),
            new Piece("900", true),
            new Piece(" octets", false));
    assertThat(ruling.reason().plain()).isEqualTo("<b>???250 OK wrote 900 octets");
  }

  @Test
  void timeAndGatewayCanBeAskedFor() throws PolicyProblem {
    String yaml =
        "time-zone: Europe/Berlin\n"
            + rules(
                "{name: r, when: \"now.weekday == 'thu' && now.hour == 10 && now.minute == 30"
                    + " && now.date == '2026-11-26' && gateway.score < 0.5 && gateway.name == ''"
                    + " && sender.domain.seen == 0 && sender.address.first_days == 0\", do: release}");

    assertThat(ruling(yaml, ASituation.proved()).rule()).isEqualTo("r");
  }

  private static Ruling ruling(String yaml, ASituation situation) throws PolicyProblem {
    return Policy.parse(yaml, "p.yaml").rule(situation.build());
  }

  private static String rules(String... rules) {
    return CHAINS + "rules:\n  - " + String.join("\n  - ", rules) + "\n";
  }
}
