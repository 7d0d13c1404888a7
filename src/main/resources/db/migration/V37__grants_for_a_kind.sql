-- Grants for one kind of message (docs/decisions/075-grants-for-a-kind-of-message.md): the message that others must be like, as JSON; NULL for all mail.
-- Of such a grant, from_ does not begin with an address or domain: earlier versions, which know no kinds, never find one for a message.
ALTER TABLE grant_ ADD COLUMN IF NOT EXISTS like_ TEXT;
