package dev.postern.store;

import dev.postern.approval.Campaign;
import dev.postern.approval.Campaign.Member;
import dev.postern.approval.Campaign.Offer;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.Campaign.Verdict;
import dev.postern.approval.Campaign.Wanted;
import dev.postern.approval.Campaigns;
import dev.postern.approval.CardPlace;
import dev.postern.approval.CaseId;
import dev.postern.approval.Stage;
import dev.postern.evidence.Digest;
import dev.postern.mail.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Campaigns, in one transaction on one case, whose row is locked. */
final class CampaignRows implements Campaigns {
  /** Members of campaigns that these cases led. */
  static final String REMOVE_LED =
      """
      DELETE FROM campaign_member
       WHERE campaign IN (SELECT c.id FROM campaign c WHERE c.leader IN (<ids>))
      """;

  private final Handle handle;
  private final CaseId id;
  private final Instant now;

  /** What this case leads, once it was asked for: only its own transaction changes that. */
  private Optional<Optional<Campaign>> led = Optional.empty();

  CampaignRows(Handle handle, CaseId id, Instant now) {
    this.handle = handle;
    this.id = id;
    this.now = now;
  }

  @Override
  public Optional<Fingerprint> fingerprint() {
    return handle
        .createQuery(
            """
            SELECT h.kind, h.kind_strict FROM hold h JOIN case_file c ON c.hold_id = h.id
             WHERE c.id = :id AND h.kind IS NOT NULL
            """)
        .bind("id", id.text())
        .map((row, _) -> new Fingerprint(row.getString("kind"), row.getString("kind_strict")))
        .findOne();
  }

  @Override
  public Optional<Campaign> gathering(Digest likeness) {
    return handle
        .createQuery("SELECT * FROM campaign WHERE gathers = :likeness FOR UPDATE")
        .bind("likeness", likeness.hex())
        .map((row, _) -> campaign(row))
        .findOne();
  }

  @Override
  public boolean lead(Digest likeness, Instant until) {
    led = Optional.empty();
    return handle
            .createUpdate(
                """
                INSERT INTO campaign (likeness, gathers, leader, state, number_, frozen_at, until_)
                VALUES (:likeness, :likeness, :id, 'ASKING', 0, :now, :until)
                ON CONFLICT DO NOTHING
                """)
            .bind("likeness", likeness.hex())
            .bind("id", id.text())
            .bind("now", Rows.utc(now))
            .bind("until", Rows.utc(until))
            .execute()
        == 1;
  }

  @Override
  public void shut(long campaign) {
    handle.execute("UPDATE campaign SET gathers = NULL WHERE id = ?", campaign);
  }

  @Override
  public int size(long campaign) {
    return handle
        .createQuery(
            """
            SELECT COUNT(*) FROM campaign_member
             WHERE campaign = :campaign AND place IN ('GATHERING', 'IN_SET')
            """)
        .bind("campaign", campaign)
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public List<Stage> stagesOf(CaseId leader) {
    return new StageRows(handle, leader).all();
  }

  @Override
  public boolean join(long campaign, Digest evidence) {
    boolean first =
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM campaign_member
                     WHERE campaign = :campaign AND place = 'GATHERING'
                    """)
                .bind("campaign", campaign)
                .mapTo(Integer.class)
                .one()
            == 0;
    handle.execute("DELETE FROM campaign_member WHERE case_id = ?", id.text());
    handle
        .createUpdate(
            """
            INSERT INTO campaign_member (case_id, campaign, place, digest, joined_at)
            VALUES (:id, :campaign, 'GATHERING', :digest, :now)
            """)
        .bind("id", id.text())
        .bind("campaign", campaign)
        .bind("digest", evidence.hex())
        .bind("now", Rows.utc(now))
        .execute();
    return first;
  }

  @Override
  public Optional<Campaign> led() {
    if (led.isEmpty()) {
      led = Optional.of(findLed());
    }
    return led.get();
  }

  private Optional<Campaign> findLed() {
    return handle
        .createQuery(
            """
            SELECT * FROM campaign
             WHERE leader = :id AND state IN ('ASKING', 'FROZEN') FOR UPDATE
            """)
        .bind("id", id.text())
        .map((row, _) -> campaign(row))
        .findOne();
  }

  @Override
  public Optional<Member> membership() {
    return handle
        .createQuery("SELECT * FROM campaign_member WHERE case_id = :id")
        .bind("id", id.text())
        .map((row, _) -> member(row))
        .findOne();
  }

  @Override
  public Optional<Campaign> campaign(long key) {
    return handle
        .createQuery("SELECT * FROM campaign WHERE id = :key")
        .bind("key", key)
        .map((row, _) -> campaign(row))
        .findOne();
  }

  @Override
  public Optional<Verdict> verdict(long campaign) {
    return handle
        .createQuery(
            "SELECT verdict, voters, later FROM campaign WHERE id = :key AND verdict IS NOT NULL")
        .bind("key", campaign)
        .map(
            (row, _) ->
                new Verdict(
                    Codec.decision(row.getString("verdict")),
                    Codec.strings(row.getString("voters")),
                    Rows.text(row, "later").map(LaterCodec::wanted)))
        .findOne();
  }

  @Override
  public List<Member> members(long campaign) {
    return handle
        .createQuery(
            """
            SELECT * FROM campaign_member
             WHERE campaign = :campaign AND place IN ('GATHERING', 'IN_SET') ORDER BY case_id
            """)
        .bind("campaign", campaign)
        .map((row, _) -> member(row))
        .list();
  }

  @Override
  public List<Member> asking(long campaign) {
    return handle
        .createQuery(
            """
            SELECT m.* FROM campaign_member m JOIN case_file c ON c.id = m.case_id
             WHERE m.campaign = :campaign AND m.place IN ('GATHERING', 'IN_SET')
               AND c.state = 'ASKING' ORDER BY m.case_id
            """)
        .bind("campaign", campaign)
        .map((row, _) -> member(row))
        .list();
  }

  @Override
  public boolean move(CaseId member, long campaign, List<Place> from, Place to) {
    return handle
            .createUpdate(
                """
                UPDATE campaign_member SET place = :to
                 WHERE case_id = :member AND campaign = :campaign AND place IN (<from>)
                """)
            .bind("to", to.name())
            .bind("member", member.text())
            .bind("campaign", campaign)
            .bindList("from", from.stream().map(Place::name).toList())
            .execute()
        == 1;
  }

  @Override
  public void takeIn(long campaign) {
    handle.execute(
        "UPDATE campaign_member SET place = 'IN_SET' WHERE campaign = ? AND place = 'GATHERING'",
        campaign);
  }

  @Override
  public void freeze(long campaign, int number, Optional<Digest> set, Optional<Offer> offer) {
    led = Optional.empty();
    handle
        .createUpdate(
            """
            UPDATE campaign
               SET number_ = :number, digest = :digest, offer = :offer, frozen_at = :now
             WHERE id = :campaign
            """)
        .bind("number", number)
        .bind("digest", set.map(Digest::hex).orElse(null))
        .bind("offer", offer.map(LaterCodec::write).orElse(null))
        .bind("now", Rows.utc(now))
        .bind("campaign", campaign)
        .execute();
  }

  @Override
  public void close(long campaign, Campaign.State as, Optional<Verdict> verdict) {
    led = Optional.empty();
    Optional<Wanted> later = verdict.flatMap(Verdict::later);
    handle
        .createUpdate(
            """
            UPDATE campaign
               SET state = :state, gathers = NULL, verdict = :verdict, voters = :voters,
                   later = :later, later_due = :due
             WHERE id = :campaign
            """)
        .bind("state", as.name())
        .bind("verdict", verdict.map(it -> Codec.decision(it.decision())).orElse(null))
        .bind("voters", verdict.map(it -> Codec.strings(it.voters())).orElse(null))
        .bind("later", later.map(LaterCodec::write).orElse(null))
        .bind("due", later.map(_ -> Rows.utc(now)).orElse(null))
        .bind("campaign", campaign)
        .execute();
  }

  @Override
  public boolean owesLater(long campaign) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM campaign WHERE id = :campaign AND later_due IS NOT NULL")
            .bind("campaign", campaign)
            .mapTo(Integer.class)
            .one()
        == 1;
  }

  @Override
  public void settled(long campaign, String words) {
    handle
        .createUpdate(
            "UPDATE campaign SET later_due = NULL, later_words = :words WHERE id = :campaign")
        .bind("words", words)
        .bind("campaign", campaign)
        .execute();
  }

  @Override
  public List<CardPlace> carrying(long stageId) {
    return handle
        .createQuery(
            """
            SELECT c.surface, c.channel FROM card c JOIN token t ON t.id = c.token_id
             WHERE c.case_id = :id AND t.stage_id = :stage ORDER BY c.surface, c.channel
            """)
        .bind("id", id.text())
        .bind("stage", stageId)
        .map((row, _) -> new CardPlace(row.getString("surface"), row.getString("channel")))
        .list();
  }

  static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        row.getLong("id"),
        new Digest(row.getString("likeness")),
        new CaseId(row.getString("leader")),
        Campaign.State.valueOf(row.getString("state")),
        row.getInt("number_"),
        Rows.text(row, "digest").map(Digest::new),
        Rows.instant(row, "frozen_at"),
        Rows.instant(row, "until_"),
        Rows.text(row, "offer").map(LaterCodec::offer),
        Rows.text(row, "later_words").orElse(""));
  }

  private static Member member(ResultSet row) throws SQLException {
    return new Member(
        new CaseId(row.getString("case_id")),
        row.getLong("campaign"),
        Place.valueOf(row.getString("place")),
        new Digest(row.getString("digest")));
  }
}
