package dev.postern.slack;

import dev.postern.approval.CaseFile;
import dev.postern.approval.CaseId;
import dev.postern.approval.Click;
import dev.postern.approval.Directory;
import dev.postern.card.CardView;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What Slack needs of the rest of Postern, and no more.
 *
 * @param accept takes a click down ({@code Desk.accept}); false when it was taken down before
 * @param find reads a case ({@code CaseBook.find})
 * @param directory tells people from strangers
 * @param card words the card of a case with this token on its buttons; forms and evidence are drawn
 *     from it
 * @param lookup words the answer to {@code /postern PN-…}
 * @param accepted told of each click once it is durable; must return at once
 * @param clock for the age of requests
 */
public record Wiring(
    Predicate<Click> accept,
    Function<CaseId, Optional<CaseFile>> find,
    Directory directory,
    BiFunction<CaseFile, String, CardView> card,
    Function<CaseFile, CardView> lookup,
    Consumer<Click> accepted,
    InstantSource clock) {}
