package dev.postern.web;

import dev.postern.approval.Person;

/**
 * Who is signed in.
 *
 * @param person the person
 * @param formToken what this person's forms carry against forged requests
 */
record Reader(Person person, String formToken) {}
