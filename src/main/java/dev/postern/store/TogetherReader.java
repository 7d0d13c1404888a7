package dev.postern.store;

import dev.postern.approval.Campaign;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.Together;
import dev.postern.approval.Together.Kin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads with which others a case is decided. */
record TogetherReader(Handle handle) {
  private static final String KIN =
      """
      SELECT c.id, c.state, h.summary, h.recipients, h.gateway, h.received_at, h.kind_strict
        FROM case_file c JOIN hold h ON h.id = c.hold_id
      """;

  /** Empty for a case that is alone, or that others have left. */
  Optional<Together> of(CaseId id) {
    Optional<Place> place = place(id);
    return place.isPresent()
        ? joined(id).map(it -> new Together(it, List.of(), size(it), gathering(it), place.get()))
        : led(id).map(it -> new Together(it, set(it), size(it), gathering(it), Place.IN_SET));
  }

  private Optional<Place> place(CaseId id) {
    return handle
        .createQuery("SELECT place FROM campaign_member WHERE case_id = :id AND place <> 'LEFT'")
        .bind("id", id.text())
        .map((row, _) -> Place.valueOf(row.getString("place")))
        .findOne();
  }

  private Optional<Campaign> joined(CaseId id) {
    return handle
        .createQuery(
            """
            SELECT g.* FROM campaign g JOIN campaign_member m ON m.campaign = g.id
             WHERE m.case_id = :id AND g.state <> 'OVER'
            """)
        .bind("id", id.text())
        .map((row, _) -> CampaignRows.campaign(row))
        .findOne();
  }

  /** The newest that it led, as long as it was a set that people were asked about. */
  private Optional<Campaign> led(CaseId id) {
    return handle
        .createQuery("SELECT * FROM campaign WHERE leader = :id ORDER BY id DESC LIMIT 1")
        .bind("id", id.text())
        .map((row, _) -> CampaignRows.campaign(row))
        .findOne()
        .filter(it -> it.state() != Campaign.State.OVER && it.set().isPresent());
  }

  private int size(Campaign campaign) {
    return 1 + count(campaign, Place.IN_SET);
  }

  private int gathering(Campaign campaign) {
    return count(campaign, Place.GATHERING);
  }

  private int count(Campaign campaign, Place place) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM campaign_member WHERE campaign = :campaign AND place = :place")
        .bind("campaign", campaign.id())
        .bind("place", place.name())
        .mapTo(Integer.class)
        .one();
  }

  private List<Kin> set(Campaign campaign) {
    List<Kin> set =
        new ArrayList<>(
            handle
                .createQuery(KIN + "WHERE c.id = :leader")
                .bind("leader", campaign.leader().text())
                .map((row, _) -> kin(row))
                .list());
    set.addAll(
        handle
            .createQuery(
                KIN
                    + """
                    JOIN campaign_member m ON m.case_id = c.id
                     WHERE m.campaign = :campaign AND m.place = 'IN_SET'
                     ORDER BY h.received_at, c.id
                    """)
            .bind("campaign", campaign.id())
            .map((row, _) -> kin(row))
            .list());
    return set;
  }

  private static Kin kin(ResultSet row) throws SQLException {
    return new Kin(
        new CaseId(row.getString("id")),
        CaseState.valueOf(row.getString("state")),
        Codec.summary(row.getString("summary")),
        Codec.addresses(row.getString("recipients")),
        row.getString("gateway"),
        Rows.instant(row, "received_at"),
        Rows.text(row, "kind_strict").orElse(""));
  }
}
