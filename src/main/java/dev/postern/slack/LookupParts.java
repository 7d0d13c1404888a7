package dev.postern.slack;

import dev.postern.approval.Reading;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import java.util.function.Function;

/**
 * What look-ups need of the rest of Postern.
 *
 * @param reading who may read which case
 * @param posture what a domain publishes about its mail; asks DNS, within its own time
 */
public record LookupParts(Reading reading, Function<DomainName, Posture> posture) {}
