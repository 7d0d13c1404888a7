package dev.postern.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.CaseId;
import dev.postern.approval.Grant;
import dev.postern.approval.Petition;
import dev.postern.policy.GrantTerms;
import dev.postern.policy.GrantTerms.Like;
import dev.postern.policy.GrantTerms.Party;
import java.time.Instant;

/** A grant as JSON. */
final class GrantJson {
  private GrantJson() {}

  static ObjectNode of(Grant grant) {
    GrantTerms terms = grant.terms();
    Petition petition = grant.petition();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", grant.id().text());
    json.put("state", grant.state().word());
    json.put("case", grant.caseId().text());
    json.put("kind", terms.kind().word());
    json.put("from", terms.from().text());
    json.put("kindOf", terms.like().map(Like::caseId).orElse(null));
    json.put("subject", terms.like().map(Like::subject).orElse(null));
    json.put("to", terms.to().map(Party::text).orElse(""));
    json.put("until", terms.until().toString());
    json.put("most", terms.most());
    json.put("used", grant.used());
    json.put("evenUnproved", terms.unproved());
    json.put("owner", petition.owner());
    json.put("ownerName", petition.name());
    json.put("reason", petition.reason());
    json.put("about", petition.about().map(CaseId::text).orElse(null));
    json.put("askedAt", grant.times().asked().toString());
    json.put("since", grant.times().since().map(Instant::toString).orElse(null));
    json.put("endedAt", grant.times().ended().map(Instant::toString).orElse(null));
    json.put("endedBy", grant.endedBy().isEmpty() ? null : grant.endedBy());
    return json;
  }
}
