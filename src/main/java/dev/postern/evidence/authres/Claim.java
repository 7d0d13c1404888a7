package dev.postern.evidence.authres;

import dev.postern.mail.HeaderField;

/**
 * A field with results, and what came of reading it.
 *
 * @param field where it stands in the message
 * @param reading what it says
 */
public record Claim(HeaderField field, Reading reading) {}
