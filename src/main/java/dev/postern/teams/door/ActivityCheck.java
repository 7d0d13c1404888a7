package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.postern.teams.door.Verdict.Genuine;
import dev.postern.teams.door.Verdict.Refused;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whether an activity fits the token that came with it and the settings. */
final class ActivityCheck {
  /** Teams among the channels of the Bot Connector. */
  static final String CHANNEL = "msteams";

  private static final List<String> TENANTS =
      List.of("/channelData/tenant/id", "/conversation/tenantId");

  /** Longer than any id of Teams. */
  private static final int LONGEST_ID = 1_024;

  private final List<ServiceUrl> allowed;
  private final Set<String> tenants;

  /**
   * Checks activities.
   *
   * @param serviceUrls below which they may ask to be answered
   * @param tenants in lower case
   */
  ActivityCheck(List<URI> serviceUrls, List<String> tenants) {
    this.allowed =
        serviceUrls.stream().flatMap(it -> ServiceUrl.read(it.toString()).stream()).toList();
    this.tenants = Set.copyOf(tenants);
  }

  Verdict check(JsonNode body, Proof proof) {
    if (!body.path("channelId").asText().equals(CHANNEL)) {
      return Refused.forbidden("The activity is not of the channel msteams.");
    }
    if (!proof.emulated() && !proof.endorsements().contains(CHANNEL)) {
      return Refused.forbidden("The token's key may not sign for the channel msteams.");
    }
    Optional<ServiceUrl> told = StrictJson.text(body, "/serviceUrl").flatMap(ServiceUrl::read);
    Optional<Refused> wrongPlace = place(told, proof);
    if (wrongPlace.isPresent()) {
      return wrongPlace.get();
    }
    Optional<String> tenant = tenant(body);
    if (tenant.isEmpty()) {
      return Refused.forbidden(
          "The activity is not of one tenant of teams.tenant-id: add the tenant there if it is to"
              + " come in.");
    }
    return activity(body, tenant.get(), proof.serviceUrl().or(() -> told).orElseThrow(), proof);
  }

  private Optional<Refused> place(Optional<ServiceUrl> told, Proof proof) {
    if (told.isEmpty()) {
      return Optional.of(Refused.forbidden("The activity's serviceUrl is no address."));
    }
    if (proof.serviceUrl().filter(claim -> !claim.same(told.get())).isPresent()) {
      return Optional.of(
          Refused.forbidden("The activity's serviceUrl is not the one of its token."));
    }
    return allowed.stream().anyMatch(told.get()::isBelow)
        ? Optional.empty()
        : Optional.of(
            Refused.forbidden(
                "The activity's serviceUrl is not below one of teams.service-urls: other clouds"
                    + " than the public one have others."));
  }

  /**
   * The tenant, where all places that tell one tell the same: who reads another of them than was
   * checked would take one firm's person for another's.
   */
  private Optional<String> tenant(JsonNode body) {
    Set<String> told = new HashSet<>();
    TENANTS.stream()
        .map(body::at)
        .filter(it -> !it.isMissingNode() && !it.isNull())
        .forEach(it -> told.add(it.asText().toLowerCase(Locale.ROOT)));
    return told.size() == 1
        ? told.stream().filter(tenants::contains).findFirst()
        : Optional.empty();
  }

  private static Verdict activity(
      JsonNode body, String tenant, ServiceUrl serviceUrl, Proof proof) {
    Optional<String> id = StrictJson.text(body, "/id");
    Optional<String> type = StrictJson.text(body, "/type");
    Optional<String> conversation = StrictJson.text(body, "/conversation/id");
    boolean bounded =
        Stream.of(id, type, conversation)
            .allMatch(it -> it.filter(text -> text.length() <= LONGEST_ID).isPresent());
    if (!bounded) {
      return Refused.broken(
          "The activity lacks id, type or conversation.id, or they are too long.");
    }
    Activity activity =
        new Activity(
            id.orElseThrow(),
            type.orElseThrow(),
            conversation.orElseThrow(),
            tenant,
            serviceUrl.address(),
            proof.emulated(),
            body);
    return new Genuine(activity, proof.expires().plus(TokenCheck.SKEW));
  }
}
