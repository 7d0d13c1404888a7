package dev.postern.slack;

import dev.postern.approval.Brake;
import dev.postern.approval.Reading;
import dev.postern.evidence.posture.Posture;
import dev.postern.mail.DomainName;
import java.util.function.Function;

/**
 * What {@code /postern} needs of the rest of Postern.
 *
 * @param reading who may read which case
 * @param posture what a domain publishes about its mail; asks DNS, within its own time
 * @param brake stops releasing by rule
 */
public record LookupParts(Reading reading, Function<DomainName, Posture> posture, Brake brake) {}
