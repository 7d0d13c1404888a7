package dev.postern.web;

import dev.postern.policy.Policy;
import dev.postern.policy.PolicyEdit;
import dev.postern.policy.Precedents;
import dev.postern.policy.ShadowBook;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the page of the policy is made of.
 *
 * @param name how people call the policy: its file, or that it is built in
 * @param inForce the policy as it is now
 * @param text the same as a text that can be changed; empty where it cannot be read now
 * @param precedents the cases of the past
 * @param shadows what is known of rules in shadow besides
 */
public record PolicyParts(
    String name,
    Supplier<Policy> inForce,
    Supplier<Optional<PolicyEdit>> text,
    Precedents precedents,
    ShadowBook shadows) {}
