package dev.postern.app;

import dev.postern.app.settings.PolicyInForce;
import dev.postern.app.settings.Settings;
import dev.postern.app.settings.SlackInForce;
import dev.postern.app.settings.TeamsInForce;
import dev.postern.approval.Reading;
import dev.postern.approval.Records;
import dev.postern.approval.TokenId;
import dev.postern.card.CardWriter;
import dev.postern.card.EarnedRules;
import dev.postern.card.Easel;
import dev.postern.card.LookupParts;
import dev.postern.slack.SharedRows;
import dev.postern.slack.Slack;
import dev.postern.slack.Wiring;
import dev.postern.teams.Teams;
import dev.postern.teams.TeamsSettings;
import dev.postern.teams.TeamsWiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Connects chat platforms with the core.
 *
 * @param plan what was asked for
 * @param core what decides
 * @param writer words cards
 * @param health what each part says of itself
 */
record ChatWiring(
    Core.Plan plan, Core core, CardWriter writer, Supplier<Map<String, String>> health) {

  /** Starts those that the settings name. */
  Chats start() {
    return new Chats(slack(), teams());
  }

  private Optional<Slack> slack() {
    return plan.settings()
        .slack()
        .flatMap(
            access ->
                Slack.start(
                    SlackInForce.settings(access),
                    wiring(access),
                    SlackInForce.watched(access, plan.policy().get())));
  }

  private Wiring wiring(Settings.SlackAccess access) {
    return new Wiring(
        core.desk()::accept,
        core.store().book(),
        core.desk()::ballot,
        core.directory(),
        writer,
        _ -> {},
        lookups(),
        new SharedRows(core.store().replays(), core.store().groups()),
        access.messageText(),
        plan.clock());
  }

  private Optional<Teams> teams() {
    Settings settings = plan.settings();
    return settings
        .teams()
        .map(
            access ->
                Teams.start(
                    access,
                    wiring(access),
                    TeamsInForce.watched(access, plan.policy().get(), settings.people()),
                    TeamsInForce.emulators(access, settings.http())));
  }

  private TeamsWiring wiring(TeamsSettings access) {
    Easel easel = new Easel(core.store().book(), core.tokens(), writer);
    return new TeamsWiring(
        new TeamsWiring.Clicks(core.desk()::accept, core.clicks()::judge, core.store()::owe),
        core.store().book(),
        core.desk()::ballot,
        token -> core.tokens().open(token).flatMap(id -> about(core.store().records(), id)),
        row -> easel.draw(row, plan.clock().instant()),
        core.store().cards()::posted,
        core.directory(),
        writer,
        core.store().conversations(),
        core.store().groups(),
        lookups(),
        access.manner().messageText(),
        core.store().replays(),
        plan.clock());
  }

  /** Buttons vote, or answer a question. */
  private static Optional<TeamsWiring.Subject> about(Records records, TokenId id) {
    return records
        .token(id)
        .map(token -> new TeamsWiring.Subject(token.caseId(), Optional.of(token.cardId())))
        .or(
            () ->
                records
                    .caseOfQuestion(id)
                    .map(asked -> new TeamsWiring.Subject(asked, Optional.empty())));
  }

  private LookupParts lookups() {
    return new LookupParts(
        new Reading(core.store().book(), core.desk()::ballot),
        domain -> core.check().check(domain, List.of()),
        core.brake(),
        core.petitions(),
        health,
        new EarnedRules(() -> PolicyInForce.editable(plan.settings()), core.store().precedents()),
        core.campaigns()::apart);
  }
}
