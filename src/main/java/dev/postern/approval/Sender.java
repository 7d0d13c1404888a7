package dev.postern.approval;

/**
 * Whose earlier mail is meant.
 *
 * @param domain the From domain in A-label form
 * @param address stands for the From address, which cannot be read from it; empty where From names
 *     none
 * @param proved whether DMARC passes for that domain: mail that only claims to be of a sender is
 *     never mixed with mail that is
 */
public record Sender(String domain, String address, boolean proved) {}
