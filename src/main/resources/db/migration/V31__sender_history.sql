-- Earlier mail of senders, and what rules knew of it (docs/decisions/071-sender-history.md).

-- What rules knew besides the message when they ruled on this evidence.
ALTER TABLE evidence ADD COLUMN IF NOT EXISTS situation TEXT;

-- As what a case is counted; NULL where it is not.
ALTER TABLE case_file ADD COLUMN IF NOT EXISTS sighting VARCHAR(1000);

-- One row a sender and day of arrival. A sender is a domain, or # and the keyed hash of an address.
CREATE TABLE IF NOT EXISTS sender_day (
  sender       VARCHAR(255) NOT NULL,
  proved       BOOLEAN      NOT NULL,
  day_         DATE         NOT NULL,
  seen         INT          NOT NULL,
  passed       INT          NOT NULL,
  asked        INT          NOT NULL,
  released     INT          NOT NULL,
  discarded    INT          NOT NULL,
  PRIMARY KEY (sender, proved, day_)
);
CREATE INDEX IF NOT EXISTS sender_day_age ON sender_day (day_);

CREATE TABLE IF NOT EXISTS sender_span (
  sender       VARCHAR(255) NOT NULL,
  proved       BOOLEAN      NOT NULL,
  first_at     TIMESTAMP WITH TIME ZONE NOT NULL,
  last_at      TIMESTAMP WITH TIME ZONE NOT NULL,
  PRIMARY KEY (sender, proved)
);
CREATE INDEX IF NOT EXISTS sender_span_age ON sender_span (proved, last_at);
