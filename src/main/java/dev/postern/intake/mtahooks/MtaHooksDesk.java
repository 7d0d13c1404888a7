package dev.postern.intake.mtahooks;

import dev.postern.approval.HoldRef;
import dev.postern.approval.Judgement;
import dev.postern.approval.Message;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where messages are judged.
 *
 * @param judge what it holds is durable when it returns
 * @param withdraw told of a hold whose message the MTA was not told to drop
 */
public record MtaHooksDesk(Function<Message, Judgement> judge, Consumer<HoldRef> withdraw) {}
