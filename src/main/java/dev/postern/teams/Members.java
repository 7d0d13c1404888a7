package dev.postern.teams;

import dev.postern.approval.Identity;
import dev.postern.approval.Membership;
import dev.postern.approval.Refusal;
import dev.postern.approval.Testimony.Absence;
import dev.postern.card.Remembered;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.Unreachable;
import dev.postern.teams.wire.Connector;
import dev.postern.teams.wire.Conversation;
import dev.postern.teams.wire.Member;
import dev.postern.teams.wire.MemberPage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is in the teams and chats where cards stand, as Teams says: a full member counts, a guest
 * never, and whoever is in none of them neither.
 */
final class Members {
  /** Within this time somebody who presses is not asked about again. */
  static final Duration FRESH = Duration.ofMinutes(1);

  /** What is older does not decide about a press. */
  static final Duration USABLE = Duration.ofMinutes(5);

  private static final Duration SOON = Duration.ofSeconds(1);

  /** Longer than from one look at the channels to the next, which renews who is still there. */
  private static final Duration COUNTS = Duration.ofHours(1);

  /** Of five hundred each: who stands farther behind is met as they press. */
  private static final int MOST_PAGES = 4;

  private static final Logger log = LoggerFactory.getLogger(Members.class);

  private final Connector connector;
  private final Places places;
  private final String tenant;
  private final List<String> channels;
  private final Remembered<Account> accounts;

  /** What the members of a place said of somebody. */
  private record Account(Membership membership, Optional<Seat> seat) {}

  /**
   * Where somebody was met.
   *
   * @param service the address that Teams gave for the place
   * @param name Teams' name of the account for this bot
   */
  record Seat(String service, String name) {}

  /**
   * Asks nothing yet.
   *
   * @param tenant ours
   * @param channels where cards stand
   */
  Members(
      Connector connector,
      Places places,
      String tenant,
      Set<String> channels,
      InstantSource clock) {
    this.connector = connector;
    this.places = places;
    this.tenant = tenant;
    this.channels = List.copyOf(new TreeSet<>(channels));
    this.accounts = new Remembered<>(FRESH, clock);
  }

  /** Our own tenant. */
  Optional<String> home() {
    return Optional.of(tenant);
  }

  /**
   * Learns about an account, unless that was done just now.
   *
   * @return how long to wait at least before asking again; empty when Teams told, or when waiting
   *     would not help
   */
  Optional<Duration> refresh(Identity who) {
    if (who.user().isEmpty()) {
      return Optional.empty(); // Teams did not say who it is, and will not
    }
    try {
      accounts.learn(who.user(), () -> ask(who.user()));
      return Optional.empty();
    } catch (SurfaceTrouble trouble) {
      return switch (trouble.kind()) {
        case AWAY, UNSURE -> Optional.of(trouble.asked().orElse(SOON));
        // Waiting does not help: somebody has to mend it.
        case CLOSED, GONE, UNFIT -> Optional.empty();
      };
    }
  }

  /** What was learned lately about an account. */
  Membership membership(Identity who) {
    Optional<Account> known = accounts.within(who.user(), USABLE);
    if (known.isEmpty()) {
      return new Membership.Unknown();
    }
    Membership told = known.get().membership();
    boolean here = who.tenant().equals(tenant);
    boolean fits =
        switch (told) {
          case Membership.Insider _ -> here;
          // What comes from a shared channel of ours names our tenant as the conversation's.
          case Membership.Outsider(var of) -> here || who.tenant().equals(of);
          case Membership.Barred _, Membership.Unknown _ -> true;
        };
    return fits ? told : new Membership.Barred(Refusal.STRANGER);
  }

  /**
   * What is known of an account well enough to count it in a group. Who was kept out stays so until
   * they are met or press; who counted does for an hour.
   */
  Optional<Membership> known(String user) {
    return accounts
        .within(user, COUNTS)
        .or(
            () ->
                accounts.last(user).filter(it -> !(it.membership() instanceof Membership.Insider)))
        .map(Account::membership);
  }

  /** What Teams says of an account, unless it was asked just now. */
  Membership asked(String user) throws SurfaceTrouble {
    return accounts.learn(user, () -> ask(user)).membership();
  }

  /** What a roster says of somebody in it. The tenant counts by its word, and none is not ours. */
  Membership membership(Member told) {
    if (told.role().equalsIgnoreCase("guest")) {
      return new Membership.Barred(Refusal.GUEST);
    }
    if (!told.full() || told.tenant().isEmpty()) {
      return new Membership.Barred(Refusal.STRANGER);
    }
    // The directory's address is not taken for proof of who somebody is.
    return told.tenant().equals(tenant)
        ? new Membership.Insider(Optional.empty())
        : new Membership.Outsider(told.tenant());
  }

  /** Teams' name of somebody, where they were met before. */
  Optional<String> nameOf(String user) {
    return accounts.last(user).flatMap(Account::seat).map(Seat::name);
  }

  /**
   * Where somebody can be written to.
   *
   * @throws SurfaceTrouble where Teams does not say; {@link Unreachable} for whoever is in none of
   *     our places, or a guest there
   */
  Seat seat(String user) throws SurfaceTrouble {
    Account account = accounts.learn(user, () -> ask(user));
    if (!(account.membership() instanceof Membership.Insider)) {
      boolean guest = account.membership().equals(new Membership.Barred(Refusal.GUEST));
      Absence absence = guest ? Absence.GUEST : Absence.STRANGER;
      throw new Unreachable(
          absence, "The account " + user + " gets no private message: " + absence.word());
    }
    return account.seat().orElseThrow();
  }

  /**
   * Meets everybody in the places where cards stand, so that those who are asked see the newest
   * card when they look at it.
   */
  void meet() {
    for (String channel : channels) {
      try {
        meet(places.at(channel));
      } catch (SurfaceTrouble trouble) {
        log.info("Who is in a channel of Teams is not known yet: {}", trouble.getMessage());
      }
    }
  }

  private void meet(Conversation place) throws SurfaceTrouble {
    Optional<String> from = Optional.empty();
    for (int page = 0; page < MOST_PAGES; page++) {
      MemberPage told = connector.members(place, from);
      told.members().stream()
          .filter(it -> !it.objectId().isEmpty())
          .forEach(it -> accounts.put(it.objectId(), account(place, it)));
      if (told.next().isEmpty()) {
        return;
      }
      from = told.next();
    }
  }

  private Account ask(String user) throws SurfaceTrouble {
    @Nullable SurfaceTrouble silent = null;
    for (String channel : channels) {
      Conversation place = places.at(channel);
      try {
        return account(place, connector.member(place, user));
      } catch (SurfaceTrouble trouble) {
        silent = trouble.kind() == Kind.GONE ? silent : trouble;
      }
    }
    if (silent != null) {
      throw silent;
    }
    return new Account(new Membership.Barred(Refusal.STRANGER), Optional.empty());
  }

  private Account account(Conversation place, Member told) {
    return new Account(membership(told), Optional.of(new Seat(place.service(), told.id())));
  }
}
