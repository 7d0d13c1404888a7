package dev.postern.app.settings;

import dev.postern.mail.EmailAddress;

/**
 * The canary that flies at start.
 *
 * @param to an address of our own, which gets it where nobody holds it
 * @param through where mail comes in that is to be held
 */
public record CanaryPlan(EmailAddress to, HostPort through) {}
