package dev.postern.teams.door;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/**
 * An activity that Teams sent. Only what stands beside {@code json} was checked against the token
 * or the settings; the token does not cover the rest of the body, which TLS protects alone, and
 * every text in it is foreign.
 *
 * @param id given by Teams; an edit of a message has the message's
 * @param type such as {@code message} or {@code invoke}
 * @param conversation {@code conversation.id}
 * @param tenant on the list of the settings, in lower case
 * @param serviceUrl where to answer: the token's claim, and below an address of the settings; ends
 *     in a slash
 * @param emulated whether an emulator sent it
 * @param json the whole of it
 */
public record Activity(
    String id,
    String type,
    String conversation,
    String tenant,
    URI serviceUrl,
    boolean emulated,
    JsonNode json) {}
