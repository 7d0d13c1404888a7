/**
 * Cards, dialogs and answers of Microsoft Teams as JSON, drawn from worded cards. Pure: nothing
 * here sends, reads a clock or decides.
 */
@NullMarked
package dev.postern.teams.card;

import org.jspecify.annotations.NullMarked;
