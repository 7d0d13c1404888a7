-- What gateways say of mail by their own rules (docs/mail/rspamd.md). By the name of the hold and not by its row: the word
-- of a gateway comes before the mail system holds the message, and also of messages that it never holds.
CREATE TABLE IF NOT EXISTS gateway_report (
  source       VARCHAR(64)  NOT NULL,
  source_id    VARCHAR(200) NOT NULL,
  report       TEXT         NOT NULL,
  reported_at  TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (source, source_id)
);
CREATE INDEX IF NOT EXISTS gateway_report_at ON gateway_report (reported_at);
