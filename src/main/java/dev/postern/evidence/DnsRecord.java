package dev.postern.evidence;

/**
 * One question that evaluation asked, with its answer: enough to evaluate again without DNS.
 *
 * @param name the name asked
 * @param type the type asked
 * @param answer what came back
 */
public record DnsRecord(DnsName name, DnsType type, Answer answer) {}
