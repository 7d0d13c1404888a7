package dev.postern.evidence;

/**
 * One term of an SPF record that matched.
 *
 * @param domain whose record it stands in
 * @param term the term as the record writes it; hostile
 */
public record SpfTerm(String domain, String term) {}
