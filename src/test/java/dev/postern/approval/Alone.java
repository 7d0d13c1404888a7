package dev.postern.approval;

import dev.postern.approval.Campaign.Member;
import dev.postern.approval.Campaign.Place;
import dev.postern.approval.Campaign.Verdict;
import dev.postern.evidence.Digest;
import dev.postern.mail.Fingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** No case has anything to do with another one. */
final class Alone implements Campaigns {
  @Override
  public Optional<Fingerprint> fingerprint() {
    return Optional.empty();
  }

  @Override
  public Optional<Campaign> gathering(Digest likeness) {
    return Optional.empty();
  }

  @Override
  public boolean lead(Digest likeness, Instant until) {
    return true;
  }

  @Override
  public void shut(long campaign) {}

  @Override
  public int size(long campaign) {
    return 0;
  }

  @Override
  public List<Stage> stagesOf(CaseId leader) {
    return List.of();
  }

  @Override
  public boolean join(long campaign, Digest evidence) {
    throw new IllegalStateException("there is nothing to join");
  }

  @Override
  public Optional<Campaign> led() {
    return Optional.empty();
  }

  @Override
  public Optional<Member> membership() {
    return Optional.empty();
  }

  @Override
  public Optional<Campaign> campaign(long id) {
    return Optional.empty();
  }

  @Override
  public Optional<Verdict> verdict(long campaign) {
    return Optional.empty();
  }

  @Override
  public List<Member> members(long campaign) {
    return List.of();
  }

  @Override
  public List<Member> asking(long campaign) {
    return List.of();
  }

  @Override
  public boolean move(CaseId member, long campaign, List<Place> from, Place to) {
    return false;
  }

  @Override
  public void takeIn(long campaign) {}

  @Override
  public void freeze(
      long campaign, int number, Optional<Digest> set, Optional<Campaign.Offer> offer) {}

  @Override
  public boolean owesLater(long campaign) {
    return false;
  }

  @Override
  public void settled(long campaign, String words) {
    throw new IllegalStateException("no vote covered later ones");
  }

  @Override
  public void close(long campaign, Campaign.State as, Optional<Verdict> verdict) {}

  @Override
  public List<CardPlace> carrying(long stageId) {
    return List.of();
  }
}
