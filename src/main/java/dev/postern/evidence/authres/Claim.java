package dev.postern.evidence.authres;

import dev.postern.mail.HeaderField;

/**
 * A field with results, and what came of reading it.
 *
 * @param field where it stands in the message
 * @param authservId one of our own names, in the form in which names are compared
 * @param reading what it says
 */
public record Claim(HeaderField field, String authservId, Reading reading) {}
