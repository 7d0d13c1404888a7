package dev.postern.evidence;

/**
 * One question that evaluation asked, with its answer: enough to evaluate again without DNS.
 *
 * @param name the name asked
 * @param type the type asked
 * @param answer what came back
 * @param millis for how long the question waited, in milliseconds
 */
public record DnsRecord(DnsName name, DnsType type, Answer answer, long millis) {}
