package dev.postern.web;

import java.util.Optional;

/**
 * The sign-in page.
 *
 * @param host our own name, to be compared with the address bar
 * @param formToken against forged requests
 * @param to the case the person came for; empty without
 * @param failed whether a token was refused just now
 */
public record SignInScreen(String host, String formToken, Optional<String> to, boolean failed) {}
