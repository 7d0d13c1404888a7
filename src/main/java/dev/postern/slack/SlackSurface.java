package dev.postern.slack;

import dev.postern.approval.Accounts;
import dev.postern.approval.CardPlace;
import dev.postern.approval.Click;
import dev.postern.card.CardView;
import dev.postern.card.Errand;
import dev.postern.card.Notice;
import dev.postern.card.Surface;
import dev.postern.card.SurfaceTrouble;
import dev.postern.card.SurfaceTrouble.Kind;
import dev.postern.card.pace.Lane;
import dev.postern.card.pace.Pace;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Cards as Slack messages. The platform's id of a card is {@code channel/ts}.
 *
 * <p>Slack offers no idempotency key for {@code chat.postMessage}: the reference of the method
 * names errors about a {@code client_msg_id}, but no such argument. Each card carries its id as
 * message metadata; where the app was granted a history scope, {@link #find} finds it. Without that
 * scope a card whose answer was lost is posted again: silence would leave people unasked, and both
 * cards carry the same token, so they count as one.
 */
public final class SlackSurface implements Surface {
  /** The name in card rows. */
  public static final String NAME = "slack";

  /** Buttons by which people decide. */
  private static final Set<String> VOTES = Set.of("pn.release", "pn.release_some", "pn.discard");

  /** What stands where a card asked before other firms could read the channel. */
  private static final Notice SHARED =
      new Notice(
          "Not decided here any more",
          "This channel is shared with another organisation (Slack Connect), and Postern asks"
              + " nobody there. The mail is still held: decide on Postern's web page. /postern mine"
              + " shows what waits for you.");

  private final Messages messages;
  private final Letters letters;
  private final Channels channels;
  private final Links links;
  private final Pace pace;
  private final Supplier<Optional<Workspace>> workspace;

  /**
   * Takes its parts.
   *
   * @param accounts who may get private messages
   */
  SlackSurface(
      WebApi api, Channels channels, Accounts accounts, Supplier<Optional<Workspace>> workspace) {
    this.messages = new Messages(api);
    this.letters = new Letters(api, accounts);
    this.channels = channels;
    this.links = new Links(api);
    this.pace = api.pace();
    this.workspace = workspace;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<Duration> book(Errand errand) {
    Lane lane =
        switch (errand.kind()) {
          case POST -> SlackRates.posts(errand.place().address());
          case UPDATE -> SlackRates.method("chat.update");
          case FIND -> SlackRates.method("conversations.history");
        };
    return pace.book(lane, errand.who(), errand.first());
  }

  @Override
  public Optional<String> find(String cardId, CardPlace place, Instant since)
      throws SurfaceTrouble {
    Workspace home =
        workspace
            .get()
            .orElseThrow(() -> new SurfaceTrouble(Kind.AWAY, "Slack has not answered yet."));
    return home.mayReadHistory() && !ofAPerson(place)
        ? messages.find(place.channel(), cardId, since, home)
        : Optional.empty();
  }

  @Override
  public boolean finds(CardPlace place) {
    return workspace.get().filter(Workspace::mayReadHistory).isPresent() && !ofAPerson(place);
  }

  @Override
  public void mayTell(CardPlace place) throws SurfaceTrouble {
    channels.mayAsk(place.channel());
  }

  /** A conversation has an id of its own, which is known once something stands in it. */
  private static boolean ofAPerson(CardPlace place) {
    return place.address().startsWith("U") || place.address().startsWith("W");
  }

  @Override
  public String post(String cardId, CardPlace place, CardView card) throws SurfaceTrouble {
    if (ofAPerson(place)) {
      return letters.post(place.address(), cardId, card.fallback(), CardBlocks.of(card));
    }
    if (asks(card)) {
      channels.mayAsk(place.channel());
    }
    return messages.post(place.channel(), cardId, card.fallback(), CardBlocks.of(card));
  }

  private static boolean asks(CardView card) {
    return card.actions().stream().anyMatch(action -> VOTES.contains(action.id()));
  }

  @Override
  public void remove(String externalId) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    messages.delete(at.channel(), at.ts());
  }

  @Override
  public void update(String externalId, CardPlace place, CardView card) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    if (asks(card) && channels.shared(at.channel())) {
      withhold(at);
    } else {
      messages.update(at.channel(), at.ts(), card.fallback(), CardBlocks.of(card));
    }
  }

  @Override
  public void remind(String externalId, Notice notice) throws SurfaceTrouble {
    Posted at = Posted.of(externalId);
    if (channels.shared(at.channel())) {
      withhold(at);
    } else {
      messages.reply(at.channel(), at.ts(), words(notice), CardBlocks.toAll(notice));
    }
  }

  /** Takes facts and buttons out of a channel that was shared after the card was posted. */
  private void withhold(Posted at) throws SurfaceTrouble {
    messages.update(at.channel(), at.ts(), words(SHARED), CardBlocks.toAll(SHARED));
  }

  private static String words(Notice notice) {
    return notice.title() + ". " + notice.text();
  }

  @Override
  public Optional<URI> link(String externalId) {
    Posted at = Posted.of(externalId);
    return links.to(at.channel(), at.ts());
  }

  /** Where a message stands. */
  private record Posted(String channel, String ts) {
    static Posted of(String externalId) {
      int slash = externalId.indexOf('/');
      if (slash < 1) {
        throw new IllegalArgumentException("not the id of a Slack card: " + externalId);
      }
      return new Posted(externalId.substring(0, slash), externalId.substring(slash + 1));
    }
  }

  @Override
  public void tell(Click click, Notice notice) throws SurfaceTrouble {
    if (!click.place().isEmpty()) {
      messages.tell(click.place(), click.who().user(), words(notice), CardBlocks.of(notice));
    }
  }
}
