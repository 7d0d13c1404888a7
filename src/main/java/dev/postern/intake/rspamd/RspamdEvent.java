package dev.postern.intake.rspamd;

import dev.postern.evidence.GatewayReport.Finding;
import dev.postern.mail.RawMessage;
import java.util.List;
import java.util.Optional;

/**
 * What rspamd says of one message. Everything is hostile but the names of actions and symbols.
 *
 * @param queueId the mail system's id of the message
 * @param action what rspamd asks the mail system to do
 * @param score the sum of its symbols
 * @param symbols the rules that applied
 * @param from the MAIL FROM as rspamd sees it: without a tag such as {@code +list}; empty for the
 *     null sender
 * @param recipients as RCPT TO named them
 * @param clientIp of the SMTP client; empty where rspamd was not told
 * @param raw the message, where the whole of it was pushed; lines end in CRLF, folded fields are
 *     not as they came
 */
record RspamdEvent(
    String queueId,
    String action,
    double score,
    List<Finding> symbols,
    String from,
    List<String> recipients,
    String clientIp,
    Optional<RawMessage> raw) {}
